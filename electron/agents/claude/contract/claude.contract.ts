/**
 * The adapter against the real Claude Code and a scripted model on loopback. Each test drives the `Seat` port only;
 * what it asserts is what the relay will be told.
 */
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  askUser,
  bash,
  fail,
  say,
  submitReview,
  writeFile,
} from '../../../../e2e/contracts/claude-model-server'
import { enterRoom, message, processesOf, type Room } from './rig'

const MODULES = join(__dirname, '../../../../e2e/contracts/node_modules')
const PROGRAMS = [
  ['2.1.330', join(MODULES, '@anthropic-ai/claude-code-linux-x64/claude')],
  ['2.1.197', join(MODULES, 'claude-code-197/claude')],
] as const

/** A promise with its key outside: holds the scripted model until the test lets it go on. */
const gate = () => {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

describe.each(PROGRAMS)('Claude Code %s', (version, program) => {
  let room: Room
  beforeEach(async () => {
    room = await enterRoom(program)
  })
  afterEach(async () => {
    await room.leave()
    expect(processesOf(room)).toEqual([])
  })

  test('takes the opening, works one turn, and counts each message once', async () => {
    const { events, until } = await room.sit({ opening: message('7c1e', 'begin') })
    await until('turnEnded')
    await until('usage')
    const turn = { turn: expect.any(String) }
    expect(events.filter(event => event.type !== 'usage')).toEqual([
      { type: 'ready', session: expect.any(String), version, model: expect.any(String) },
      { type: 'messageTaken', id: '7c1e', via: 'UserPromptSubmit' },
      { type: 'turnStarted', ...turn, cause: { delivery: '7c1e' } },
      { type: 'turnEnded', ...turn, outcome: { type: 'completed' }, text: 'Done.' },
    ])
    expect(events.filter(event => event.type === 'usage')).toEqual([
      {
        type: 'usage',
        usage: { inputTokens: 130, cachedTokens: 20, outputTokens: 7, contextTokens: 137 },
      },
    ])
    const [request] = room.model.requests.filter(({ title }) => !title)
    expect(request?.system).toContain('INSTRUCTIONS-MARK')
  })

  test('is given a message while idle, and the draft in the composer stays', async () => {
    const { seat, pty, until, shown, events } = await room.sit()
    await until('ready')
    pty.write('my half-typed draft')
    await shown('my half-typed draft')
    const text = 'line one\n\ttabbed "quoted" $HOME `x` \\n % ünïcödé 👩‍💻\n\n'
    expect(await seat.deliver(message('ab12', text))).toEqual({ ok: true, value: undefined })
    await until('turnEnded')
    expect(events.map(event => event.type).filter(type => type !== 'usage')).toEqual([
      'ready',
      'messageTaken',
      'turnStarted',
      'turnEnded',
    ])
    const request = room.model.requests.find(({ title }) => !title)
    expect(request?.conversation).toContain(JSON.stringify(text).slice(1, -1).trimEnd())
    expect(request?.conversation).not.toContain('my half-typed draft')
    // The draft is still there: Enter sends it.
    const from = events.length
    pty.write('\r')
    await until('turnStarted', ({ cause }) => cause === 'human', from)
    await until('turnEnded', undefined, from)
    expect(room.model.requests.at(-1)?.text).toContain('my half-typed draft')
  })

  test('tells the human’s turns from ours, and takes two messages in a row in order', async () => {
    const { seat, until, type, events } = await room.sit()
    await until('ready')
    await type('hello from the human')
    expect((await until('turnStarted')).cause).toBe('human')
    await until('turnEnded')
    const from = events.length
    room.script(({ text }) => [say(text.includes('first') ? 'one' : 'two')])
    await seat.deliver(message('aaa1', 'first'))
    await until('turnEnded', ({ text }) => text === 'one', from)
    await seat.deliver(message('aaa2', 'second'))
    await until('turnEnded', ({ text }) => text === 'two', from)
    expect(events.slice(from).filter(({ type }) => type === 'messageTaken')).toEqual([
      { type: 'messageTaken', id: 'aaa1', via: 'UserPromptSubmit' },
      { type: 'messageTaken', id: 'aaa2', via: 'UserPromptSubmit' },
    ])
  })

  test('ends a turn only when the prompts that were typed meanwhile are done too', async () => {
    const hold = gate()
    room.script(async ({ text }) => {
      if (text.includes('slow')) await hold.opened
      return [say(`answer to ${text}`)]
    })
    const { until, type, events } = await room.sit()
    await until('ready')
    await type('slow question')
    await until('turnStarted')
    await type('second question')
    hold.open()
    const ended = await until('turnEnded')
    expect(ended.text).toContain('second question')
    expect(events.filter(({ type: kind }) => kind === 'turnStarted' || kind === 'turnEnded')).toHaveLength(2)
  })

  test('calls our tool without asking, and reads its reply', async () => {
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Submitted.')] : [submitReview({ verdict: 'pass' })],
    )
    const { until, calls, events } = await room.sit({ opening: message('7c1e', 'review') })
    expect((await until('turnEnded')).text).toBe('Submitted.')
    expect(calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
    const last = room.model.requests.at(-1)
    expect(last?.toolResults.at(-1)?.text).toBe('The review is recorded.')
    // The very first request of a session can go out before the MCP servers are connected; the next ones have all.
    expect(last?.tools).toContain('mcp__pair__submit_review')
    expect(events.some(({ type }) => type === 'requestOpened')).toBe(false)
  })

  test('is answered from the inbox, and by a key in the terminal', async () => {
    const path = join(room.folder, 'note.txt')
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Written.')] : [writeFile(path, 'hello')],
    )
    const { seat, until, type, pty, shown, events } = await room.sit()
    await until('ready')
    await type('write it')
    const first = await until('requestOpened')
    expect(first.request).toMatchObject({ type: 'approval', title: `Write ${path}`, body: 'hello' })
    await seat.answer(first.request.id, { type: 'approval', choice: 'deny', message: 'Not this file.' })
    expect(await until('requestClosed')).toMatchObject({ by: 'inbox', summary: 'denied' })
    await until('turnEnded')
    expect(room.model.requests.at(-1)?.toolResults.at(-1)).toMatchObject({
      text: 'Not this file.',
      failed: true,
    })

    const from = events.length
    await type('again please')
    await until('requestOpened', undefined, from)
    await shown('Do you want to create note.txt')
    // A dialog takes no key in its first moments, so a human presses again.
    const press = setInterval(() => pty.write('\r'), 400)
    const closed = await until('requestClosed', undefined, from).finally(() => clearInterval(press))
    expect(closed).toMatchObject({ by: 'terminal' })
    expect((await until('turnEnded', undefined, from)).text).toBe('Written.')
  })

  test('asks a question and gets the human’s answer', async () => {
    room.script(({ toolResults }) =>
      toolResults.length > 0 ? [say('Blue it is.')] : [askUser('Which colour?', 'Colour', ['Red', 'Blue'])],
    )
    const { seat, until } = await room.sit({ opening: message('7c1e', 'ask') })
    const { request } = await until('requestOpened')
    expect(request).toMatchObject({
      type: 'question',
      questions: [{ id: 'Which colour?', header: 'Colour' }],
    })
    await seat.answer(request.id, { type: 'question', answers: { 'Which colour?': ['Blue'] } })
    expect(await until('requestClosed')).toMatchObject({ by: 'inbox', summary: 'Blue' })
    await until('turnEnded')
    expect(room.model.requests.at(-1)?.toolResults.at(-1)?.text).toContain('"Which colour?"="Blue"')
  })

  test('is interrupted while it works and while a dialog is open, and takes a message after each', async () => {
    const hold = gate()
    room.script(async ({ text }) => {
      if (text.includes('work')) await hold.opened
      if (text.includes('run')) return [bash('touch x')]
      return [say('Here I am.')]
    })
    const { seat, until, events } = await room.sit({ opening: message('0001', 'work') })
    const { turn } = await until('turnStarted')
    expect(await seat.interrupt()).toEqual({ ok: true, value: undefined })
    expect(await until('turnEnded')).toMatchObject({ turn, outcome: { type: 'interrupted' } })
    hold.open()

    let from = events.length
    await seat.deliver(message('0002', 'run something'))
    await until('requestOpened', undefined, from)
    expect(await seat.interrupt()).toEqual({ ok: true, value: undefined })
    expect(await until('turnEnded', undefined, from)).toMatchObject({ outcome: { type: 'interrupted' } })

    from = events.length
    await seat.deliver(message('0003', 'still there?'))
    await until('messageTaken', ({ id }) => id === '0003', from)
    expect(await until('turnEnded', undefined, from)).toMatchObject({ text: 'Here I am.' })
    expect(await seat.interrupt()).toMatchObject({ ok: false, error: { type: 'notNow' } })
  })

  test('takes a steer between two tool calls', async () => {
    const hold = gate()
    room.script(async ({ toolResults }) => {
      if (toolResults.length > 0) return [say('Steered.')]
      await hold.opened
      return [bash('true')]
    })
    const { seat, until, events } = await room.sit({ opening: message('0001', 'work') })
    await until('turnStarted')
    expect(await seat.steer(message('0002', 'mind the gap'))).toEqual({ ok: true, value: undefined })
    hold.open()
    await until('messageTaken', ({ id }) => id === '0002')
    await until('turnEnded')
    expect(events.filter(({ type }) => type === 'turnStarted')).toHaveLength(1)
    expect(room.model.requests.at(-1)?.conversation).toContain('mind the gap')
    expect(await seat.steer(message('0003', 'late'))).toMatchObject({ ok: false, error: { type: 'notNow' } })
  })

  test('reports an API error as a failed turn', async () => {
    room.script(() => fail(429, 'rate_limit_error', 'You are out of quota'))
    const { until } = await room.sit({ opening: message('7c1e', 'begin') })
    expect((await until('turnEnded')).outcome).toMatchObject({
      type: 'failed',
      cause: 'quota',
      detail: expect.stringContaining('You are out of quota'),
    })
  })

  test('is resumed by its id after a crash, with its tokens, its record and today’s instructions', async () => {
    const first = await room.sit({ opening: message('7c1e', 'begin') })
    const { session } = await first.until('ready')
    await first.until('turnEnded')
    first.pty.kill('SIGKILL')
    expect(await first.until('exited')).toMatchObject({ resumable: true })

    const second = await room.sit({ resume: session, instructions: 'CHANGED-MARK' })
    expect(await second.until('ready')).toMatchObject({ session })
    expect((await second.until('usage')).usage).toMatchObject({ inputTokens: 130, outputTokens: 7 })
    expect(await second.seat.took(message('7c1e', '').id)).toBe(true)
    expect(await second.seat.took(message('ffff', '').id)).toBe(false)
    await expect(room.sit({ resume: session })).rejects.toThrow('still open')
    await second.seat.deliver(message('ab12', 'go on'))
    await second.until('turnEnded')
    expect(room.model.requests.at(-1)?.system).toContain('CHANGED-MARK')
    expect((await second.until('usage', ({ usage }) => usage.inputTokens === 260)).usage.outputTokens).toBe(
      14,
    )
  })
})
