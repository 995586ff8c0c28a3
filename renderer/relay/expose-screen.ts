/**
 * A test cannot read a terminal that WebGL draws. When the page was opened with `?screens` (the host does so for
 * tests only), each terminal's text can be asked for as `duologueScreens.left.text()`, its cells as `.cells()`, its
 * modes and scrollback of `.xterm`, and those of a replay under `duologueScreens['replay.left']`.
 */
import type { SeatId } from '../../shared/pair/seat'
import type { ShownScreen } from '../terminal/make-terminal'

type Name = SeatId | `replay.${SeatId}`

const screens: Partial<Record<Name, ShownScreen>> | null = new URLSearchParams(location.search).has('screens')
  ? {}
  : null
if (screens) Object.assign(globalThis, { duologueScreens: screens })

export const exposeScreen = (name: Name, screen: ShownScreen): (() => void) => {
  if (!screens) return () => undefined
  screens[name] = screen
  return () => {
    if (screens[name] === screen) delete screens[name]
  }
}
