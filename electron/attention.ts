/**
 * Calls the human when a pair needs them and they are not looking at it: a notification, a sound, a badge. It never
 * takes the focus; only a click on a notification does. It knows nothing of Electron, and does not need the window:
 * what is told depends on the journal's events alone.
 */
import {
  type Bundles,
  bundleWords,
  GATHER_MS,
  gather,
  noBundles,
  raise,
  type Step,
  settle,
  type Told,
} from '../shared/attention/bundle'
import { inboxItems } from '../shared/attention/inbox'
import { ENDED, type Notice, noticesOf, openKeys, type Place } from '../shared/attention/notice'
import type { Waiting } from '../shared/attention/waiting'
import type { PairId } from '../shared/ids'
import type { Stamped } from '../shared/pair/events'
import type { PairState } from '../shared/pair/model'
import { intentLine } from '../shared/pair/names'

export interface AttentionDeps {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly live: (pair: PairId) => boolean
  /** The human has this pair before them: its window has the focus and shows it. */
  readonly looking: (pair: string) => boolean
  readonly wants: () => { readonly notifications: boolean; readonly sound: boolean }
  /** Shows a notification without taking the focus; returns what takes it away. */
  readonly show: (words: { readonly title: string; readonly body: string }, clicked: () => void) => () => void
  readonly sound: () => void
  /** The number on the app's icon. */
  readonly badge: (count: number) => void
  /** Brings the window to the front, with this pair and this place in it. */
  readonly go: (pair: string, place: Place) => void
  /** Tells the window what waits in each pair. */
  readonly tell: (waiting: readonly Waiting[]) => void
}

export interface Attention {
  events(pair: PairId, events: readonly Stamped[], state: PairState): void
  /** The journal of a pair could not be written, or (null) can be again. */
  trouble(pair: PairId, state: PairState, message: string | null): void
  /** Pairs were opened or closed. */
  changed(): void
  /** The human looks at something else now. */
  looked(): void
  waiting(): readonly Waiting[]
  stop(): void
}

interface Visible {
  readonly told: readonly Told[]
  readonly takeAway: () => void
}

interface Kept {
  readonly intent: string
  readonly cards: number
  readonly open: ReadonlySet<string>
  readonly trouble: boolean
  /** It has ended and nobody has looked since. */
  readonly ended: boolean
}

const STORAGE = 'storage'
const nothingKept: Kept = { intent: '', cards: 0, open: new Set(), trouble: false, ended: false }

export const createAttention = (deps: AttentionDeps): Attention => {
  const pairs = new Map<string, Kept>()
  let bundles: Bundles = noBundles
  /** What stands on the screen or in the system's list, oldest first; kept here, or a click on it would be lost. */
  let visible: readonly Visible[] = []
  let told = ''
  let timer: ReturnType<typeof setTimeout> | null = null

  const waits = ({ pair, key }: Told): boolean => {
    const kept = pairs.get(pair)
    if (!kept || deps.looking(pair)) return false
    return key === STORAGE ? kept.trouble : kept.open.has(key)
  }

  const clicked = (told: readonly Told[]): void => {
    const first = told.find(waits) ?? told[0]
    if (first) deps.go(first.pair, first.place)
  }

  const takeAway = (gone: readonly Visible[]): void => {
    for (const each of gone) each.takeAway()
    visible = visible.filter(each => !gone.includes(each))
  }

  const take = ({ bundles: next, show }: Step): void => {
    bundles = next
    if (!show) return
    const { notifications, sound } = deps.wants()
    if (show.replaces) takeAway(visible.slice(-1))
    if (notifications) {
      const gone = deps.show(bundleWords(show.told), () => clicked(show.told))
      visible = [...visible, { told: show.told, takeAway: gone }]
    }
    if (sound) deps.sound()
  }

  const call = (pair: string, intent: string, notices: readonly Notice[]): void => {
    if (deps.looking(pair)) return
    for (const notice of notices) take(raise(bundles, { ...notice, pair, intent }, deps.now()))
    if (bundles.gathered.length === 0 || timer) return
    timer = setTimeout(() => {
      timer = null
      take(gather(bundles, deps.now()))
    }, GATHER_MS)
  }

  const waiting = (): readonly Waiting[] =>
    [...pairs].flatMap(([pair, { intent, cards, trouble, ended }]) => {
      const count = cards + (trouble ? 1 : 0)
      return count > 0 || ended ? [{ pair, intent, count, ended }] : []
    })

  /** What is settled is called for no more: in the notification, on the icon, in the window. */
  const refresh = (): void => {
    for (const [pair, kept] of pairs) {
      if (kept.ended && deps.looking(pair)) pairs.set(pair, { ...kept, ended: false })
    }
    bundles = settle(bundles, waits)
    takeAway(visible.filter(each => !each.told.some(waits)))
    const now = waiting()
    const words = JSON.stringify(now)
    if (words === told) return
    told = words
    deps.badge(now.reduce((sum, { count, ended }) => sum + count + (ended ? 1 : 0), 0))
    deps.tell(now)
  }

  return {
    events(pair, events, state) {
      if (!deps.live(pair)) return
      const before = pairs.get(pair) ?? nothingKept
      const notices = noticesOf(events, state, before.open)
      const open = openKeys(state)
      pairs.set(pair, {
        intent: intentLine(state.intent),
        cards: inboxItems(state).length,
        open,
        trouble: before.trouble,
        ended: open.has(ENDED) && (before.ended || notices.some(({ key }) => key === ENDED)),
      })
      refresh()
      call(pair, intentLine(state.intent), notices)
    },
    trouble(pair, state, message) {
      const before = pairs.get(pair) ?? { ...nothingKept, intent: intentLine(state.intent) }
      pairs.set(pair, { ...before, trouble: message !== null })
      refresh()
      if (message === null || before.trouble) return
      const title = 'The journal cannot be written; the pair is paused'
      call(pair, before.intent, [{ key: STORAGE, title, body: message, place: { type: 'newest' } }])
    },
    changed() {
      for (const pair of pairs.keys()) if (!deps.live(pair as PairId)) pairs.delete(pair)
      refresh()
    },
    looked: refresh,
    waiting,
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
      takeAway(visible)
    },
  }
}
