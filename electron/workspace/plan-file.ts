/** The plan as PLAN.md in the workspace, only when asked for. */
import { readFile, writeFile } from 'node:fs/promises'
import type { PairState } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'
import type { PlanVersion } from '../../shared/review/plan'
import { isOurPlan, planFile } from '../../shared/transcript/plan-file'
import { errorCode } from '../store/trouble'

/** The path that was written. A file that is not ours is left alone. */
export const writePlan = async (
  path: string,
  state: PairState,
  plan: PlanVersion,
): Promise<Result<string, { readonly message: string }>> => {
  try {
    const before = await readFile(path, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    })
    if (before !== null && !isOurPlan(before)) {
      return err({ message: `${path} is there already and not written by Duologue: move it away first.` })
    }
    await writeFile(path, planFile(state, plan))
    return ok(path)
  } catch (error) {
    return err({ message: `${path} could not be written: ${String(error)}` })
  }
}
