/** What is told between the lanes in one sentence, and until when a limit holds. */
import { assertNever } from '../result'
import { add, change, type Of, start, type Timeline, voice } from './timeline-state'

type Noted = Of<
  | 'noticed'
  | 'stepAllowed'
  | 'turnInterrupting'
  | 'swapRequested'
  | 'swapWithdrawn'
  | 'seatQuiet'
  | 'goOnPlanned'
  | 'goOnWithdrawn'
  | 'limitOver'
>

const noteText = (event: Noted): string => {
  switch (event.type) {
    case 'noticed':
      return event.text
    case 'stepAllowed':
      return 'You let one message pass.'
    case 'turnInterrupting':
      return event.purpose === 'hold'
        ? 'You stopped this turn.'
        : 'You ended this turn, to hand over what there is.'
    case 'swapRequested':
      return 'You asked to swap the roles when the next round begins.'
    case 'seatQuiet':
      return `Seems stuck: no sign since ${event.since.slice(11, 16)} UTC. Last seen: ${event.last}`
    case 'swapWithdrawn':
      return 'You took back the swap of roles.'
    case 'goOnPlanned':
      return 'You let it go on by itself when its limit is over.'
    case 'goOnWithdrawn':
      return 'It does not go on by itself after all.'
    case 'limitOver':
      return 'Its limit is over, by what its provider had said.'
    default:
      return assertNever(event)
  }
}

export const noted = (timeline: Timeline, event: Noted): Timeline => {
  const seat = 'seat' in event ? event.seat : null
  return add(timeline, {
    ...start(timeline, event),
    type: 'notice',
    voice: seat === null ? null : voice(timeline, seat),
    text: noteText(event),
  })
}

/** It may be told after the hold. */
export const limitTold = (timeline: Timeline, { seat, resetsAt }: Of<'limitTold'>): Timeline => {
  let next = timeline
  for (const { type, index } of timeline.holds) {
    if (type !== 'quota') continue
    next = change(next, index, 'hold', entry =>
      entry.why.type === 'quota' && entry.why.seat === seat
        ? { ...entry, why: { ...entry.why, resetsAt } }
        : entry,
    )
  }
  return next
}
