/**
 * One pair's workspace: the work is read, kept, restored and proven through this. Reads and restores go one after the
 * other, because they share the pair's own index and a restore must not be looked at half done.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PairId } from '../../shared/ids'
import type { Measure, PairState } from '../../shared/pair/model'
import type { ProofCommand } from '../../shared/review/proof'
import { measureWork } from './measure'
import { type ProofRun, startProof } from './proof'
import { restoreTree } from './restore'
import { snapshotTree } from './snapshot'

export interface PairWorkDeps {
  readonly pair: PairId
  /** The pair's folder in the data folder. */
  readonly dir: string
  /** For the proof command. */
  readonly env: Readonly<Record<string, string>>
  /** Live output of a proof, as plain text to append. */
  readonly onProofOutput: (run: number, text: string) => void
}

export interface PairWork {
  measure(state: PairState): Promise<Measure>
  /** The whole work tree by hash; null outside git, or when it cannot be read. */
  tree(state: PairState): Promise<string | null>
  /**
   * Keeps the present as a checkpoint first; `problem` says what was not restored, or null. `again`: the app ended in
   * the middle of this restore, which is finished now; `note` tells so when files had been changed by then.
   */
  restore(
    state: PairState,
    tree: string,
    keepAs: number,
    again: boolean,
  ): Promise<{
    readonly keptTree: string | null
    readonly problem: string | null
    readonly note: string | null
  }>
  prove(state: PairState, run: number, proof: ProofCommand): ProofRun
}

/** Where the whole output of a run stands, inside the pair's folder. */
const proofOutputFile = (dir: string, run: number): string => join(dir, 'proofs', `${run}.txt`)

/** From its beginning, as far as it was kept; empty when there is none. */
export const readProofOutput = (dir: string, run: number): Promise<string> =>
  readFile(proofOutputFile(dir, run), 'utf8').catch(() => '')

const finishedText = (half: string): string =>
  `Duologue ended in the middle of this restore, and has finished it now. The files as they were in between are kept as ${half}.`

export const createPairWork = ({ pair, dir, env, onProofOutput }: PairWorkDeps): PairWork => {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task)
    last = done.catch(() => undefined)
    return done
  }

  return {
    measure: state =>
      inTurn(() =>
        measureWork({
          folder: state.folder,
          pair,
          number: state.seq,
          base: state.base,
          previous: state.lastMeasure?.target?.tree ?? state.base,
          dir,
        }),
      ),
    tree: state =>
      inTurn(async () => {
        if (state.base === null) return null
        const snapshot = await snapshotTree(state.folder, dir)
        return snapshot.ok ? snapshot.value.tree : null
      }),
    restore: (state, tree, keepAs, again) =>
      inTurn(async () => {
        const done = await restoreTree({ folder: state.folder, tree, pair, keepAs, again, dir })
        if (!done.ok) return { keptTree: null, problem: done.error.message, note: null }
        const { kept, notes, half } = done.value
        return {
          keptTree: kept,
          problem: notes.length > 0 ? notes.join(' ') : null,
          note: half === null ? null : finishedText(half),
        }
      }),
    prove: ({ folder }, run, { command, limitSeconds }) =>
      startProof({
        command,
        folder,
        env,
        limitSeconds,
        onOutput: text => onProofOutput(run, text),
        outputFile: proofOutputFile(dir, run),
      }),
  }
}
