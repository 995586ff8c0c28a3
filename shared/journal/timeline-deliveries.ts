/** Deliveries in the timeline: the text as it went out, the text as it was queued, and when it reached each station. */
import type { DeliveryId } from '../ids'
import { otherSeat, type SeatId } from '../pair/seat'
import { entryAt } from './entries'
import type { Entry, Voice } from './entry'
import { add, change, type EntryOf, type Of, start, type Timeline, voice } from './timeline-state'

type DeliveryEntry = EntryOf<'delivery'>

const sender = (timeline: Timeline, { kind, to }: Of<'deliveryQueued'>): Voice | 'human' | 'duologue' => {
  if (kind === 'handoff') return voice(timeline, otherSeat(to))
  return kind === 'opening' || kind === 'steer' ? 'human' : 'duologue'
}

export const queued = (timeline: Timeline, event: Of<'deliveryQueued'>): Timeline => {
  const { id, to, kind, when, text, at } = event
  const index = timeline.entries.length
  const open = { ...timeline, deliveries: [...timeline.deliveries, { id, index }] }
  return add(open, {
    ...start(timeline, event),
    type: 'delivery',
    id,
    kind,
    when,
    from: sender(timeline, event),
    to: voice(timeline, to),
    text,
    original: null,
    status: 'waiting',
    detail: '',
    carriedBy: null,
    trail: { queued: at, sending: null, accepted: null, answered: null, dropped: null },
    measure: kind === 'handoff' && to !== timeline.driver ? timeline.lastMeasure : null,
  })
}

const changeOne = (
  timeline: Timeline,
  id: DeliveryId,
  edit: (entry: DeliveryEntry) => DeliveryEntry,
): Timeline => {
  const open = timeline.deliveries.find(delivery => delivery.id === id)
  return open ? change(timeline, open.index, 'delivery', edit) : timeline
}

/** The open deliveries that pass `which`, changed; those that `close` says are final are open no longer. */
const changeAll = (
  timeline: Timeline,
  which: (entry: DeliveryEntry) => boolean,
  edit: (entry: DeliveryEntry) => DeliveryEntry,
): Timeline =>
  timeline.deliveries.reduce((now, { index }) => {
    const entry = entryAt(now.entries, index)
    return isDelivery(entry) && which(entry) ? change(now, index, 'delivery', edit) : now
  }, timeline)

const isDelivery = (entry: Entry | undefined): entry is DeliveryEntry => entry?.type === 'delivery'

const closeAll = (timeline: Timeline, which: (entry: DeliveryEntry) => boolean): Timeline => ({
  ...timeline,
  deliveries: timeline.deliveries.filter(({ index }) => {
    const entry = entryAt(timeline.entries, index)
    return isDelivery(entry) && !which(entry)
  }),
})

export const edited = (timeline: Timeline, { id, text }: Of<'deliveryEdited'>): Timeline =>
  changeOne(timeline, id, entry => ({ ...entry, text, original: entry.original ?? entry.text }))

const isFinal = ({ status }: DeliveryEntry): boolean => status === 'dropped' || status === 'answered'

export const dropped = (timeline: Timeline, { id, why, at }: Of<'deliveryDropped'>): Timeline =>
  closeAll(
    changeOne(timeline, id, entry => ({
      ...entry,
      status: 'dropped',
      detail: why,
      trail: { ...entry.trail, dropped: at },
    })),
    isFinal,
  )

export const dropWaiting = (timeline: Timeline, at: string, detail: string): Timeline =>
  closeAll(
    changeAll(
      timeline,
      ({ status }) => status === 'waiting',
      entry => ({ ...entry, status: 'dropped', detail, trail: { ...entry.trail, dropped: at } }),
    ),
    isFinal,
  )

export const sending = (timeline: Timeline, { id, carries, at }: Of<'deliverySending'>): Timeline => {
  const sent = (entry: DeliveryEntry, carriedBy: DeliveryId | null): DeliveryEntry => ({
    ...entry,
    status: 'sending',
    detail: '',
    carriedBy,
    trail: { ...entry.trail, sending: at },
  })
  const first = changeOne(timeline, id, entry => sent(entry, null))
  return carries.reduce((now, each) => changeOne(now, each, entry => sent(entry, id)), first)
}

/** The delivery and the steers that travel with it. */
const family =
  (id: DeliveryId) =>
  (entry: DeliveryEntry): boolean =>
    entry.id === id || entry.carriedBy === id

export const accepted = (timeline: Timeline, { id, at }: Of<'deliveryAccepted'>): Timeline =>
  changeAll(timeline, family(id), entry => ({
    ...entry,
    status: 'accepted',
    detail: '',
    trail: { ...entry.trail, accepted: at },
  }))

export const returned = (timeline: Timeline, { id, why }: Of<'deliveryReturned'>): Timeline =>
  changeAll(timeline, family(id), entry => ({
    ...entry,
    status: 'waiting',
    detail: why,
    carriedBy: null,
    trail: { ...entry.trail, sending: null },
  }))

/** The delivery that the seat took last and has not answered. */
export const takenLast = (timeline: Timeline, seat: SeatId): DeliveryId | null =>
  timeline.deliveries.reduce<DeliveryId | null>((last, { id, index }) => {
    const entry = entryAt(timeline.entries, index)
    return isDelivery(entry) && entry.to.seat === seat && entry.status === 'accepted' ? id : last
  }, null)

/** A seat's turn ended: what it had taken is answered. */
export const answerAll = (timeline: Timeline, seat: SeatId, at: string): Timeline =>
  closeAll(
    changeAll(
      timeline,
      ({ to, status }) => to.seat === seat && status === 'accepted',
      entry => ({ ...entry, status: 'answered', trail: { ...entry.trail, answered: at } }),
    ),
    isFinal,
  )

/** The seat's program (null: both) is gone: what it had taken will not be answered by that turn. */
export const forgetTaken = (timeline: Timeline, seat: SeatId | null): Timeline =>
  closeAll(timeline, ({ to, status }) => status === 'accepted' && (seat === null || to.seat === seat))
