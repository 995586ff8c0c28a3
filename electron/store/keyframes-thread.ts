/** Keyframes made in a thread: the relay and the live terminals share theirs with nobody. */
import { Worker } from 'node:worker_threads'
import type { BuildKeyframes } from './replay-index'

/** A terminal with its scrollback and some megabytes of lines, several times over. */
const MOST_HEAP_MB = 256

/** @param entry the built `keyframes-worker.ts`. */
export const keyframesIn =
  (entry: string): BuildKeyframes =>
  (cast, keys) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(entry, {
        workerData: { cast, keys },
        resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      })
      worker.once('error', reject)
      worker.once('exit', code =>
        code === 0 ? resolve() : reject(new Error(`making the keyframes ended with code ${code}`)),
      )
    })
