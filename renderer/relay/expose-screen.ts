/**
 * A test cannot read a terminal that WebGL draws. When the page was opened with `?screens` (the host does so for
 * tests only), each terminal's text can be asked for as `duologueScreens.left()`, its cells as
 * `duologueScreens['left.cells']()`, and those of a replay as `replay.left`.
 */
import type { SeatId } from '../../shared/pair/seat'
import type { ScreenReaders } from '../terminal/make-terminal'

const screens: Record<string, () => string> | null = new URLSearchParams(location.search).has('screens')
  ? {}
  : null
if (screens) Object.assign(globalThis, { duologueScreens: screens })

export const exposeScreen = (
  name: SeatId | `replay.${SeatId}`,
  { screen, cells }: ScreenReaders,
): (() => void) => {
  if (!screens) return () => undefined
  const own = { [name]: screen, [`${name}.cells`]: cells }
  Object.assign(screens, own)
  return () => {
    for (const [key, read] of Object.entries(own)) if (screens[key] === read) delete screens[key]
  }
}
