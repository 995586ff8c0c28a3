/** The words for what happens, in one place, so that header, panes, notifications and readers say the same. */
import type { Hold, PairState, SeatState } from '../../shared/pair/model'
import { agentName, type Role, type SeatId } from '../../shared/pair/seat'
import { activeSeats, roleOf } from '../../shared/pair/view'

export const roleName = (role: Role): string => (role === 'driver' ? 'Driver' : 'Navigator')

export const seatRoleName = (state: PairState, seat: SeatId): string => roleName(roleOf(state, seat))

export const titleOf = (intent: string): string => intent.trim().split('\n')[0]?.trim() ?? ''

export interface Now {
  readonly text: string
  /** Whose colour it wears; null: nobody's. */
  readonly role: Role | null
  readonly tone: 'plain' | 'wait' | 'trouble' | 'done'
}

const ENDS = {
  agreed: 'Agreed',
  converged: 'Converged: nothing new to say',
  failed: 'Failed',
  passed: 'Navigator passed',
  cap: 'Ended at the cap',
  human: 'You ended the pair',
} as const

export const endWords = (reason: keyof typeof ENDS): string => ENDS[reason]

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

const seatNow = (state: PairState, seat: SeatId): Now => {
  const role = roleOf(state, seat)
  const name = roleName(role)
  const { status } = state.seats[seat]
  const says = (text: string, tone: Now['tone'] = 'plain'): Now => ({ text: `${name} ${text}`, role, tone })
  switch (status.type) {
    case 'starting':
      return says('starting')
    case 'failed':
      return says('could not start', 'trouble')
    case 'exited':
      return says('exited', 'trouble')
    case 'working':
      return says(role === 'driver' ? 'working' : 'reviewing')
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
      tone: 'done',
    }
  const asking = state.requests.find(({ answered }) => !answered)
  if (asking) {
    const role = roleOf(state, asking.seat)
    return { text: `${roleName(role)} asks`, role, tone: 'wait' }
  }
  const hold = state.holds.find(({ type }) => type !== 'paused') ?? state.holds[0]
  if (hold)
    return { text: holdWords(state, hold), role: null, tone: hold.type === 'paused' ? 'wait' : 'trouble' }
  if (stage.phase === 'driving' && stage.measuring)
    return { text: 'Reading the changes', role: null, tone: 'plain' }
  if (stage.phase === 'proving') return { text: 'Proof running', role: null, tone: 'plain' }
  if (stage.phase === 'settling') return { text: 'Checking the work once more', role: null, tone: 'plain' }
  if (stage.phase === 'doubleReview') return { text: 'Both review, each alone', role: null, tone: 'plain' }
  return seatNow(state, activeSeats(state)[0] ?? state.driver)
}

export const agentTitle = (seat: SeatState): string =>
  [agentName(seat.config.agent), shortVersion(seat.version)].filter(Boolean).join(' ')

/** The number alone: agents report `2.1.330 (Claude Code)` and the like. */
export const shortVersion = (version: string): string => /\d+(\.\d+)+/.exec(version)?.[0] ?? version

export interface SeatWords {
  readonly text: string
  readonly tone: 'off' | 'on' | 'wait' | 'trouble'
  /** Since when, for a running clock; null for none. */
  readonly since: string | null
}

export const seatWords = (state: PairState, seat: SeatId): SeatWords => {
  const { status } = state.seats[seat]
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
      if (status.cause === 'human') return { text: 'with you', tone: 'on', since: status.since }
      return {
        text: roleOf(state, seat) === 'driver' ? 'working' : 'reviewing',
        tone: 'on',
        since: status.since,
      }
    case 'idle':
      return asking
        ? { text: 'waits for you', tone: 'wait', since: asking.since }
        : { text: 'idle', tone: 'off', since: null }
  }
}
