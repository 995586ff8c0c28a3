/** Waiting for what a program does in its own time. */
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_MS = 50
/** A bound for what never comes, not a measure. */
const PATIENCE_MS = 120_000

export const until = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patience = PATIENCE_MS,
): Promise<void> => {
  const end = performance.now() + patience
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`it did not come: ${what}`)
    await wait(LOOK_MS)
  }
}
