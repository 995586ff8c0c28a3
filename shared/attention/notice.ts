/**
 * What is worth calling the human for, in words, and where it leads. Each notice stands for something that waits; when
 * that is settled, nobody is called for it any more. How notices are shown together is in `bundle`.
 */
import type { Stamped } from '../pair/events'
import type { HoldWhy, PairState } from '../pair/model'
import { intentLine } from '../pair/names'
import { SEATS, type SeatId } from '../pair/seat'
import { nameOf, quotaOf, roleOf } from '../pair/view'
import { assertNever } from '../result'
import { holdKey, inboxItems, requestKey } from './inbox'

/** Where a click leads, in the window of the pair. */
export type Place =
  /** A card of the inbox, by its key. */
  | { readonly type: 'card'; readonly key: string }
  | { readonly type: 'seat'; readonly seat: SeatId }
  /** The newest row of the timeline. */
  | { readonly type: 'newest' }

export interface Notice {
  /** Unlike that of anything else that waits in this pair; `openKeys` has it for as long as it waits. */
  readonly key: string
  readonly title: string
  readonly body: string
  readonly place: Place
}

interface Words {
  readonly title: string
  readonly body: string
}

const ENDINGS = {
  agreed: 'The pair has agreed',
  converged: 'The pair has nothing new to say, and has not agreed',
  failed: 'The pair has failed',
  passed: 'The navigator passed',
  cap: 'A cap was reached',
  human: 'Ended',
} as const

/** More would not be read in a notification. */
const MAX_CHARS = 200
const MAX_FILES = 3

const who = (state: PairState, seat: SeatId): string => `${nameOf(state, seat)} (${roleOf(state, seat)})`

const some = (files: readonly string[]): string => {
  const more = files.length > MAX_FILES ? ` and ${files.length - MAX_FILES} more` : ''
  return `${files.slice(0, MAX_FILES).join(', ')}${more}`
}

/** What is held and what to do about it; an empty body stands for the intent. Null: the human has just done it. */
const holdNotice = (why: HoldWhy, state: PairState): Words | null => {
  switch (why.type) {
    case 'paused':
      return null
    case 'interrupted':
      return { title: `${who(state, why.seat)} was stopped in its turn`, body: '' }
    case 'trouble':
      return { title: `${who(state, why.seat)} cannot go on`, body: why.detail }
    case 'quota':
      return { title: `${who(state, why.seat)} has reached its provider’s limit`, body: why.detail }
    case 'unclear':
      return {
        title: `${who(state, why.seat)} gave no verdict`,
        body: 'Ask again, or give the verdict yourself.',
      }
    case 'notAccepted':
      return { title: 'A message was not taken', body: why.detail }
    case 'noPlan':
      return {
        title: `${who(state, why.seat)} made no plan`,
        body: 'Ask again, or let the work begin without one.',
      }
    case 'planApproval':
      return { title: 'A plan waits for your approval', body: '' }
    case 'unplanned':
      return { title: 'No plan item names what was changed', body: some(why.files) }
    case 'repetition':
      return { title: `${who(state, why.seat)} says nothing new`, body: why.detail }
    default:
      return assertNever(why)
  }
}

/**
 * What these events call for and what still waits in `state`, which is the one after all of them. A hold that was `open`
 * before them already is no news: one of its kind was released, and the others were held again.
 */
export const noticesOf = (
  events: readonly Stamped[],
  state: PairState,
  open: ReadonlySet<string> = new Set(),
): readonly Notice[] => {
  const now = openKeys(state)
  const isNews = (event: Stamped): boolean => event.type !== 'held' || !open.has(holdKey(event.why))
  return events
    .filter(isNews)
    .flatMap(event => noticeOf(event, state) ?? [])
    .filter(({ key }) => now.has(key))
}

/** The keys of everything that calls for the human now. */
export const openKeys = (state: PairState): ReadonlySet<string> =>
  new Set([
    ...inboxItems(state).map(({ key }) => key),
    ...SEATS.filter(seat => state.seats[seat].quiet !== null).map(quietKey),
    ...(state.stage.phase === 'ended' ? [ENDED] : []),
  ])

/** The key of an ending. */
export const ENDED = 'ended'
const quietKey = (seat: SeatId): string => `quiet ${seat}`

/** An empty body stands for the intent. */
const notice = (key: string, place: Place, { title, body }: Words, state: PairState): Notice => ({
  key,
  title,
  body: (body || intentLine(state.intent)).slice(0, MAX_CHARS),
  place,
})

/** Null: nothing that a human has to come for. */
const noticeOf = (event: Stamped, state: PairState): Notice | null => {
  switch (event.type) {
    case 'requestOpened': {
      const { request, seat } = event
      const asks = `${who(state, seat)} asks`
      const words =
        request.type === 'approval'
          ? { title: `${asks}: ${request.title}`, body: request.body }
          : { title: `${asks} you`, body: request.questions[0]?.text ?? '' }
      const key = requestKey(request.id)
      return notice(key, { type: 'card', key }, words, state)
    }
    case 'seatQuiet': {
      const { seat, last } = event
      const words = { title: `${who(state, seat)} seems stuck`, body: `Last seen: ${last}` }
      return notice(quietKey(seat), { type: 'seat', seat }, words, state)
    }
    case 'held': {
      const words = holdNotice(event.why, state)
      const key = holdKey(event.why)
      return words && notice(key, { type: 'card', key }, words, state)
    }
    case 'limitOver': {
      const hold = quotaOf(state, event.seat)
      if (!hold) return null
      const words = { title: `The limit of ${who(state, event.seat)} is over`, body: 'The pair can go on.' }
      const key = holdKey(hold)
      return notice(key, { type: 'card', key }, words, state)
    }
    case 'ended': {
      const { reason, detail } = event
      if (reason === 'human') return null
      const words = {
        title: ENDINGS[reason],
        body: [intentLine(state.intent), detail].filter(Boolean).join(' · '),
      }
      return notice(ENDED, { type: 'newest' }, words, state)
    }
    default:
      return null
  }
}
