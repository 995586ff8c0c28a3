/** The seat of opencode through interruptions, crashes, refusals and ends, against the real program, offline. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { gate, never } from '../../../../e2e/contracts/script'
import type { AgentEvent } from '../../../../shared/agent/event'
import { message, TOOL, until } from '../../contract-bench'
import { createOpencode } from '../opencode'
import { type Bench, bench, binary, READY } from './bench'

const says = ({ user }: model.ModelRequest): model.ModelReply => [
  model.say(`answer to ${user.split('\n')[1]}`),
]

const count = (b: Bench, type: AgentEvent['type']): number =>
  b.events.filter(event => event.type === type).length

const pidOf = (b: Bench, what: 'serve' | 'attach'): number => {
  const found = b.processes().find(({ command }) => command.startsWith(`${binary} ${what} `))
  if (found === undefined) throw new Error(`no ${what} among ${JSON.stringify(b.processes())}`)
  return found.pid
}

const toolsAnd = (b: Bench): readonly model.ModelRequest[] =>
  b.model.requests.filter(({ isTitle }) => !isTitle)

test('an interruption ends the turn and the command that it runs', async () => {
  const b = await bench(({ outputs }) =>
    outputs.length === 0 ? [model.bash('sleep 300')] : [model.say('not reached')],
  )
  const seat = await b.open()
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

test('an interruption withdraws what was asked, and the seat works on', async () => {
  const b = await bench(request =>
    request.user.includes('run it') ? [model.bash('printf reached')] : says(request),
  )
  const seat = await b.open({ config: { agent: 'opencode', permissionMode: 'ask' } })
  await seat.deliver(message('run it'))
  await b.event('requestOpened')
  await seat.interrupt()
  expect(await b.event('requestClosed')).toMatchObject({ by: 'agent', summary: 'Withdrawn' })
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  await seat.deliver(message('go on'))
  const next = await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')
  expect(next.text).toBe('answer to go on')
  expect(count(b, 'turnEnded')).toBe(2)
})

test('a steer is read in the running turn; a delivery to a busy agent becomes a turn of its own', async () => {
  const first = gate()
  const b = await bench(async request => {
    if (toolsAnd(b).length === 1) await first.opened
    return request.outputs.length === 0 && request.user.includes('work')
      ? [model.bash('true')]
      : says(request)
  })
  const seat = await b.open()
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
  const b = await bench(async request => {
    if (request.user.includes('one')) await first.opened
    return says(request)
  })
  const seat = await b.open()
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
  expect(toolsAnd(b).map(({ user }) => user)).toEqual([one.text, two.text])
})

test('what an interrupted run has not read is lost to the agent, and may be sent again', async () => {
  const b = await bench(request => (request.user.includes('hang') ? never() : says(request)))
  const seat = await b.open()
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
    toolsAnd(b)
      .at(-1)
      ?.users.filter(user => user === queued.text),
  ).toHaveLength(1)
})

test('a killed TUI ends the seat; it is resumed by its exact session, and knows what it took', async () => {
  const b = await bench(says)
  const seat = await b.open()
  const { session } = await b.event('ready')
  const before = message('before')
  await seat.deliver(before)
  await b.event('turnEnded')
  process.kill(pidOf(b, 'attach'), 'SIGKILL')
  expect(await b.event('exited')).toMatchObject({ resumable: true })
  await seat.stop()
  expect(b.processes()).toEqual([])
  b.events.length = 0
  const next = await b.open({ resume: session })
  expect((await b.event('ready')).session).toBe(session)
  expect(await next.took(before.id)).toBe(true)
  const after = message('after')
  expect(await next.took(after.id)).toBe(false)
  await next.deliver(after)
  expect((await b.event('turnEnded')).text).toBe('answer to after')
  expect(toolsAnd(b).at(-1)?.users).toEqual([before.text, after.text])
  await b.see('answer to after')
  expect((await b.event('usage', ({ usage }) => usage.outputTokens === 60)).usage.inputTokens).toBe(2400)
})

test('a killed server comes back at the same address, with the same TUI', async () => {
  const b = await bench(request => (request.user.includes('hang') ? never() : says(request)))
  const seat = await b.open()
  await b.see(READY)
  const lost = message('hang')
  await seat.deliver(lost)
  await b.event('turnStarted')
  const tui = pidOf(b, 'attach')
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  expect((await b.event('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'crash' })
  await b.event('notice', ({ text }) => text.includes('started it again'))
  expect(pidOf(b, 'attach')).toBe(tui)
  expect(await seat.took(lost.id)).toBe(true)
  await seat.deliver(message('go on'))
  const next = await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')
  expect(next.text).toBe('answer to go on')
  // The TUI asks for events again after a pause that doubles, and shows what comes from then on.
  for (let turn = 1; !b.screens.at(-1)?.text().includes('answer to once more'); turn++) {
    expect(turn).toBeLessThan(40)
    await seat.deliver(message(`once more ${turn}`))
    await b.event('turnEnded', ({ text }) => text === `answer to once more ${turn}`)
    await new Promise(done => setTimeout(done, 1_000))
  }
})

test('server and TUI killed at once: resumed by the exact session', async () => {
  const b = await bench(request => (request.user.includes('hang') ? never() : says(request)))
  const seat = await b.open()
  const { session } = await b.event('ready')
  const sent = message('hang')
  await seat.deliver(sent)
  await b.event('turnStarted')
  for (const { pid } of b.processes()) process.kill(pid, 'SIGKILL')
  await b.event('exited')
  await seat.stop()
  b.events.length = 0
  const next = await b.open({ resume: session })
  expect(await next.took(sent.id)).toBe(true)
  await next.deliver(message('go on'))
  expect((await b.event('turnEnded')).text).toBe('answer to go on')
})

/** Our tools, of which `failures` lists fail. */
const unreadable = (failures: number) => {
  const state = { failures, asked: 0 }
  const toJSON = (): readonly unknown[] => {
    state.asked += 1
    if (state.asked <= state.failures) throw new Error('not now')
    return [TOOL]
  }
  return { state, tools: Object.assign([TOOL], { toJSON }) }
}

