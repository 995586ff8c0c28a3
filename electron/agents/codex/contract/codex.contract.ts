/**
 * The seat of Codex against the real CLI, offline: its model is a script on loopback. Needs
 * `npm ci` in `e2e/contracts`; run by `vitest run --config vitest.contracts.config.ts`.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/codex-model-server'
import { asDeliveryId } from '../../../../shared/ids'
import { guarded } from '../app-server'
import { createCodex } from '../codex'
import { type Bench, bench, binary, message, until } from './bench'

const READY = 'Fake model'

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
  b.type('y')
  expect(await b.event('requestClosed')).toEqual({
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

test('a model server that cannot be reached is told, and the turn can be interrupted', async () => {
  const b = await bench(() => [model.say('never')])
  const seat = await b.open()
  await b.model.stop()
  await seat.deliver(message('anyone there?'))
  expect((await b.event('notice')).text).toContain('waiting for its model server')
  await seat.interrupt()
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
})

const appServer = (b: Bench): number => {
  const server = b.processes().find(({ command }) => command.startsWith(`${binary} app-server`))
  if (server === undefined) throw new Error('no app-server runs')
  return server.pid
}

test('a killed app-server comes back at the same address, and the TUI with it', async () => {
  const b = await bench(request =>
    request.user.includes('stuck') ? new Promise(() => {}) : [model.say('back again')],
  )
  const seat = await b.open()
  await b.see(READY)
  const first = message('stuck')
  await seat.deliver(first)
  await b.event('turnStarted')
  process.kill(appServer(b), 'SIGKILL')
  expect((await b.event('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'crash' })
  await b.event('notice', event => event.text.includes('started it again'))
  expect(await seat.took(first.id)).toBe(true)
  await seat.deliver(message('go on'))
  expect(await b.event('turnEnded', event => event.text === 'back again')).toBeTruthy()
  await b.see('back again')
  expect(b.events.filter(event => event.type === 'exited')).toEqual([])
})

test('after a SIGKILL of everything the exact conversation is resumed', async () => {
  const b = await bench(request => [model.say(`${request.users.length} messages so far`)])
  const former = await b.open()
  const { session } = await b.event('ready')
  const first = message('remember this')
  await former.deliver(first)
  await b.event('turnEnded')
  for (const { pid } of b.processes()) process.kill(pid, 'SIGKILL')
  expect(await b.event('exited')).toMatchObject({ resumable: true })
  await former.stop()
  b.events.splice(0)
  const seat = await b.open({ resume: session })
  expect((await b.event('ready')).session).toBe(session)
  await b.see('1 messages so far')
  expect(await seat.took(first.id)).toBe(true)
  await seat.deliver(message('and this'))
  expect((await b.event('turnEnded')).text).toBe('2 messages so far')
})

test('a stop leaves nothing behind, not even a running command', async () => {
  const b = await bench(request =>
    request.outputs.length === 0 ? [model.exec('sleep 300')] : [model.say('still running')],
  )
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('run long'))
  await until(
    'the command',
    () => b.processes().some(({ command }) => command.includes('sleep 300')),
    b.processes,
  )
  await seat.stop()
  await seat.stop()
  expect(b.processes()).toEqual([])
  expect(readdirSync(join(b.home, 'seat'))).toEqual([])
  expect((await b.event('exited')).resumable).toBe(true)
})

test('a TUI that the human quits is told', async () => {
  const b = await bench(() => [])
  await b.open()
  await b.see(READY)
  b.type('\x03')
  expect(await b.event('exited')).toMatchObject({ code: 0, resumable: true })
})

test('the app-server dies with the app', async () => {
  const b = await bench(() => [])
  const socket = join(b.home, 'guard.sock')
  const { file, args } = guarded([binary, 'app-server', '--listen', `unix://${socket}`])
  const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: b.project, env: b.env }
  const script = `require('node:child_process').spawn(${JSON.stringify(file)}, ${JSON.stringify(args)}, ${JSON.stringify(options)})`
  const app = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
  const serving = (): boolean =>
    existsSync(socket) && b.processes().some(({ command }) => command.startsWith(binary))
  await until('the app-server', serving, b.processes)
  app.kill('SIGKILL')
  await until('the end of all', () => b.processes().length === 0, b.processes)
})

test('over a port with a token, as on Windows', async () => {
  const b = await bench(() => [model.say('by port')])
  const seat = await b.open({}, 'port')
  await b.see(READY)
  await seat.deliver(message('hello'))
  expect((await b.event('turnEnded')).text).toBe('by port')
  await b.see('by port')
  await seat.stop()
  expect(readdirSync(join(b.home, 'seat'))).toEqual([])
})

test('nothing beyond loopback is contacted by anything of ours', async () => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(403).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>(done => proxy.listen(0, '127.0.0.1', done))
  const address = proxy.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const env = { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url }
  const b = await bench(() => [model.say('quietly')], env)
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  await seat.stop()
  proxy.close()
  // Codex itself looks for announcements and releases there, whatever its configuration says; nobody answered.
  const known = ['api.github.com:443', 'raw.githubusercontent.com:443']
  expect(asked.filter(host => !known.includes(host))).toEqual([])
})

test('detection finds the program, its version and that no sign-in is needed', async () => {
  const b = await bench(() => [])
  const codex = createCodex({ log: () => {} })
  const info = await codex.detect(b.env)
  expect(info.state).toEqual({ type: 'ready', path: binary, version: '0.169.0' })
  const bare = { PATH: b.project, HOME: b.project, CODEX_HOME: b.project }
  expect((await codex.detect(bare)).state.type).toBe('missing')
  expect((await codex.detect({ ...bare, DUOLOGUE_CODEX: binary })).state.type).toBe('signedOut')
})
