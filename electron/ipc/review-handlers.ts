/** Requests about a pair's work: its diffs, the output of its proofs, its plan as a file. */
import { join } from 'node:path'
import { asPairId } from '../../shared/ids'
import type { Reply } from '../../shared/ipc'
import { isKnown } from '../../shared/journal/line'
import { fold } from '../../shared/pair/evolve'
import type { PairState } from '../../shared/pair/model'
import { planOf } from '../../shared/pair/view'
import { err, ok, type Result } from '../../shared/result'
import type { Engine, Failure } from '../pair/engine'
import { diffTrees } from '../workspace/diff'
import { readProofOutput } from '../workspace/pair-work'
import { writePlan } from '../workspace/plan-file'
import type { Handlers } from './handlers'

type ReviewRequest = 'pair.diff' | 'pair.proofOutput' | 'pair.writePlan'

const answer = <T>(result: Result<T, { readonly message: string }>): Reply<T> =>
  result.ok ? { ok: true, value: result.value } : { ok: false, message: result.error.message }

export const createReviewHandlers = (engine: Engine): Pick<Handlers, ReviewRequest> => {
  /** Of a live pair or a stored one. */
  const stateOf = async (pair: string): Promise<Result<PairState, Failure>> => {
    const read = await engine.read(asPairId(pair))
    if (!read.ok) return read
    const state = fold(read.value.filter(isKnown))
    return state.folder === '' ? err({ message: 'The beginning of this pair cannot be read.' }) : ok(state)
  }

  return {
    'pair.diff': async ({ pair, from, to }) => {
      const state = await stateOf(pair)
      return answer(state.ok ? await diffTrees(state.value.folder, from, to) : state)
    },
    'pair.proofOutput': async ({ pair, run }) => ({
      ok: true,
      value: await readProofOutput(engine.pairFolder(asPairId(pair)), run),
    }),
    'pair.writePlan': async ({ pair }) => {
      const state = await stateOf(pair)
      if (!state.ok) return answer(state)
      const plan = planOf(state.value)
      if (!plan) return { ok: false, message: 'This pair has no plan.' }
      return answer(await writePlan(join(state.value.folder, 'PLAN.md'), state.value, plan))
    },
  }
}