test('tools that opencode could not read are read before it works, also by a restarted server', async () => {
  const b = await bench(({ outputs }) =>
    outputs.length === 0 ? [model.call('pair_submit_review', { verdict: 'pass' })] : [model.say('submitted')],
  )
  const { state, tools } = unreadable(1)
  const seat = await b.open({ tools })
  expect(state.asked).toBeGreaterThan(1)
  await seat.deliver(message('review'))
  expect((await b.event('turnEnded')).text).toBe('submitted')
  expect(b.calls).toHaveLength(1)
  state.asked = 0
  await b.see('submitted')
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  await b.event('notice', ({ text }) => text.includes('started it again'))
  expect(state.asked).toBeGreaterThan(1)
  b.events.length = 0
  await seat.deliver(message('review again'))
  expect((await b.event('turnEnded')).text).toBe('submitted')
  expect(b.calls).toHaveLength(2)
  expect(b.events.filter(({ type }) => type === 'notice')).toEqual([])
})

test('an opencode that never reads our tools is not started; a running one says what it lacks', async () => {
  const b = await bench(says)
  const { state, tools } = unreadable(Number.POSITIVE_INFINITY)
  const started = await createOpencode({ log: () => {} }).start(b.context({ tools }))
  expect(started).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("Duologue's tools") },
  })
  expect(b.processes()).toEqual([])
  state.failures = 0
  await b.open({ tools })
  await b.see(READY)
  state.failures = Number.POSITIVE_INFINITY
  process.kill(pidOf(b, 'serve'), 'SIGKILL')
  const told = await b.event('notice', ({ text }) => text.includes('cannot submit a review'))
  expect(told.text).toContain('/mcps')
  await b.event('notice', ({ text }) => text.includes('started it again'))
})

test('a session that does not exist is not replaced by another', async () => {
  const b = await bench(says)
  const started = await createOpencode({ log: () => {} }).start(
    b.context({ resume: 'ses_0000000000000000000000' }),
  )
  expect(started).toMatchObject({ ok: false, error: { cause: 'failed' } })
  expect(b.processes()).toEqual([])
})

test('a refused key fails the turn, and the next one works', async () => {
  const b = await bench(request =>
    request.user.includes('fail') ? model.httpError(401, 'auth', 'bad key') : says(request),
  )
  const seat = await b.open()
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
    const b = await bench(() => model.httpError(status, 'trouble', words))
    const seat = await b.open()
    await seat.deliver(message('try'))
    expect((await b.event('stalled')).text).toContain(words)
    await seat.interrupt()
    expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  })
}

test('a limit that opencode waits for is told with its end, when that is some time away', async () => {
  const b = await bench(() => model.limited(7_200))
  const seat = await b.open()
  const before = Date.now()
  await seat.deliver(message('try'))
  const ends = Date.parse((await b.event('limit')).resetsAt)
  expect(ends).toBeGreaterThanOrEqual(before + 7_200_000)
  expect(ends).toBeLessThanOrEqual(Date.now() + 7_200_000)
  await seat.interrupt()
  await b.event('turnEnded')
})

test('the model of the seat is used, and nothing is written into the configuration of the user', async () => {
  const b = await bench(says)
  const file = join(b.home, '.config', 'opencode', 'opencode.json')
  const before = readFileSync(file, 'utf8')
  const seat = await b.open({ config: { agent: 'opencode', model: 'fake/n', permissionMode: 'ask' } })
  expect((await b.event('ready')).model).toBe('fake/n')
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  expect(toolsAnd(b).map(request => request.model)).toEqual(['n'])
  await seat.stop()
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(b.processes()).toEqual([])
})

test('the choice to ask holds against a configuration that allows', async () => {
  const b = await bench(
    ({ outputs }) => (outputs.length === 0 ? [model.bash('printf x')] : [model.say('done')]),
    { config: { permission: 'allow', agent: { build: { permission: { bash: 'allow' } } } } },
  )
  const seat = await b.open({ config: { agent: 'opencode', permissionMode: 'ask' } })
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'allow' })
  await b.event('turnEnded')
})

test('the choice never to ask holds against a configuration that asks, also outside the folder', async () => {
  const b = await bench(
    ({ outputs }) => (outputs.length === 0 ? [model.bash('printf x > ../outside.txt')] : [model.say('done')]),
    { config: { permission: { bash: 'ask', external_directory: 'ask' } } },
  )
  const seat = await b.open({ config: { agent: 'opencode', permissionMode: 'allow' } })
  await seat.deliver(message('run it'))
  await b.event('turnEnded')
  expect(count(b, 'requestOpened')).toBe(0)
  expect(readFileSync(join(b.home, 'outside.txt'), 'utf8')).toBe('x')
})

test('a new conversation in the TUI becomes the one of the seat', async () => {
  const b = await bench(says)
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  const { session } = await b.event('ready')
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

test('detection finds the program, its version and whether there is a model to work with', async () => {
  const b = await bench(says)
  const opencode = createOpencode({ log: () => {} })
  expect((await opencode.detect(b.env)).state).toEqual({ type: 'ready', path: binary, version: '1.18.33' })
  const bare = { PATH: b.project, HOME: b.project }
  expect((await opencode.detect(bare)).state.type).toBe('missing')
})
