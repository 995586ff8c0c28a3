/**
 * What Duologue itself does in the workspace: runs the proof, reads the work for the last time before a pair agrees,
 * restores a checkpoint. Also the one timer of a pair, its cap on minutes. Outcomes go back as signals.
 */
import type { Effect, Signal } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import { afterAwake } from '../awake'
import type { PairWork } from '../workspace/pair-work'
import type { ProofRun } from '../workspace/proof'

export type WorkEffect = Extract<Effect, { type: 'prove' | 'stopProof' | 'settle' | 'restore' | 'wake' }>

export interface Work {
  /** Rejects only on a fault of ours. */
  run(effect: WorkEffect, state: PairState): Promise<void>
  stop(): Promise<void>
}

export const createWork = (port: PairWork, signal: (signal: Signal) => void): Work => {
  /** The proof under way; a later one waits for its end, for they would disturb one another. */
  let proving: { readonly run: number; readonly proof: ProofRun } | null = null
  let proofs: Promise<void> = Promise.resolve()
  let cancelWake: () => void = () => undefined
  let stopped = false
  const unwanted = new Set<number>()

  const prove = async ({ run, proof }: Extract<WorkEffect, { type: 'prove' }>, state: PairState) => {
    const before = await port.tree(state)
    if (stopped) return
    const started = port.prove(state, run, proof)
    proving = { run, proof: started }
    if (unwanted.has(run)) started.stop()
    const end = await started.done
    proving = null
    if (stopped) return
    const after = await port.tree(state)
    signal({ type: 'proofEnded', run, result: { ...end, tree: before, changed: after !== before } })
  }

  const stopProof = (run: number): void => {
    unwanted.add(run)
    if (proving?.run === run) proving.proof.stop()
  }

  const wake = (afterMs: number): void => {
    cancelWake()
    cancelWake = afterAwake(
      afterMs,
      () => signal({ type: 'timeIsUp' }),
      ms => signal({ type: 'slept', ms }),
    )
  }

  return {
    async run(effect, state) {
      switch (effect.type) {
        case 'prove': {
          const done = proofs.then(() => prove(effect, state))
          proofs = done.catch(() => undefined)
          return done
        }
        case 'stopProof':
          return stopProof(effect.run)
        case 'settle':
          return signal({ type: 'settled', tree: await port.tree(state) })
        case 'restore': {
          const { checkpoint, tree, keepAs: kept, again } = effect
          const { note, ...done } = await port.restore(state, tree, kept, again)
          signal({ type: 'restored', checkpoint, tree, kept, ...done })
          return note === null ? undefined : signal({ type: 'notice', seat: null, text: note })
        }
        case 'wake':
          return wake(effect.afterMs)
      }
    },
    async stop() {
      stopped = true
      cancelWake()
      proving?.proof.stop()
      await proofs
    },
  }
}
