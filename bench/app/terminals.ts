/** xterm.js alone beside an app: as many terminals as the pair has, of their sizes. */
import { join } from 'node:path'
import type { BarePage } from '../pages/bare-page'
import { type Bare, openBare } from './bare'
import { buildPages } from './pages'
import { type Panes, SIDES } from './panes'
import { sizeOf } from './probe'

export const openTerminals = async (panes: Panes, folder: string): Promise<Bare> => {
  const bare = await openBare({ folder, page: join(await buildPages(folder), 'terminal.html') })
  try {
    for (const side of SIDES) {
      const size = await sizeOf(panes.page, side)
      await bare.page.evaluate(
        ([name, given]) => (Reflect.get(globalThis, 'bench') as BarePage).open(name, given),
        [side, size] as const,
      )
    }
    return bare
  } catch (error) {
    await bare.close()
    throw error
  }
}
