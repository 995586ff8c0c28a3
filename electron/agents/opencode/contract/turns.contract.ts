/** Turns of the seat of opencode: the human's and ours, steered, stopped and failed. The tests share one started seat. */
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { gate, never } from '../../../../e2e/contracts/script'
import type { AgentEvent } from '../../../../shared/agent/event'
import { message, until } from '../../contract-bench'
import { type Bench, says, sharedSeat } from './bench'

const seated = sharedSeat()

const count = (b: Bench, type: AgentEvent['type']): number =>
  b.events.filter(event => event.type === type).length

test('a half-typed draft stays in the composer, byte for byte, while a message goes by', async () => {
  const b = await seated(request => [model.say(`read: ${request.user}`)])
  const { seat } = b
  b.type('my half-typed draft')
  await b.see('my half-typed draft')
  await seat.deliver(message('go by'))
  await b.event('turnEnded')
  await b.see('read: [duologue')
  expect(b.model.requests.map(({ user }) => user).join()).not.toContain('draft')
  b.type(', done\r')
  const { turn } = await b.event('turnStarted', ({ cause }) => cause === 'human')
  const ended = await b.event('turnEnded', event => event.turn === turn)
  expect(ended.text).toBe('read: my half-typed draft, done')
})

test("a human's prompt in the TUI is a turn of the human", async () => {
  const b = await seated(() => [model.say('hello human')])
  b.prompt('typed by hand')
  const { turn } = await b.event('turnEnded')
  expect(b.events.filter(({ type }) => type !== 'usage')).toEqual([
    { type: 'turnStarted', turn, cause: 'human' },
    { type: 'said', turn, text: 'hello human' },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'hello human' },
  ])
})

test('an interruption ends the turn and the command that it runs', async () => {
  const b = await seated(({ outputs }) =>
    outputs.length === 0 ? [model.bash('sleep 300')] : [model.say('not reached')],
  )
  const { seat } = b
  expect(await seat.interrupt()).toMatchObject({ ok: false })
  await seat.deliver(message('sleep'))
  const sleeps = () => b.processes().some(({ command }) => command.startsWith('sleep'))
  await until('the command', sleeps, () => b.processes())
  expect(await seat.interrupt()).toEqual({ ok: true, value: undefined })
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  await until(
    'the end of the command',
    () => !sleeps(),
    () => b.processes(),
  )
})

test('a steer is read in the running turn; a delivery to a busy agent becomes a turn of its own', async () => {
  const first = gate()
  const b = await seated(async request => {
    if (b.asked().length === 1) await first.opened
    return request.outputs.length === 0 && request.user.includes('work')
      ? [model.bash('true')]
      : says(request)
  })
  const { seat } = b
  expect(await seat.steer(message('too early'))).toMatchObject({ error: { type: 'notNow' } })
  const work = message('work')
  await seat.deliver(work)
  const { turn } = await b.event('turnStarted')
  const steer = message('left, please')
  expect(await seat.steer(steer)).toEqual({ ok: true, value: undefined })
  first.open()
  await b.event('messageTaken', ({ id }) => id === steer.id)
  const ended = await b.event('turnEnded')
  expect(ended).toMatchObject({ turn, text: 'answer to left, please' })
  expect(b.events.filter(({ type }) => type === 'turnStarted')).toHaveLength(1)
})

test('a delivery to a busy agent is taken once and is a turn of its own', async () => {
  const first = gate()
  const b = await seated(async request => {
    if (request.user.includes('one')) await first.opened
    return says(request)
  })
  const { seat } = b
  const [one, two] = [message('one'), message('two')]
  await seat.deliver(one)
  await b.event('turnStarted')
  await seat.deliver(two)
  await seat.deliver(two)
  expect(count(b, 'messageTaken')).toBe(1)
  first.open()
  await b.event('turnEnded', ({ text }) => text === 'answer to two')
  expect(b.events.filter(({ type }) => /^(turn|messageTaken)/.test(type))).toMatchObject([
    { type: 'messageTaken', id: one.id },
    { type: 'turnStarted', cause: { delivery: one.id } },
    { type: 'turnEnded', text: 'answer to one' },
    { type: 'messageTaken', id: two.id },
    { type: 'turnStarted', cause: { delivery: two.id } },
    { type: 'turnEnded', text: 'answer to two' },
  ])
  expect(b.asked().map(({ user }) => user)).toEqual([one.text, two.text])
})

test('what an interrupted run has not read is lost to the agent, and may be sent again', async () => {
  const b = await seated(request => (request.user.includes('hang') ? never() : says(request)))
  const { seat } = b
  await seat.deliver(message('hang'))
  await b.event('turnStarted')
  const queued = message('later')
  await seat.deliver(queued)
  await seat.interrupt()
  expect(await b.event('messageLost')).toMatchObject({ id: queued.id })
  expect(await seat.took(queued.id)).toBe(false)
  await seat.deliver(queued)
  expect((await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')).text).toBe(
    'answer to later',
  )
  expect(
    b
      .asked()
      .at(-1)
      ?.users.filter(user => user === queued.text),
  ).toHaveLength(1)
})

test('a refused key fails the turn, and the next one works', async () => {
  const b = await seated(request =>
    request.user.includes('fail') ? model.httpError(401, 'auth', 'bad key') : says(request),
  )
  const { seat } = b
  await seat.deliver(message('fail'))
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'failed', cause: 'auth', detail: 'bad key' })
  await seat.deliver(message('again'))
  expect((await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')).text).toBe(
    'answer to again',
  )
  expect(count(b, 'turnEnded')).toBe(2)
})

for (const [status, words] of [
  [500, 'the server is on fire'],
  [429, 'You exceeded your current quota'],
] as const) {
  test(`HTTP ${status} is tried again by opencode, and told; an interruption ends it`, async () => {
    const b = await seated(() => model.httpError(status, 'trouble', words))
    const { seat } = b
    await seat.deliver(message('try'))
    expect((await b.event('stalled')).text).toContain(words)
    await seat.interrupt()
    expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  })
}

test('a limit that opencode waits for is told with its end, when that is some time away', async () => {
  const b = await seated(() => model.limited(7_200))
  const before = Date.now()
  await b.seat.deliver(message('try'))
  const ends = Date.parse((await b.event('limit')).resetsAt)
  expect(ends).toBeGreaterThanOrEqual(before + 7_200_000)
  expect(ends).toBeLessThanOrEqual(Date.now() + 7_200_000)
  await b.seat.interrupt()
  await b.event('turnEnded')
})

test('a new conversation in the TUI becomes the one of the seat', async () => {
  const b = await seated(says)
  const { seat, session } = b
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  b.type('/new')
  await b.see('/new')
  b.type('\r')
  await until(
    'an empty screen',
    () => !b.screens.at(-1)?.text().includes('answer to hello'),
    () => b.screens.at(-1)?.text(),
  )
  b.prompt('by hand\nafresh')
  const next = await b.event('ready', event => event.session !== session)
  await b.event('turnEnded', ({ text }) => text === 'answer to afresh')
  await seat.deliver(message('there'))
  await b.event('turnEnded', ({ text }) => text === 'answer to there')
  expect(next.session).toMatch(/^ses_/)
})
