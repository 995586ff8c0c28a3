/** The account finds what it is there for: each kind of fault, and none where all is well. */
import { expect, test } from 'vitest'
import { accountOf } from './account'

const journal = (...events: readonly Record<string, unknown>[]) =>
  events.map((event, seq) => ({ type: String(event.type), seq, ...event }))
const queued = { type: 'deliveryQueued', id: 'a1', kind: 'handoff' }
const sending = { type: 'deliverySending', id: 'a1', carries: [] }
const accepted = { type: 'deliveryAccepted', id: 'a1' }
const text = '[duologue a1] From: your human. You are the driver.\n\nGo.'
const record = { taken: ['a1'], again: [], texts: [text] }
const faults = ({ lost, doubled, merged }: ReturnType<typeof accountOf>) => [
  lost.length,
  doubled.length,
  merged.length,
]

test('a message that went once is no fault, also inside another', () => {
  expect(faults(accountOf(journal(queued, sending, accepted), record))).toEqual([0, 0, 0])
  const steer = { type: 'deliveryQueued', id: 'a2', kind: 'steer' }
  const carrying = journal(queued, steer, { ...sending, carries: ['a2'] }, accepted)
  expect(faults(accountOf(carrying, record))).toEqual([0, 0, 0])
})

test.each([
  ['accepted without the agent’s record', journal(queued, sending, accepted), { ...record, taken: [] }],
  ['sent and never heard of', journal(queued, sending), record],
  ['never sent', journal(queued), { ...record, taken: [] }],
])('lost: %s', (_, events, recorded) => {
  expect(accountOf(events, recorded).lost).toHaveLength(1)
})

test.each([
  ['taken twice', journal(queued, sending, accepted), { ...record, taken: ['a1', 'a1'] }],
  ['came again', journal(queued, sending, accepted), { ...record, again: ['a1'] }],
  ['sent after it was accepted', journal(queued, sending, accepted, sending), record],
  ['from nowhere', journal(queued, sending, accepted), { ...record, taken: ['a1', 'b9'] }],
])('doubled: %s', (_, events, recorded) => {
  expect(accountOf(events, recorded).doubled).toHaveLength(1)
})

test('merged: two in one message', () => {
  const both = `${text}\n\n[duologue a2] From: Duologue. You are the driver.\n\nAnd this.`
  expect(accountOf(journal(queued, sending, accepted), { ...record, texts: [both] }).merged).toHaveLength(1)
})
