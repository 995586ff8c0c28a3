/**
 * A system notification when the pair needs its human and the window is not looked at. Never takes the focus; a click
 * brings the window to the front. Which events are worth one is decided here, how it is shown by the caller.
 */
import type { Stamped } from '../shared/pair/events'
import type { PairState } from '../shared/pair/model'
import { agentName } from '../shared/pair/seat'
import { roleOf } from '../shared/pair/view'

export interface Notice {
  readonly title: string
  readonly body: string
}

const ENDINGS = {
  agreed: 'The pair has agreed',
  converged: 'Two reviews had nothing new: the pair has ended',
  failed: 'The pair has failed',
  passed: 'The navigator passed',
  cap: 'The cap was reached',
  human: 'Ended',
} as const

/** `state` is the one after the event. Null: nothing that a human has to come for. */
export const noticeFor = (event: Stamped, state: PairState): Notice | null => {
  const pair = state.intent.split('\n')[0] ?? ''
  switch (event.type) {
    case 'requestOpened': {
      const who = `${agentName(state.seats[event.seat].config.agent)} (${roleOf(state, event.seat)})`
      return event.request.type === 'approval'
        ? { title: `${who} asks: ${event.request.title}`, body: event.request.body.slice(0, 200) }
        : { title: `${who} asks you`, body: event.request.questions[0]?.text ?? pair }
    }
    case 'held':
      if (event.why.type === 'paused') return null
      return { title: 'The pair waits for you', body: 'detail' in event.why ? event.why.detail : pair }
    case 'ended':
      return event.reason === 'human' ? null : { title: ENDINGS[event.reason], body: pair }
    default:
      return null
  }
}
