/** What goes wrong, and the way on from it: every hold has one, and nothing stands still without a hold. */
import { expect, test } from 'vitest'
import { VIA_RECORD } from '../agent/event'
import { asRequestId, asTurnId } from '../ids'
import { pass, Story } from './story'

test('a turn that failed with its program is taken up again when the program is back', () => {
  const story = new Story()
  story.take('left')
  story.end('left', '', { type: 'failed', cause: 'crash', detail: 'It ended during the turn.' })
  story.agent('left', { type: 'exited', code: 1, signal: null, resumable: true })
  story.command({ type: 'restartSeat', seat: 'left' })
  story.agent('left', { type: 'ready', session: 's-left', version: '1' })
  expect(story.holds()).toEqual([])
  expect(story.kinds()).toEqual(['notice left sending'])
})

test('two programs that died are two troubles, and each is released by its own return', () => {
  const story = new Story()
  story.take('left')
  story.agent('right', { type: 'exited', code: 1, signal: null, resumable: true })
  story.agent('left', { type: 'exited', code: 1, signal: null, resumable: true })
  expect(story.holds()).toEqual(['trouble', 'trouble'])
  story.command({ type: 'restartSeat', seat: 'left' })
  story.agent('left', { type: 'ready', session: 's-left', version: '1' })
  expect(story.state.holds).toMatchObject([{ type: 'trouble', seat: 'right' }])
  story.command({ type: 'retry' })
  story.agent('right', { type: 'ready', session: 's-right', version: '1' })
  expect(story.holds()).toEqual([])
})

test('retry mends one trouble and keeps the other', () => {
  const story = new Story()
  story.take('left')
  story.agent('left', { type: 'exited', code: 1, signal: null, resumable: true })
  story.agent('right', { type: 'exited', code: 1, signal: null, resumable: true })
  story.command({ type: 'retry' })
  expect(story.state.seats.left.status.type).toBe('starting')
  expect(story.state.holds).toMatchObject([{ type: 'trouble', seat: 'right' }])
})

test('two messages that were not taken are two holds, and each can be sent again', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'steer', to: 'both', when: 'now', text: 'keep it small' })
  const flying = story.state.outbox.filter(({ status }) => status === 'sending').map(({ id }) => id)
  expect(flying).toHaveLength(2)
  for (const id of flying) story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id } })
  expect(story.holds()).toEqual(['notAccepted', 'notAccepted'])
  for (const id of flying) {
    story.effects = []
    story.command({ type: 'retry' })
    expect(story.effects).toMatchObject([{ type: 'recheck', ids: [id] }])
  }
  expect(story.holds()).toEqual([])
})

test('ended while a message is on its way: no hold comes, and it is not sent again', () => {
  const story = new Story()
  story.drive()
  const [handoff] = story.state.outbox
  if (!handoff) throw new Error('no handoff')
  story.command({ type: 'end' })
  story.sent()
  story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id: handoff.id } })
  story.give({ type: 'signal', signal: { type: 'deliverFailed', id: handoff.id, why: 'not listening' } })
  story.agent('right', { type: 'exited', code: 1, signal: null, resumable: true })
  story.command({ type: 'restartSeat', seat: 'right' })
  story.agent('right', { type: 'ready', session: 's-right', version: '1' })
  expect(story.holds()).toEqual([])
  expect(story.sent()).toEqual([])
})

