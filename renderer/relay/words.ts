/** The words for what happens, in one place, so that header, panes, notifications and readers say the same. */
import type { EndReason, Hold, HoldWhy, PairState, SeatState, Stage } from '../../shared/pair/model'
import { otherSeat, type Role, type SeatId, seatAgentName } from '../../shared/pair/seat'
import { activeSeats, roleOf } from '../../shared/pair/view'
import { endWords, roleName, shortVersion } from '../../shared/score/names'

export const seatRoleName = (state: PairState, seat: SeatId): string => roleName(roleOf(state, seat))

export const titleOf = (intent: string): string => intent.trim().split('\n')[0]?.trim() ?? ''

export interface Now {
  readonly text: string
  /** Whose colour it wears; null: nobody's. */
  readonly role: Role | null
  readonly tone: 'plain' | 'wait' | 'trouble' | 'done'
  /** What else there is to know, for whoever points at it. */
  readonly detail?: string
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
      return `${seatRoleName(state, hold.seat)} stopped`
    case 'trouble':
      return `${seatRoleName(state, hold.seat)} in trouble`
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
const workWords = (state: PairState, seat: SeatId): string => {
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
      if (quiet) return { ...says('seems stuck', 'trouble'), detail: lastSeen(quiet) }
      return says(workWords(state, seat))
    case 'idle':
      return state.outbox.some(({ to, status: at }) => to === seat && at !== 'accepted')
        ? { text: `Handing to ${name.toLowerCase()}`, role, tone: 'plain' }
        : says('idle')
  }
}

/** What happens now, in a few words. What waits for the human comes first. */
export const nowOf = (state: PairState): Now => {
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
  if (hold) return { text: holdWords(state, hold), role: null, tone: isDecision(hold) ? 'wait' : 'trouble' }
  if (stage.phase === 'driving' && stage.measuring)
    return { text: 'Reading the changes', role: null, tone: 'plain' }
  if (stage.phase === 'proving') return { text: 'Proof running', role: null, tone: 'plain' }
  if (stage.phase === 'settling') return { text: 'Checking once more', role: null, tone: 'plain' }
  const stuck = stage.phase === 'doubleReview' && activeSeats(state).find(seat => state.seats[seat].quiet)
  if (stuck) return seatNow(state, stuck)
  if (stage.phase === 'doubleReview') return { text: bothWords(state), role: null, tone: 'plain' }
  return seatNow(state, activeSeats(state)[0] ?? state.driver)
}

export const agentTitle = (seat: SeatState): string =>
  [seatAgentName(seat.config), shortVersion(seat.version)].filter(Boolean).join(' ')

export interface SeatWords {
  readonly text: string
  readonly tone: 'off' | 'on' | 'wait' | 'trouble'
  /** Since when, for a running clock; null for none. */
  readonly since: string | null
  /** What else there is to know, for whoever points at it. */
  readonly detail?: string
}

/** `last seen: said “…”, 14:02`, in the human's own time. */
const lastSeen = ({ since, last }: NonNullable<SeatState['quiet']>): string =>
  `last seen: ${last}, ${new Date(since).toTimeString().slice(0, 5)}`

export const seatWords = (state: PairState, seat: SeatId): SeatWords => {
  const { status, quiet } = state.seats[seat]
  const asking = state.requests.find(request => request.seat === seat && !request.answered)
  switch (status.type) {
    case 'starting':
      return { text: 'starting', tone: 'on', since: null }
    case 'failed':
      return { text: 'could not start', tone: 'trouble', since: null }
    case 'exited':
      return { text: 'exited', tone: 'trouble', since: null }
    case 'working':
      if (asking) return { text: 'waits for you', tone: 'wait', since: asking.since }
      if (quiet) return { text: 'seems stuck', tone: 'trouble', since: quiet.since, detail: lastSeen(quiet) }
      if (status.cause === 'human') return { text: 'with you', tone: 'on', since: status.since }
      return {
        text: workWords(state, seat),
        tone: 'on',
        since: status.since,
      }
    case 'idle':
      return asking
        ? { text: 'waits for you', tone: 'wait', since: asking.since }
        : { text: 'idle', tone: 'off', since: null }
  }
}
