/** What an app's processes use of the machine while something goes on: where the clock is noisy, this tells more. */
import type { ElectronApplication } from '@playwright/test'
import { familyOf } from '../../e2e/family'
import { cpuDuring } from '../../e2e/soak/machine'

export interface Used<T> {
  readonly value: T
  /** Milliseconds of a core, of all processes that were there before; the system counts in steps of ten. */
  readonly cpuMs: number
}

export const usedBy = async <T>(app: ElectronApplication, act: () => Promise<T>): Promise<Used<T>> => {
  const done: T[] = []
  const begun = performance.now()
  const percent = await cpuDuring(familyOf(app.process().pid ?? 0), async () => {
    done.push(await act())
  })
  const cpuMs = (percent / 100) * (performance.now() - begun)
  const [value] = done
  if (value === undefined) throw new Error('nothing came of it')
  return { value, cpuMs }
}