test('a pass in the last round is a pass, though the human had more to say', () => {
  const story = new Story(1)
  story.finish()
  story.take('right')
  story.command({ type: 'steer', to: 'left', when: 'next', text: 'and the docs' })
  story.review(pass)
  story.end('right')
  story.settled()
  expect(story.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
})

test('work is not handed over while the human’s word to the driver is on its way', () => {
  const story = new Story()
  story.take('left')
  story.end('left')
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'one more thing' })
  story.measured()
  expect(story.kinds()).toEqual(['steer left sending', 'handoff right waiting'])
  const [steer] = story.state.outbox
  if (!steer) throw new Error('no steer')
  story.agent('left', { type: 'messageTaken', id: steer.id, via: 'test' })
  expect(story.kinds()).toEqual(['steer left accepted', 'handoff right waiting'])
  story.agent('left', { type: 'turnStarted', turn: asTurnId('late'), cause: { delivery: steer.id } })
  story.end('left')
  story.measured()
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('a driver that died with the human’s word before its turn for it began goes on, and its work is handed over then', () => {
  const story = new Story()
  story.drive()
  expect(story.kinds()).toEqual(['handoff right sending'])
  const [handoff] = story.state.outbox
  story.command({ type: 'steer', to: 'left', when: 'now', text: 'one more thing' })
  const steer = story.state.outbox.find(({ kind }) => kind === 'steer')
  if (!handoff || !steer) throw new Error('no handoff, or no steer')
  for (const seat of ['left', 'right'] as const) {
    story.agent(seat, { type: 'exited', code: null, signal: 'SIGKILL', resumable: true })
    story.command({ type: 'restartSeat', seat })
    story.agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })
  }
  story.agent('left', { type: 'messageTaken', id: steer.id, via: VIA_RECORD })
  story.give({ type: 'signal', signal: { type: 'notTaken', id: handoff.id } })
  expect(story.kinds()).toEqual(['handoff right waiting', 'steer left accepted', 'notice left sending'])
  story.take('left')
  story.end('left')
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('an answer that did not arrive can be given again', () => {
  const story = new Story()
  story.take('left')
  const id = asRequestId('r1')
  const request = {
    type: 'approval',
    id,
    title: 'Run',
    body: 'ls',
    reason: '',
    choices: ['allow', 'deny'],
  } as const
  story.agent('left', { type: 'requestOpened', request })
  story.command({ type: 'answer', id, answer: { type: 'approval', choice: 'allow' } })
  story.give({ type: 'signal', signal: { type: 'answerFailed', id, why: 'it does not fit' } })
  expect(
    story.refusalOf({ type: 'answer', id, answer: { type: 'approval', choice: 'deny' } }),
  ).toBeUndefined()
  expect(story.state.requests).toMatchObject([{ seat: 'left', answered: false }])
})

test('a task that waits for a program that is not running holds, until the program is back', () => {
  const story = new Story()
  story.drive()
  story.take('right')
  story.agent('right', { type: 'exited', code: 1, signal: null, resumable: true })
  story.command({ type: 'handOver' })
  expect(story.holds()).toEqual([])
  story.drive()
  expect(story.kinds()).toEqual(['handoff right waiting'])
  expect(story.state.holds).toMatchObject([{ type: 'trouble', seat: 'right' }])
  story.command({ type: 'restartSeat', seat: 'right' })
  story.agent('right', { type: 'ready', session: 's-right', version: '1' })
  expect(story.holds()).toEqual([])
  expect(story.kinds()).toEqual(['handoff right sending'])
})

test('a message that was not taken comes back to be edited or dropped, unless the agent has it after all', () => {
  const story = new Story()
  story.drive()
  const [handoff] = story.state.outbox
  if (!handoff) throw new Error('no handoff')
  const { id } = handoff
  expect(story.refusalOf({ type: 'takeBack' })).toBe('Every message was taken.')
  story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id } })
  expect(story.refusalOf({ type: 'dropDelivery', id })).toContain('no longer waits')
  story.command({ type: 'takeBack' })
  expect(story.effects.at(-1)).toEqual({ type: 'recheck', seat: 'right', ids: [id] })
  story.sent()
  story.give({ type: 'signal', signal: { type: 'notTaken', id } })
  expect(story.kinds()).toEqual(['handoff right waiting'])
  expect(story.holds()).toEqual(['notAccepted'])
  expect(story.sent()).toEqual([])
  story.command({ type: 'editDelivery', id, text: 'Look at a.ts only.' })
  story.command({ type: 'retry' })
  expect(story.sent()[0]?.text).toContain('Look at a.ts only.')
})

test('what was taken after all is not taken back', () => {
  const story = new Story()
  story.drive()
  const id = story.state.outbox[0]?.id
  if (!id) throw new Error('no handoff')
  story.give({ type: 'signal', signal: { type: 'acceptTimedOut', id } })
  story.command({ type: 'takeBack' })
  story.agent('right', { type: 'messageTaken', id, via: 'record' })
  expect(story.holds()).toEqual([])
  expect(story.kinds()).toContain('handoff right accepted')
})

test('a program that cannot be resumed: what it may have taken before is asked about, not sent again', () => {
  const story = new Story()
  const opening = story.state.outbox[0]
  story.command({ type: 'reopen' })
  story.give({
    type: 'signal',
    signal: { type: 'launchFailed', seat: 'left', message: 'It does not come up.' },
  })
  expect(story.kinds()).toEqual(['opening left sending'])
  story.effects = []
  story.command({ type: 'retry' })
  story.agent('left', { type: 'ready', session: 's-left', version: '1' })
  expect(story.effects.filter(({ type }) => type === 'recheck' || type === 'deliver')).toEqual([
    { type: 'recheck', seat: 'left', ids: [opening?.id] },
  ])
})

test('a turn that ends before its message is receipted counts: what failed is told', () => {
  const story = new Story()
  story.drive('I fixed it.')
  const id = story.takeSilently('right')
  story.end('right', '', { type: 'failed', cause: 'server', detail: 'HTTP 500' })
  expect(story.holds()).toEqual(['trouble'])
  expect(story.events.filter(({ type }) => type === 'reviewed')).toMatchObject([{ verdict: 'error' }])
  story.agent('right', { type: 'messageTaken', id, via: 'late' })
  expect(story.events.filter(event => event.type === 'deliveryAccepted' && event.id === id)).toHaveLength(1)
})

test('a turn that ends before its message is receipted counts: what was done goes over', () => {
  const story = new Story()
  story.takeSilently('left')
  story.end('left', 'I fixed it.')
  story.measured('c1')
  expect(story.sent().map(({ seat }) => seat)).toContain('right')
})

test('a turn that ended with its program may not have the message: its record is asked', () => {
  const story = new Story()
  story.drive('I fixed it.')
  const id = story.takeSilently('right')
  story.end('right', '', { type: 'failed', cause: 'crash', detail: 'It died.' })
  expect(story.state.outbox.find(each => each.id === id)?.status).toBe('sending')
})
