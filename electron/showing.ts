/**
 * Which window shows which pair. A pair stands in one window at a time, so whoever wants it elsewhere is led to the
 * window that has it. The claim outlives a reload of the page; what the human sees is told apart from it.
 */

export interface Showing<W> {
  opened(window: W): void
  closed(window: W): void
  /** It has the focus now. */
  focused(window: W): void
  /** Takes the pair for this window (null: it shows none). Gives the window that has it already; then nothing changes. */
  claim(window: W, pair: string | null): W | null
  pairOf(window: W): string | null
  windowOf(pair: string): W | undefined
  /** The one that had the focus last comes first. */
  all(): readonly W[]
}

export const createShowing = <W>(): Showing<W> => {
  let windows: readonly W[] = []
  const pairs = new Map<W, string>()
  const windowOf = (pair: string): W | undefined => windows.find(window => pairs.get(window) === pair)
  return {
    opened: window => {
      windows = [window, ...windows]
    },
    closed: window => {
      windows = windows.filter(each => each !== window)
      pairs.delete(window)
    },
    focused: window => {
      windows = [window, ...windows.filter(each => each !== window)]
    },
    claim: (window, pair) => {
      if (pair === null) {
        pairs.delete(window)
        return null
      }
      const other = windowOf(pair)
      if (other !== undefined && other !== window) return other
      pairs.set(window, pair)
      return null
    },
    pairOf: window => pairs.get(window) ?? null,
    windowOf,
    all: () => windows,
  }
}
