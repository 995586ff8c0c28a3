/**
 * The seat of Codex against the real CLI, offline: its model is a script on loopback. Needs
 * `npm ci` in `e2e/contracts`; run by `vitest run --config vitest.contracts.config.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/codex-model-server'
import { asDeliveryId } from '../../../../shared/ids'
import { message } from '../../contract-bench'
import { bench, READY } from './bench'

test('a thread is started, the TUI is attached, a delivery is taken and its turn ends with the final text', async () => {
  const b = await bench(request => [model.say(`answer to ${request.user.split('\n')[1]}`)])
  const seat = await b.open()
  const ready = await b.event('ready')
  expect(ready).toMatchObject({ version: '0.169.0', model: 'fake-model' })
  await b.see(READY)
  const sent = message('say hello')
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  const ended = await b.event('turnEnded')
  const turn = ended.turn
  expect(b.events.filter(event => event.type !== 'ready')).toEqual([
    { type: 'messageTaken', id: sent.id, via: 'item/completed' },
    { type: 'turnStarted', turn, cause: { delivery: sent.id } },
    { type: 'said', turn, text: 'answer to say hello' },
    {
      type: 'usage',
      usage: {
        inputTokens: 1200,
        cachedTokens: 200,
        outputTokens: 30,
        contextTokens: 1230,
        contextWindow: 258_400,
      },
    },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'answer to say hello' },
  ])
  await b.see('answer to say hello')
  expect(b.model.requests[0]?.developer).toContain('You pair through Duologue.')
  expect(await seat.took(sent.id)).toBe(true)
  expect(await seat.took(asDeliveryId('ffff'))).toBe(false)
  // Given again, it is not taken again.
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  expect(b.model.requests).toHaveLength(1)
})

test('a half-typed draft stays in the composer while a message goes by', async () => {
  const b = await bench(request => [model.say(`read: ${request.user}`)])
  const seat = await b.open()
  await b.see(READY)
  b.type('my half-typed draft')
  await b.see('› my half-typed draft')
  await seat.deliver(message('go by'))
  await b.event('turnEnded')
  const screen = await b.see('read: [duologue')
  expect(screen).toContain('› my half-typed draft')
  expect(b.model.requests.map(request => request.user).join()).not.toContain('draft')
})

test("a human's prompt in the TUI is a turn of the human", async () => {
  const b = await bench(() => [model.say('hello human')])
  await b.open()
  await b.see(READY)
  b.prompt('typed by hand')
  const ended = await b.event('turnEnded')
  expect(b.events.filter(event => event.type !== 'usage').slice(1)).toEqual([
    { type: 'turnStarted', turn: ended.turn, cause: 'human' },
    { type: 'said', turn: ended.turn, text: 'hello human' },
    { type: 'turnEnded', turn: ended.turn, outcome: { type: 'completed' }, text: 'hello human' },
  ])
})

test('our tool is called without an approval, and its reply reaches the model', async () => {
  const b = await bench(request =>
    request.outputs.length === 0
      ? [model.call('submit_review', { verdict: 'pass' })]
      : [model.say(request.outputs.map(output => output.text).join())],
  )
  const seat = await b.open()
  await seat.deliver(message('review this'))
  const ended = await b.event('turnEnded')
  expect(b.calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
  expect(ended.text).toContain('submit_review was noted')
})

const escalating = (request: model.ModelRequest): model.ModelReply =>
  request.outputs.length === 0
    ? [model.execEscalated('printf reached', 'to see it')]
    : [model.say(`output: ${request.outputs[0]?.text}`)]

test('a shell approval is answered from the inbox', async () => {
  const b = await bench(escalating)
  const seat = await b.open()
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({
    type: 'approval',
    title: 'Run a command',
    body: expect.stringContaining('printf reached'),
    reason: 'to see it',
    choices: ['allow', 'deny'],
  })
  const allow = { type: 'approval', choice: 'allow' } as const
  expect(await seat.answer(request.id, allow)).toEqual({ ok: true, value: undefined })
  expect((await b.event('requestClosed')).by).toBe('inbox')
  expect((await b.event('turnEnded')).text).toContain('reached')
  expect((await seat.answer(request.id, allow)).ok).toBe(false)
})

test('a denial lets the turn go on without the command', async () => {
  const b = await bench(escalating)
  const seat = await b.open()
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'deny' })
  const ended = await b.event('turnEnded')
  expect(ended.outcome).toEqual({ type: 'completed' })
  expect(ended.text).toContain('rejected')
})

test('a shell approval is answered by a key in the TUI', async () => {
  const b = await bench(escalating)
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await b.see('Yes, proceed')
  // The dialog takes no key in its first moments, a guard against keys meant for the composer: press again.
  const press = setInterval(() => b.type('y'), 400)
  const closed = await b.event('requestClosed').finally(() => clearInterval(press))
  expect(closed).toEqual({
    type: 'requestClosed',
    id: request.id,
    by: 'terminal',
    summary: 'Answered in the terminal',
  })
  expect((await b.event('turnEnded')).text).toContain('reached')
})

test('an edit outside the folder is shown with its diff', async () => {
  const b = await bench(request =>
    request.outputs.length === 0 ? [model.addFile('../outside.txt', 'one\ntwo')] : [model.say('edited')],
  )
  const seat = await b.open()
  await seat.deliver(message('edit it'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({ type: 'approval', title: 'Edit 1 file' })
  expect(request.type === 'approval' && request.body).toContain('one\ntwo')
  await seat.answer(request.id, { type: 'approval', choice: 'allow' })
  await b.event('turnEnded')
  expect(readFileSync(join(b.home, 'outside.txt'), 'utf8')).toBe('one\ntwo\n')
})

const BOUNDS = 'echo in > in.txt; cat in.txt; echo out > ../out.txt || echo refused'

test('a command runs in the sandbox: it writes in the folder and not beside it', async () => {
  const b = await bench(({ outputs: [output] }) =>
    output === undefined ? [model.exec(BOUNDS)] : [model.say(output.text)],
  )
  const seat = await b.open()
  await seat.deliver(message('try it'))
  const { text } = await b.event('turnEnded')
  // Codex joins what the command wrote to its two outputs in the order in which it happens to read them.
  const lines = text.split('\n')
  expect(lines.filter(line => line === 'in')).toHaveLength(1)
  expect(lines.filter(line => line === 'refused')).toHaveLength(1)
  expect(readFileSync(join(b.project, 'in.txt'), 'utf8')).toBe('in\n')
  expect(readdirSync(b.home)).not.toContain('out.txt')
  expect(b.events.filter(({ type }) => type === 'notice')).toEqual([])
})

test('a home in the temporary folder, where Codex makes no helper for its sandbox, is told', async () => {
  const b = await bench(() => [], { env: { TMPDIR: tmpdir() } })
  await b.open()
  expect((await b.event('notice')).text).toContain("Codex's home is inside the temporary folder")
})

test('a question is answered from the inbox', async () => {
  const options = [
    { label: 'Postgres', description: 'the big one' },
    { label: 'SQLite', description: 'the small one' },
  ]
  const b = await bench(request =>
    request.outputs.length === 0
      ? [model.ask([{ id: 'db', header: 'Database', question: 'Which database?', options }])]
      : [model.say(`chosen: ${request.outputs[0]?.text}`)],
  )
  const seat = await b.open()
  await seat.deliver(message('ask me'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({
    type: 'question',
    questions: [{ id: 'db', header: 'Database', text: 'Which database?', options, multiple: false }],
  })
  await seat.answer(request.id, { type: 'question', answers: { db: ['SQLite'] } })
  expect((await b.event('requestClosed')).by).toBe('inbox')
  expect((await b.event('turnEnded')).text).toContain('SQLite')
})

test('a question that does not wait keeps the turn open until it is answered', async () => {
  const b = await bench(request => {
    if (request.users.length > 1) return [model.say(`thanks for ${request.user}`)]
    return request.outputs.length === 0
      ? [model.askAsync([{ title: 'Which one?', options: ['A', 'B'] }])]
      : [model.say('waiting for you')]
  })
  const seat = await b.open()
  await seat.deliver(message('ask me'))
  const { request } = await b.event('requestOpened')
  await b.event('said', event => event.text === 'waiting for you')
  await seat.answer(request.id, { type: 'question', answers: { q1: ['B'] } })
  expect((await b.event('requestClosed')).by).toBe('inbox')
  const ended = await b.event('turnEnded')
  expect(ended.text).toContain('→ B')
  expect(b.events.filter(event => event.type === 'turnStarted' || event.type === 'turnEnded')).toHaveLength(2)
})

test('a steer enters the running turn', async () => {
  let release = (): void => {}
  const steered = new Promise<void>(resolve => {
    release = resolve
  })
  const b = await bench(async request => {
    if (request.users.length > 1) return [model.say(`steered by ${request.user}`)]
    await steered
    return [model.exec('true')]
  })
  const seat = await b.open()
  const sent = message('work')
  const steer = message('keep the public API')
  expect((await seat.steer(steer)).ok).toBe(false)
  await seat.deliver(sent)
  const { turn } = await b.event('turnStarted')
  expect(await seat.steer(steer)).toEqual({ ok: true, value: undefined })
  release()
  const ended = await b.event('turnEnded')
  expect(ended).toMatchObject({ turn, text: expect.stringContaining('keep the public API') })
  expect(b.events.flatMap(event => (event.type === 'messageTaken' ? [event.id] : []))).toEqual([
    sent.id,
    steer.id,
  ])
})

test('after an interruption what waited comes back, and the next message runs', async () => {
  const b = await bench(request =>
    request.user.includes('stuck') ? new Promise(() => {}) : [model.say('running again')],
  )
  const seat = await b.open()
  await seat.deliver(message('stuck'))
  await b.event('turnStarted')
  const waiting = message('waits behind')
  await seat.deliver(waiting)
  expect(await seat.interrupt()).toEqual({ ok: true, value: undefined })
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  expect(await b.event('messageLost')).toMatchObject({ id: waiting.id })
  await seat.deliver(waiting)
  const ended = await b.event('turnEnded', event => event.outcome.type === 'completed')
  expect(ended.text).toBe('running again')
  expect(b.events.filter(event => event.type === 'messageTaken')).toHaveLength(2)
})

test.each([
  [
    'a refused request',
    model.httpError(400, 'invalid_request_error', 'not like this'),
    'model',
    'not like this',
  ],
  ['a used-up quota', model.httpError(429, 'usage_limit_reached', 'the limit is reached'), 'quota', 'limit'],
  ['a full context', model.failed('context_length_exceeded', 'too long'), 'model', 'context window'],
] as const)('%s fails the turn with its cause', async (_, reply, cause, words) => {
  const b = await bench(() => reply)
  const seat = await b.open()
  await seat.deliver(message('fail'))
  const { outcome } = await b.event('turnEnded')
  expect(outcome).toMatchObject({ type: 'failed', cause, detail: expect.stringContaining(words) })
})

test('a used-up limit tells when it is over, before the turn has failed', async () => {
  const resets = Math.ceil(Date.now() / 1_000) + 7_200
  const b = await bench(() => model.limited(resets))
  const seat = await b.open()
  await seat.deliver(message('too much'))
  expect((await b.event('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'quota' })
  const told = { type: 'limit', resetsAt: new Date(resets * 1_000).toISOString() }
  expect(b.events).toContainEqual(told)
})

test('a model server that cannot be reached is told, and the turn can be interrupted', async () => {
  const b = await bench(() => [model.say('never')])
  const seat = await b.open()
  await b.model.stop()
  await seat.deliver(message('anyone there?'))
  expect((await b.event('stalled')).text).toContain('waiting for its model server')
  await seat.interrupt()
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
})

test('a new conversation of the human is followed, and the way back too', async () => {
  const b = await bench(request => [
    model.say(`with ${request.tools.includes('submit_review') ? 'our tool' : 'nothing'}`),
  ])
  const seat = await b.open()
  await b.see(READY)
  const { session } = await b.event('ready')
  await seat.deliver(message('the first'))
  await b.event('turnEnded', event => event.text === 'with our tool')
  b.type('/new')
  await b.see('/new')
  b.type('\r')
  const next = await b.event('ready', event => event.session !== session)
  expect((await b.event('notice')).text).toContain('none of Duologue')
  await seat.deliver(message('the second'))
  await b.event('turnEnded', event => event.text === 'with nothing')
  b.events.splice(0)
  b.type(`/resume ${session}`)
  await b.see(`/resume ${session}`)
  b.type('\r')
  await b.see('the first')
  b.prompt('back again')
  expect(await b.event('ready')).toMatchObject({ session })
  expect(await b.event('turnEnded')).toMatchObject({ text: 'with our tool' })
  expect(next.session).not.toBe(session)
})
