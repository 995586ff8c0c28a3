/**
 * What opencode asks: approvals and questions, answered from the inbox and in its TUI. Most tests share one started seat,
 * whose human chose to ask, against a configuration that allows everything.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/opencode-model-server'
import { message } from '../../contract-bench'
import { bench, says, sharedSeat } from './bench'

const ASK = { agent: 'opencode', permissionMode: 'ask' } as const

const seated = sharedSeat({
  config: ASK,
  userConfig: { permission: 'allow', agent: { build: { permission: { bash: 'allow' } } } },
})

test('our tool is called without an approval, and its reply reaches the model', async () => {
  const b = await seated(({ outputs }) =>
    outputs.length === 0
      ? [model.call('pair_submit_review', { verdict: 'pass' })]
      : [model.say(outputs.map(({ text }) => text).join())],
  )
  const { seat } = b
  await seat.deliver(message('review this'))
  const ended = await b.event('turnEnded')
  expect(b.calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
  expect(ended.text).toContain('submit_review was noted')
})

const running =
  (command: string) =>
  ({ outputs }: model.ModelRequest): model.ModelReply =>
    outputs.length === 0 ? [model.bash(command)] : [model.say(`output: ${outputs[0]?.text}`)]

test('an approval is answered from the inbox, once', async () => {
  const b = await seated(running('printf reached'))
  const { seat } = b
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
  const b = await seated(running('printf denied'))
  const { seat } = b
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'deny', message: 'use printf no more' })
  const ended = await b.event('turnEnded')
  expect(ended.outcome).toEqual({ type: 'completed' })
  expect(ended.text).toContain('use printf no more')
})

test('an approval is answered by a key in the TUI', async () => {
  const b = await seated(running('printf pressed'))
  const { seat } = b
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await b.see('printf pressed')
  await b.see('Allow once')
  b.type('\r')
  expect(await b.event('requestClosed')).toEqual({
    type: 'requestClosed',
    id: request.id,
    by: 'terminal',
    summary: 'Answered in the terminal',
  })
  expect((await b.event('turnEnded')).text).toBe('output: pressed')
})

test('an interruption withdraws what was asked, and the seat works on', async () => {
  const b = await seated(request =>
    request.user.includes('run it') ? [model.bash('printf reached')] : says(request),
  )
  const { seat } = b
  await seat.deliver(message('run it'))
  await b.event('requestOpened')
  await seat.interrupt()
  expect(await b.event('requestClosed')).toMatchObject({ by: 'agent', summary: 'Withdrawn' })
  expect((await b.event('turnEnded')).outcome).toEqual({ type: 'interrupted' })
  await seat.deliver(message('go on'))
  const next = await b.event('turnEnded', ({ outcome }) => outcome.type === 'completed')
  expect(next.text).toBe('answer to go on')
  expect(b.events.filter(({ type }) => type === 'turnEnded')).toHaveLength(2)
})

test('an edit is shown with its diff', async () => {
  const b = await seated(({ outputs }) =>
    outputs.length === 0 ? [model.write('new.txt', 'one\ntwo\n')] : [model.say('edited')],
  )
  const { seat } = b
  await seat.deliver(message('edit it'))
  const { request } = await b.event('requestOpened')
  expect(request).toMatchObject({ type: 'approval', title: 'Edit a file' })
  expect(request.type === 'approval' && request.body).toMatch(/new\.txt[\s\S]*\+one\n\+two/)
  await seat.answer(request.id, { type: 'approval', choice: 'allow' })
  await b.event('turnEnded')
  expect(readFileSync(join(b.project, 'new.txt'), 'utf8')).toBe('one\ntwo\n')
})

const choice = (question: string): model.ModelQuestion => ({
  question,
  header: 'Database',
  options: [
    { label: 'Postgres', description: 'The usual one' },
    { label: 'SQLite', description: 'The small one' },
  ],
})
const asking =
  (question: string) =>
  ({ outputs }: model.ModelRequest): model.ModelReply =>
    outputs.length === 0 ? [model.ask([choice(question)])] : [model.say(`answer: ${outputs[0]?.text}`)]

test('a question is answered from the inbox', async () => {
  const b = await seated(asking('Which database?'))
  const { seat } = b
  await seat.deliver(message('ask me'))
  const { request } = await b.event('requestOpened')
  const { question: text, header, options } = choice('Which database?')
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
  const b = await seated(asking('Which one for the tests?'))
  const { seat } = b
  await seat.deliver(message('ask me'))
  await b.event('requestOpened')
  await b.see('Which one for the tests?')
  b.type('\r')
  expect(await b.event('requestClosed')).toMatchObject({ by: 'terminal' })
  expect((await b.event('turnEnded')).text).toContain('Postgres')
})

test('the choice to ask holds against a configuration that allows', async () => {
  const b = await seated(running('printf x'))
  const { seat } = b
  await seat.deliver(message('run it'))
  const { request } = await b.event('requestOpened')
  await seat.answer(request.id, { type: 'approval', choice: 'allow' })
  await b.event('turnEnded')
})

test('the choice never to ask holds against a configuration that asks, also outside the folder', async () => {
  const b = await bench(
    ({ outputs }) => (outputs.length === 0 ? [model.bash('printf x > ../outside.txt')] : [model.say('done')]),
    { userConfig: { permission: { bash: 'ask', external_directory: 'ask' } } },
  )
  const seat = await b.open({ config: { agent: 'opencode', permissionMode: 'allow' } })
  await seat.deliver(message('run it'))
  await b.event('turnEnded')
  expect(b.events.filter(({ type }) => type === 'requestOpened')).toEqual([])
  expect(readFileSync(join(b.home, 'outside.txt'), 'utf8')).toBe('x')
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
