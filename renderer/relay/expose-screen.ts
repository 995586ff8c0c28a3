/**
 * A test cannot read a terminal that WebGL draws. When the page was opened with `?screens` (the host does so for
 * tests only), each terminal's text can be asked for as `duologueScreens.left.text()`, its cells and modes of `.xterm`.
 */
import type { SeatId } from '../../shared/pair/seat'
import type { ShownScreen } from '../terminal/open-terminal'

type Screens = Partial<Record<SeatId, ShownScreen>>

const screens: Screens | null = new URLSearchParams(location.search).has('screens') ? {} : null
if (screens) Object.assign(globalThis, { duologueScreens: screens })

export const exposeScreen = (seat: SeatId, screen: ShownScreen): (() => void) => {
  if (!screens) return () => undefined
  screens[seat] = screen
  return () => {
    if (screens[seat] === screen) delete screens[seat]
  }
}
