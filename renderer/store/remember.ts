/**
 * A reload of the window comes back to the pair that was on screen. Kept for this window's life only: a window
 * that is opened anew begins with the pair that it was opened for, or at the first screen.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { PairStore } from './pair'

const KEY = 'duologue.pair'

/** Gives why the pair of before the reload could not be opened again; then the first screen is shown. */
export const rememberOpenPair = async (
  pair: StoreApi<PairStore>,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  first: Promise<string | null>,
): Promise<string | null> => {
  const last = storage.getItem(KEY)
  pair.subscribe(({ view }) => {
    if (view.phase === 'open') storage.setItem(KEY, view.pair)
    else if (view.phase !== 'opening') storage.removeItem(KEY)
  })
  const before = last ?? (await first)
  if (before === null) return null
  await pair.getState().open(before)
  const { view } = pair.getState()
  if (view.phase !== 'failed') return null
  pair.getState().leave()
  return view.message
}
