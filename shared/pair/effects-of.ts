/** What the host must do because of an event, as data. With the effects off, the same fold is a replay. */
import type { DeliveryId } from '../ids'
import type { Stamped } from './events'
import type { Effect } from './inputs'
import type { PairState } from './model'
import { SEATS, type SeatId } from './seat'

const onTheWay = (state: PairState, seat: SeatId): readonly DeliveryId[] => {
  const carried = state.outbox.flatMap(({ carries }) => carries)
  return state.outbox
    .filter(({ to, status, id }) => to === seat && status === 'sending' && !carried.includes(id))
    .map(({ id }) => id)
}

export const effectsOf = (before: PairState, after: PairState, event: Stamped): readonly Effect[] => {
  switch (event.type) {
    case 'seatStarting': {
      const opening = event.resume === null ? (onTheWay(after, event.seat)[0] ?? null) : null
      return [{ type: 'launch', seat: event.seat, resume: event.resume, opening }]
    }
    case 'seatReady': {
      if (before.seats[event.seat].status.type !== 'starting') return []
      const ids = onTheWay(after, event.seat)
      if (before.seats[event.seat].session === null) return ids.map(id => ({ type: 'awaitAcceptance', id }))
      return ids.length > 0 ? [{ type: 'recheck', seat: event.seat, ids }] : []
    }
    case 'deliverySending': {
      const to = after.outbox.find(({ id }) => id === event.id)?.to
      if (event.mode === 'launch' || to === undefined) return []
      const deliver: Effect = { type: 'deliver', seat: to, id: event.id, mode: event.mode }
      // A steer is taken at the agent's next step, which may be a test run away: its time begins when the turn ends.
      return event.mode === 'steer' ? [deliver] : [deliver, { type: 'awaitAcceptance', id: event.id }]
    }
    case 'turnEnded':
      return onTheWay(after, event.seat).map(id => ({ type: 'awaitAcceptance', id }))
    case 'deliveryChecking': {
      const to = after.outbox.find(({ id }) => id === event.id)?.to
      return to === undefined ? [] : [{ type: 'recheck', seat: to, ids: [event.id] }]
    }
    case 'turnInterrupting':
      return [{ type: 'interrupt', seat: event.seat }]
    case 'requestAnswered': {
      const open = before.requests.find(({ request }) => request.id === event.id)
      return open ? [{ type: 'answer', seat: open.seat, id: event.id, answer: event.answer }] : []
    }
    case 'handingOver':
      return [{ type: 'measure', turn: event.turn }]
    case 'pairStarted':
    case 'continued':
      return wakeFor(after)
    case 'pairReopened':
      return [...wakeFor(after), ...resets(after), ...unfinished(after)]
    case 'limitTold':
      return [{ type: 'awaitReset', seat: event.seat, resetsAt: event.resetsAt }]
    case 'turnStarted':
      return before.stage.phase === 'proving' && after.stage.phase !== 'proving'
        ? [{ type: 'stopProof', run: before.stage.run }]
        : []
    case 'proofStarted':
      return [{ type: 'prove', run: event.run, proof: event.proof }]
    case 'proofStopping':
      return [{ type: 'stopProof', run: event.run }]
    case 'agreementChecking':
      return [{ type: 'settle' }]
    case 'restoring':
      return [
        { type: 'restore', checkpoint: event.checkpoint, tree: event.tree, keepAs: event.seq, again: false },
      ]
    case 'ended':
      return running(after.proof) ? [{ type: 'stopProof', run: after.proof.run }] : []
    default:
      return []
  }
}

const resets = ({ seats }: PairState): readonly Effect[] =>
  SEATS.flatMap(seat => {
    const { limit } = seats[seat]
    return limit && !limit.over ? [{ type: 'awaitReset', seat, resetsAt: limit.resetsAt }] : []
  })

const running = (proof: PairState['proof']): proof is NonNullable<PairState['proof']> =>
  proof !== null && proof.result === null

/** What the host was doing when the app was closed is done again from its beginning. */
const unfinished = ({ stage, proof, restoring }: PairState): readonly Effect[] => {
  if (restoring !== null) return [{ type: 'restore', ...restoring, again: true }]
  if (stage.phase === 'driving' && stage.measuring !== null) {
    return [{ type: 'measure', turn: stage.measuring }]
  }
  if (stage.phase === 'settling') return [{ type: 'settle' }]
  return running(proof) ? [{ type: 'prove', run: proof.run, proof: proof.proof }] : []
}

/** The cap on minutes counts the time that the pair is open. */
const wakeFor = ({ caps, clock, stage, capReached }: PairState): readonly Effect[] => {
  if (caps.minutes === undefined || stage.phase === 'ended' || capReached === 'minutes') return []
  return [{ type: 'wake', afterMs: Math.max(0, caps.minutes * 60_000 - clock.usedMs) }]
}
