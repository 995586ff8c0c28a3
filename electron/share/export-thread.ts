/** Exports in a thread of their own: the relay and the live terminals share theirs with nobody. */
import { Worker } from 'node:worker_threads'
import type { ExportFormat, ExportPreview } from '../../shared/ipc'
import { err, ok, type Result } from '../../shared/result'
import type { Choice } from '../../shared/transcript/redact'
import { type StoreError, storeError } from '../store/trouble'

export type ShareJob =
  | { readonly type: 'preview'; readonly pairDir: string }
  | {
      readonly type: 'export'
      readonly pairDir: string
      readonly format: ExportFormat
      readonly folder: string
      readonly choice: Choice
      readonly terminals: boolean
    }

type Written = Result<readonly string[], StoreError>

export type ShareAnswer =
  | { readonly type: 'preview'; readonly preview: ExportPreview }
  | { readonly type: 'export'; readonly written: Written }

export interface Sharing {
  preview(pairDir: string): Promise<Result<ExportPreview, StoreError>>
  write(job: Omit<Extract<ShareJob, { type: 'export' }>, 'type'>): Promise<Written>
}

/** The journal is read line by line and screens in parts; this holds some of both. */
const MOST_HEAP_MB = 256
const CANNOT = 'The pair could not be exported'

/** @param entry the built `export-worker.ts`. */
export const sharingIn = (entry: string): Sharing => {
  const run = (job: ShareJob): Promise<ShareAnswer> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(entry, {
        workerData: job,
        resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      })
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', code => reject(new Error(`its thread ended with code ${code}`)))
    })
  return {
    preview: async pairDir => {
      try {
        const answer = await run({ type: 'preview', pairDir })
        if (answer.type === 'preview') return ok(answer.preview)
        throw new Error('it answered something else')
      } catch (error) {
        return err(storeError(CANNOT, error))
      }
    },
    write: async job => {
      try {
        const answer = await run({ type: 'export', ...job })
        if (answer.type === 'export') return answer.written
        throw new Error('it answered something else')
      } catch (error) {
        return err(storeError(CANNOT, error))
      }
    },
  }
}
