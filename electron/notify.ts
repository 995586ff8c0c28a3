/**
 * A system notification when the pair needs its human and the window is not looked at. Never takes the focus; a click
 * brings the window to the front. Which events are worth one is decided here, how it is shown by the caller.
 */
import type { Stamped } from '../shared/pair/events'
import type { HoldWhy, PairState } from '../shared/pair/model'
import type { SeatId } from '../shared/pair/seat'
import { nameOf, roleOf } from '../shared/pair/view'
import { assertNever } from '../shared/result'

export interface Notice {
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
const holdNotice = (why: HoldWhy, state: PairState): Notice | null => {
  switch (why.type) {
    case 'paused':
      return null
    case 'interrupted':
      return { title: `${who(state, why.seat)} was stopped in its turn`, body: '' }
    case 'trouble':
      return { title: `${who(state, why.seat)} cannot go on`, body: why.detail }
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

/** `state` is the one after the event. Null: nothing that a human has to come for. */
export const noticeFor = (event: Stamped, state: PairState): Notice | null => {
  const notice = noticeOf(event, state)
  return notice && { title: notice.title, body: (notice.body || intentOf(state)).slice(0, MAX_CHARS) }
}

const intentOf = ({ intent }: PairState): string => intent.split('\n')[0] ?? ''

const noticeOf = (event: Stamped, state: PairState): Notice | null => {
  switch (event.type) {
    case 'requestOpened': {
      const asks = `${who(state, event.seat)} asks`
      return event.request.type === 'approval'
        ? { title: `${asks}: ${event.request.title}`, body: event.request.body }
        : { title: `${asks} you`, body: event.request.questions[0]?.text ?? '' }
    }
    case 'seatQuiet':
      return { title: `${who(state, event.seat)} seems stuck`, body: `Last seen: ${event.last}` }
    case 'held':
      return holdNotice(event.why, state)
    case 'ended': {
      const { reason, detail } = event
      const body = [intentOf(state), detail].filter(Boolean).join(' · ')
      return reason === 'human' ? null : { title: ENDINGS[reason], body }
    }
    default:
      return null
  }
}
