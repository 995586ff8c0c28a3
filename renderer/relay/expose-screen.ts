/**
 * A test cannot read a terminal that WebGL draws. When the page was opened with `?screens` (the host does so for
 * tests only), each terminal's text can be asked for as `duologueScreens.left()`.
 */
import type { SeatId } from '../../shared/pair/seat'

type Screens = Partial<Record<SeatId, () => string>>

const screens: Screens | null = new URLSearchParams(location.search).has('screens') ? {} : null
if (screens) Object.assign(globalThis, { duologueScreens: screens })

export const exposeScreen = (seat: SeatId, read: () => string): (() => void) => {
  if (!screens) return () => undefined
  screens[seat] = read
  return () => {
    if (screens[seat] === read) delete screens[seat]
  }
}
