/** What is open on the screen. Nothing here outlives the window, and nothing of the pair lives here. */
import { createStore, type StoreApi } from 'zustand/vanilla'

interface Toast {
  readonly id: number
  /** plain goes by itself; news and trouble stay until they are put away. */
  readonly tone: 'plain' | 'news' | 'trouble'
  readonly text: string
}

type Overlay = 'none' | 'palette' | 'settings' | 'endPair'
type FocusTarget = 'left' | 'right' | 'composer' | 'inbox' | 'timeline'

export interface UiStore {
  readonly overlay: Overlay
  /** The form on the first screen; false shows the invitation to start. */
  readonly starting: boolean
  readonly inboxOpen: boolean
  readonly timelineShown: boolean
  readonly toasts: readonly Toast[]
  /** The waiting delivery that the composer edits. */
  readonly editing: { readonly id: string; readonly original: string } | null
  /** Who was last asked to take the focus; `count` makes the same wish twice two wishes. */
  readonly focus: { readonly target: FocusTarget; readonly count: number } | null
  /** Counts the wishes to see the newest row. */
  readonly nowWishes: number
  show(overlay: Overlay): void
  setStarting(starting: boolean): void
  setInbox(open: boolean): void
  setTimeline(shown: boolean): void
  toast(text: string, tone?: Toast['tone']): void
  dropToast(id: number): void
  edit(editing: UiStore['editing']): void
  focusOn(target: FocusTarget): void
  jumpToNow(): void
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
    focus: null,
    nowWishes: 0,
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
    edit: editing => set({ editing }),
    focusOn: target => set({ focus: { target, count: (get().focus?.count ?? 0) + 1 } }),
    jumpToNow: () => set({ nowWishes: get().nowWishes + 1 }),
  }))
