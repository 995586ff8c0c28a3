/**
 * The seat of opencode against the real program, offline: its model is a script on loopback. Needs `npm ci` in
 * `e2e/contracts`; run by `vitest run --config vitest.contracts.config.mts`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { asDeliveryId } from '../../../../shared/ids'
import { message } from '../../contract-bench'
import { bench, READY } from './bench'

const ASK = { agent: 'opencode', permissionMode: 'ask' } as const

test('a session is made, the TUI is attached, a delivery is taken and its turn ends with the final text', async () => {
  const b = await bench(request => [model.say(`answer to ${request.user.split('\n')[1]}`)])
  const seat = await b.open()
  expect(await b.event('ready')).toMatchObject({ version: '1.18.33', model: 'fake/m' })
  await b.see(READY)
  const sent = message('say hello')
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  const { turn } = await b.event('turnEnded')
  await b.event('usage')
  expect(b.events.filter(event => event.type !== 'ready')).toEqual([
    { type: 'messageTaken', id: sent.id, via: 'message.updated' },
    { type: 'turnStarted', turn, cause: { delivery: sent.id } },
    { type: 'said', turn, text: 'answer to say hello' },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'answer to say hello' },
    {
      type: 'usage',
      usage: {
        inputTokens: 1200,
        cachedTokens: 200,
        outputTokens: 30,
        contextTokens: 1230,
        contextWindow: 100_000,
      },
    },
  ])
  await b.see('answer to say hello')
  expect(b.model.requests[0]?.system).toContain('You pair through Duologue.')
  expect(await seat.took(sent.id)).toBe(true)
  expect(await seat.took(asDeliveryId('ffff'))).toBe(false)
  // Given again, it is not taken again.
  expect(await seat.deliver(sent)).toEqual({ ok: true, value: undefined })
  expect(b.model.requests.filter(({ isTitle }) => !isTitle)).toHaveLength(1)
})

test('a half-typed draft stays in the composer, byte for byte, while a message goes by', async () => {
  const b = await bench(request => [model.say(`read: ${request.user}`)])
  const seat = await b.open()
  await b.see(READY)
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
  const b = await bench(() => [model.say('hello human')])
  await b.open()
  await b.see(READY)
  b.prompt('typed by hand')
  const { turn } = await b.event('turnEnded')
  expect(b.events.filter(({ type }) => type !== 'usage').slice(1)).toEqual([
    { type: 'turnStarted', turn, cause: 'human' },
    { type: 'said', turn, text: 'hello human' },
    { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'hello human' },
  ])
})

test('our tool is called without an approval, and its reply reaches the model', async () => {
  const b = await bench(({ outputs }) =>
    outputs.length === 0
      ? [model.call('pair_submit_review', { verdict: 'pass' })]
      : [model.say(outputs.map(({ text }) => text).join())],
  )
  const seat = await b.open({ config: ASK })
  await seat.deliver(message('review this'))
  const ended = await b.event('turnEnded')
  expect(b.calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
  expect(ended.text).toContain('submit_review was noted')
})

const running = (request: model.ModelRequest): model.ModelReply =>
  request.outputs.length === 0
    ? [model.bash('printf reached')]
    : [model.say(`output: ${request.outputs[0]?.text}`)]

test('an approval is answered from the inbox, once', async () => {
  const b = await bench(running)
  const seat = await b.open({ config: ASK })
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({
    type: 'approval',
    title: 'Run a command',
    body: 'printf reached',
    choices: ['allow', 'allowForSession', 'deny'],
  })
  const allow = { type: 'approval', choice: 'allow' } as const
  expect(await seat.answer(request.id, allow)).toEqual({ ok: true, value: undefined })
  expect(await b.event('requestClosed')).toMatchObject({ by: 'inbox', summary: 'Allowed' })
  expect((await b.event('turnEnded')).text).toBe('output: reached')
  expect((await seat.answer(request.id, allow)).ok).toBe(false)
})

test('a denial lets the turn go on without the command', async () => {
  const b = await bench(running)
  const seat = await b.open({ config: ASK })
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'deny', message: 'use printf no more' })
  const ended = await b.event('turnEnded')
  expect(ended.outcome).toEqual({ type: 'completed' })
  expect(ended.text).toContain('use printf no more')
})

test('an approval is answered by a key in the TUI', async () => {
  const b = await bench(running)
  const seat = await b.open({ config: ASK })
  await b.see(READY)
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await b.see('Allow once')
  b.type('\r')
  expect(await b.event('requestClosed')).toEqual({
    type: 'requestClosed',
    id: request.id,
    by: 'terminal',
    summary: 'Answered in the terminal',
  })
  expect((await b.event('turnEnded')).text).toBe('output: reached')
})

test('an edit is shown with its diff', async () => {
  const b = await bench(({ outputs }) =>
    outputs.length === 0 ? [model.write('new.txt', 'one\ntwo\n')] : [model.say('edited')],
  )
  const seat = await b.open({ config: ASK })
  await seat.deliver(message('edit it'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({ type: 'approval', title: 'Edit a file' })
  expect(request.type === 'approval' && request.body).toMatch(/new\.txt[\s\S]*\+one\n\+two/)
  await seat.answer(request.id, { type: 'approval', choice: 'allow' })
  await b.event('turnEnded')
  expect(readFileSync(join(b.project, 'new.txt'), 'utf8')).toBe('one\ntwo\n')
})

const DATABASE = {
  question: 'Which database?',
  header: 'Database',
  options: [
    { label: 'Postgres', description: 'The usual one' },
    { label: 'SQLite', description: 'The small one' },
  ],
}
const asking = ({ outputs }: model.ModelRequest): model.ModelReply =>
  outputs.length === 0 ? [model.ask([DATABASE])] : [model.say(`answer: ${outputs[0]?.text}`)]

test('a question is answered from the inbox', async () => {
  const b = await bench(asking)
  const seat = await b.open()
  await seat.deliver(message('ask me'))
  const { request } = await b.event('requestOpened')
  const { question: text, header, options } = DATABASE
  expect(request).toMatchObject({
    type: 'question',
    questions: [{ id: '0', text, header, options, multiple: false, freeText: true }],
  })
  expect(await seat.answer(request.id, { type: 'question', answers: {} })).toMatchObject({ ok: false })
  await seat.answer(request.id, { type: 'question', answers: { 0: ['SQLite'] } })
  expect(await b.event('requestClosed')).toMatchObject({ by: 'inbox', summary: 'SQLite' })
  expect((await b.event('turnEnded')).text).toContain('SQLite')
})

test('a question is answered in the TUI', async () => {
  const b = await bench(asking)
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('ask me'))
  await b.event('requestOpened')
  await b.see('Which database?')
  b.type('\r')
  expect(await b.event('requestClosed')).toMatchObject({ by: 'terminal' })
  expect((await b.event('turnEnded')).text).toContain('Postgres')
})

test('“for this session” is not for good', async () => {
  const b = await bench(({ outputs, user }) =>
    outputs.length === 0
      ? [model.bash(user.split('\n')[1] ?? '')]
      : [model.say(`output: ${outputs[0]?.text}`)],
  )
  const seat = await b.open({ config: ASK })
  await seat.deliver(message('echo one'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'allowForSession' })
  const { text } = await b.event('turnEnded')
  await seat.deliver(message('echo two'))
  await b.event('turnEnded', ended => ended.text !== text)
  expect(b.events.filter(({ type }) => type === 'requestOpened')).toHaveLength(1)
  await seat.stop()
  b.events.length = 0
  const next = await b.open({ config: ASK })
  await next.deliver(message('echo one'))
  const again = await b.event('requestOpened')
  expect(again.request.type).toBe('approval')
})
