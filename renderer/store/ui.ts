/** What is open on the screen. Nothing here outlives the window, and nothing of the pair lives here. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SeatId } from '../../shared/pair/seat'

interface Toast {
  readonly id: number
  /** plain goes by itself; news and trouble stay until they are put away. */
  readonly tone: 'plain' | 'news' | 'trouble'
  readonly text: string
}

type Overlay = 'none' | 'palette' | 'switch' | 'settings' | 'endPair' | 'pullRequest' | 'share'
/** What stands beside the terminals. */
export type SideTab = 'timeline' | 'findings' | 'diff' | 'plan' | 'proof'
export type FocusTarget = SeatId | 'composer' | 'canned' | 'cost' | 'inbox' | 'timeline' | 'pairSearch'

interface Editing {
  readonly pair: string
  readonly id: string
  readonly original: string
}

/** A pair's own words and the edit of each of its messages are kept apart. */
export const draftKey = (pair: string, editing: Editing | null): string =>
  editing ? `${pair} ${editing.id}` : pair

export interface UiStore {
  readonly overlay: Overlay
  /** The form on the first screen; false shows the invitation to start. */
  readonly starting: boolean
  readonly inboxOpen: boolean
  readonly timelineShown: boolean
  readonly toasts: readonly Toast[]
  /** The waiting delivery that the composer of its pair edits. */
  readonly editing: Editing | null
  /** What was written and not sent, by `draftKey`. */
  readonly drafts: Readonly<Record<string, string>>
  /** Who is to take the focus, until they have: a wish must not come true again when its place is drawn anew. */
  readonly focus: FocusTarget | null
  /** The card of the inbox that is to take the focus, by its key, until it has. */
  readonly card: string | null
  /** The row of the timeline that is to be opened, by its `seq`, until it is. */
  readonly row: number | null
  /** Counts the wishes to see the newest row. */
  readonly nowWishes: number
  /** What is asked of the timeline, until it is done. */
  readonly scoreWish: 'search' | 'nextHold' | null
  readonly tab: SideTab
  /** The side lies over the right terminal, which keeps its size below. */
  readonly broad: boolean
  /** The finding that was last asked for, on the board or in the diff; `count` makes the same wish twice two wishes. */
  readonly finding: {
    readonly id: string
    readonly where: 'findings' | 'diff'
    readonly count: number
  } | null
  show(overlay: Overlay): void
  setStarting(starting: boolean): void
  setInbox(open: boolean): void
  setTimeline(shown: boolean): void
  toast(text: string, tone?: Toast['tone']): void
  dropToast(id: number): void
  /** Null: what was written of the edit is let go. */
  edit(editing: Editing | null): void
  setDraft(key: string, text: string): void
  focusOn(target: FocusTarget): void
  /** This one has it. */
  focusTaken(target: FocusTarget): void
  jumpToNow(): void
  askScore(what: 'search' | 'nextHold'): void
  scoreAsked(): void
  /** The inbox with this card focused; where it is gone, the inbox as it is. */
  showCard(key: string): void
  /** It is there, or gone for good. */
  cardShown(): void
  /** The timeline with this row opened. */
  showRow(seq: number): void
  /** It is open, or there is none. */
  rowShown(): void
  /** The timeline at its end. */
  showNewest(): void
  showTab(tab: SideTab): void
  setBroad(broad: boolean): void
  showFinding(id: string, where: 'findings' | 'diff'): void
  /** As it is for a pair that was just opened. */
  resetSide(): void
}

/** Long enough to read two lines. News and trouble stay until they are put away. */
const TOAST_MS = 5_000

export const createUiStore = (): StoreApi<UiStore> =>
  createStore<UiStore>((set, get) => ({
    overlay: 'none',
    starting: false,
    inboxOpen: true,
    timelineShown: true,
    toasts: [],
    editing: null,
    drafts: {},
    focus: null,
    card: null,
    row: null,
    nowWishes: 0,
    scoreWish: null,
    tab: 'timeline',
    broad: false,
    finding: null,
    show: overlay => set({ overlay }),
    setStarting: starting => set({ starting }),
    setInbox: inboxOpen => set({ inboxOpen }),
    setTimeline: timelineShown => set({ timelineShown }),
    toast(text, tone = 'plain') {
      const id = (get().toasts.at(-1)?.id ?? 0) + 1
      set({
        toasts: [
          ...get()
            .toasts.filter(toast => toast.text !== text)
            .slice(-2),
          { id, tone, text },
        ],
      })
      if (tone === 'plain') setTimeout(() => get().dropToast(id), TOAST_MS)
    },
    dropToast: id => set({ toasts: get().toasts.filter(toast => toast.id !== id) }),
    edit(editing) {
      if (editing) return set({ editing, focus: 'composer' })
      const { editing: before, drafts } = get()
      if (!before) return
      const { [draftKey(before.pair, before)]: _, ...others } = drafts
      set({ editing: null, drafts: others })
    },
    setDraft: (key, text) => set({ drafts: { ...get().drafts, [key]: text } }),
    focusOn: target =>
      set({
        focus: target,
        ...(target === 'timeline' ? { tab: 'timeline' } : {}),
        // A terminal that is asked for must not lie under the side.
        ...(target === 'left' || target === 'right' ? { broad: false } : {}),
      }),
    focusTaken: target => set(({ focus }) => (focus === target ? { focus: null } : {})),
    jumpToNow: () => set({ nowWishes: get().nowWishes + 1, tab: 'timeline' }),
    askScore: what => set({ scoreWish: what, tab: 'timeline', timelineShown: true }),
    scoreAsked: () => set({ scoreWish: null }),
    showCard: card => set({ inboxOpen: true, card }),
    cardShown: () => set({ card: null }),
    showRow: row => set({ row, tab: 'timeline', timelineShown: true }),
    rowShown: () => set({ row: null }),
    showNewest: () => set({ timelineShown: true, nowWishes: get().nowWishes + 1, tab: 'timeline' }),
    showTab: tab => set({ tab, timelineShown: true }),
    setBroad: broad => set(broad ? { broad, timelineShown: true } : { broad }),
    showFinding: (id, where) =>
      set({
        tab: where,
        timelineShown: true,
        finding: { id, where, count: (get().finding?.count ?? 0) + 1 },
      }),
    resetSide: () => set({ tab: 'timeline', broad: false, finding: null }),
  }))
