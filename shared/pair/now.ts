/** What a pair does now, in a few words: the window's bar, its list of pairs and the host's notices of them say the same. */
import type { EndReason, Hold, HoldWhy, PairState, SeatState, Stage } from './model'
import { endWords, roleName } from './names'
import { otherSeat, type Role, type SeatId } from './seat'
import { activeSeats, roleOf } from './view'

const roleNameOf = (state: PairState, seat: SeatId): string => roleName(roleOf(state, seat))

export interface Now {
  readonly text: string
  /** Whose colour it wears; null: nobody's. */
  readonly role: Role | null
  readonly tone: 'plain' | 'wait' | 'trouble' | 'done'
  /** What else there is to know, for whoever points at it. */
  readonly detail?: string
  /** It seems stuck: its last sign, and when. */
  readonly quiet?: SeatState['quiet']
  /** A provider's limit, and when it is over. */
  readonly limit?: { readonly resetsAt: string; readonly since: string }
}

const endTone = (reason: EndReason): Now['tone'] => {
  if (reason === 'failed') return 'trouble'
  return reason === 'agreed' || reason === 'passed' ? 'done' : 'plain'
}

const holdWords = (state: PairState, hold: Hold): string => {
  switch (hold.type) {
    case 'paused':
      return 'Paused'
    case 'interrupted':
      return `${roleNameOf(state, hold.seat)} stopped`
    case 'trouble':
      return `${roleNameOf(state, hold.seat)} in trouble`
    case 'quota':
      return `${roleNameOf(state, hold.seat)} at its limit`
    case 'unclear':
      return 'No clear verdict'
    case 'notAccepted':
      return 'Message not taken'
    case 'noPlan':
      return 'No plan'
    case 'planApproval':
      return 'Plan waits for you'
    case 'unplanned':
      return 'Unplanned files'
    case 'repetition':
      return 'They repeat themselves'
  }
}

/** What a seat does in its turn, by where the pair stands. */
export const workWords = (state: PairState, seat: SeatId): string => {
  const driver = roleOf(state, seat) === 'driver'
  const phases: Readonly<Record<Stage['phase'], string>> = {
    planning: driver ? 'planning' : 'reviewing',
    planReview: driver ? 'working' : 'reviewing the plan',
    driving: driver ? 'working' : 'reviewing',
    proving: driver ? 'working' : 'reviewing',
    reviewing: driver ? 'working' : 'reviewing',
    doubleReview: 'reviewing',
    settling: driver ? 'working' : 'reviewing',
    ended: 'working',
  }
  return phases[state.stage.phase]
}

/** Each reviews alone; who has given a verdict is told, what it says is not. */
const bothWords = ({ stage, driver }: PairState): string => {
  if (stage.phase !== 'doubleReview') return ''
  const left = stage.reviewers[driver].review === null
  const right = stage.reviewers[otherSeat(driver)].review === null
  if (left === right) return left ? 'Both reviewing' : 'Both have reviewed'
  return left ? 'Driver still reviewing' : 'Navigator still reviewing'
}

/** It goes as was agreed, and the next step is the human's; the other holds tell of something that went wrong. */
export const isDecision = ({ type }: HoldWhy): boolean =>
  type === 'paused' || type === 'planApproval' || type === 'unplanned'

const seatNow = (state: PairState, seat: SeatId): Now => {
  const role = roleOf(state, seat)
  const name = roleName(role)
  const { status, quiet } = state.seats[seat]
  const says = (text: string, tone: Now['tone'] = 'plain'): Now => ({ text: `${name} ${text}`, role, tone })
  switch (status.type) {
    case 'starting':
      return says('starting')
    case 'failed':
      return says('could not start', 'trouble')
    case 'exited':
      return says('exited', 'trouble')
    case 'working':
      if (quiet) return { ...says('seems stuck', 'trouble'), quiet }
      return says(workWords(state, seat))
    case 'idle':
      return state.outbox.some(({ to, status: at }) => to === seat && at !== 'accepted')
        ? { text: `Handing to ${name.toLowerCase()}`, role, tone: 'plain' }
        : says('idle')
  }
}

/** What happens now, in a few words. What waits for the human comes first. */
export const whatNow = (state: PairState): Now => {
  const { stage } = state
  if (stage.phase === 'ended')
    return {
      text: endWords(stage.reason),
      role: null,
      tone: endTone(stage.reason),
      ...(stage.detail === '' ? {} : { detail: stage.detail }),
    }
  const asking = state.requests.find(({ answered }) => !answered)
  if (asking) {
    const role = roleOf(state, asking.seat)
    return { text: `${roleName(role)} asks`, role, tone: 'wait' }
  }
  const hold = state.holds.find(({ type }) => type !== 'paused') ?? state.holds[0]
  if (hold)
    return {
      text: holdWords(state, hold),
      role: null,
      tone: isDecision(hold) ? 'wait' : 'trouble',
      ...(hold.type === 'quota' && hold.resetsAt !== null
        ? { limit: { resetsAt: hold.resetsAt, since: hold.since } }
        : {}),
    }
  if (stage.phase === 'driving' && stage.measuring)
    return { text: 'Reading the changes', role: null, tone: 'plain' }
  if (stage.phase === 'proving') return { text: 'Proof running', role: null, tone: 'plain' }
  if (stage.phase === 'settling') return { text: 'Checking once more', role: null, tone: 'plain' }
  const stuck = stage.phase === 'doubleReview' && activeSeats(state).find(seat => state.seats[seat].quiet)
  if (stuck) return seatNow(state, stuck)
  if (stage.phase === 'doubleReview') return { text: bothWords(state), role: null, tone: 'plain' }
  return seatNow(state, activeSeats(state)[0] ?? state.driver)
}
