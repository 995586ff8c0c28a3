/**
 * The adapter against the real Claude Code and a scripted model on loopback. Each test drives the `Seat` port only;
 * what it asserts is what the relay will be told.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bash,
  fail,
  limited,
  say,
  submitReview,
  toolCall,
} from '../../../../e2e/contracts/claude-model-server'
import { gate, never } from '../../../../e2e/contracts/script'
import { resetTime } from '../../reset-time'
import { enterRoom, leaveRoom, message, PROGRAMS, type Room } from './rig'

describe.each(PROGRAMS)('Claude Code %s', (version, program) => {
  let room: Room
  beforeEach(async () => {
    room = await enterRoom(program)
  })
  afterEach(() => leaveRoom(room))

  test('takes the opening, works one turn, and counts each message once', async () => {
    const { events, until } = await room.sit({ opening: message('7c1e', 'begin') })
    await until('turnEnded')
    await until('usage')
    const turn = { turn: expect.any(String) }
    expect(events.filter(event => event.type !== 'usage')).toEqual([
      { type: 'ready', session: expect.any(String), version, model: expect.any(String) },
      { type: 'turnStarted', ...turn, cause: { delivery: '7c1e' } },
      { type: 'messageTaken', id: '7c1e', via: 'transcript' },
      { type: 'turnEnded', ...turn, outcome: { type: 'completed' }, text: 'Done.' },
    ])
    expect(events.filter(event => event.type === 'usage')).toEqual([
      {
        type: 'usage',
        usage: { inputTokens: 130, cachedTokens: 20, outputTokens: 7, contextTokens: 137 },
      },
    ])
    const request = room.model.requests.find(({ title }) => !title)
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
      'turnStarted',
      'messageTaken',
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
      { type: 'messageTaken', id: 'aaa1', via: 'transcript' },
      { type: 'messageTaken', id: 'aaa2', via: 'transcript' },
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
    // The very first request of a session can go out before the MCP servers are connected; the next ones have all.
    room.script(({ toolResults }) => {
      if (toolResults.length === 0) return [bash('true')]
      return toolResults.length === 1 ? [submitReview({ verdict: 'pass' })] : [say('Submitted.')]
    })
    const { until, calls, events } = await room.sit({ opening: message('7c1e', 'review') })
    expect((await until('turnEnded')).text).toBe('Submitted.')
    expect(calls).toEqual([{ name: 'submit_review', args: { verdict: 'pass' } }])
    const last = room.model.requests.at(-1)
    expect(last?.toolResults.at(-1)?.text).toBe('The review is recorded.')
    expect(last?.tools).toContain('mcp__pair__submit_review')
    expect(events.some(({ type }) => type === 'requestOpened')).toBe(false)
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

  test('says of a message in its own queue that it took it when it has, and not when it was killed', async () => {
    const hold = gate()
    room.script(async ({ text }) => {
      if (text.includes('slow')) await hold.opened
      return text.includes('never') ? never() : [say('Done.')]
    })
    const { seat, until, pty } = await room.sit({ opening: message('0001', 'slow') })
    await until('turnStarted')
    const second = message('0002', 'second')
    expect(await seat.deliver(second)).toEqual({ ok: true, value: undefined })
    let answered = false
    const took = seat.took(second.id).finally(() => {
      answered = true
    })
    // Another question, asked and answered meanwhile.
    expect(await seat.took(message('ffff', '').id)).toBe(false)
    expect(answered).toBe(false)
    hold.open()
    expect(await took).toBe(true)
    await until('turnEnded')
    const last = room.model.requests.findLast(({ title }) => !title)
    expect(last?.users.filter(text => text.includes('[duologue 0002]'))).toHaveLength(1)

    await seat.deliver(message('0003', 'never'))
    await until('messageTaken', ({ id }) => id === '0003')
    const fourth = message('0004', 'fourth')
    await seat.deliver(fourth)
    const lost = seat.took(fourth.id)
    pty.kill('SIGKILL')
    expect(await lost).toBe(false)
    expect(await until('messageLost')).toMatchObject({ id: '0004' })
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

  test('a plan’s used-up limit tells when it is over: in its words, and since 2.1.330 in its transcript', async () => {
    // Words tell the time to the minute, or to the hour when it is a whole one.
    const resets = Math.ceil(Date.now() / 3_600_000) * 3_600 + 7_200
    room.script(() => limited(resets))
    const { ANTHROPIC_AUTH_TOKEN: _, ...env } = room.env
    const { until } = await room.sit({
      env: { ...env, CLAUDE_CODE_OAUTH_TOKEN: 'test' },
      opening: message('7c1e', 'begin'),
    })
    const { outcome } = await until('turnEnded')
    expect(outcome).toMatchObject({ type: 'failed', cause: 'quota' })
    const told = outcome.type === 'failed' ? resetTime(outcome.detail, Date.now()) : null
    expect(told).toBe(new Date((resets + 60) * 1_000).toISOString())
    if (version === '2.1.330') {
      expect((await until('limit')).resetsAt).toBe(new Date(resets * 1_000).toISOString())
    }
  })

  test('waits for a background task, which wakes the agent in the same turn', async () => {
    const nap = { command: 'sleep 1', description: 'nap', run_in_background: true }
    room.script(({ toolResults, conversation }) => {
      if (conversation.includes('<status>completed')) return [say('The nap is over.')]
      return toolResults.length > 0 ? [say('Napping.')] : [toolCall('Bash', nap)]
    })
    const { until, events } = await room.sit({ opening: message('7c1e', 'nap') })
    expect(await until('turnEnded')).toMatchObject({
      outcome: { type: 'completed' },
      text: 'The nap is over.',
    })
    expect(events.filter(({ type }) => type === 'turnStarted')).toHaveLength(1)
    expect(events).toContainEqual({ type: 'notice', text: 'Claude Code waits for its background tasks: nap' })
  })

  test('tells of an interruption by the human’s own key', async () => {
    const hold = gate()
    room.script(async () => {
      await hold.opened
      return [say('too late')]
    })
    const { until, type, pty, shown } = await room.sit()
    await until('ready')
    await type('think hard')
    await until('turnStarted')
    await shown('esc to interrupt')
    pty.write('\x1b')
    expect((await until('turnEnded')).outcome).toEqual({ type: 'interrupted' })
    hold.open()
  })

  test('counts a shell command of the human’s as the human’s turn', async () => {
    const { until, type, events } = await room.sit()
    await until('ready')
    await type('!echo from-the-shell')
    expect((await until('turnStarted')).cause).toBe('human')
    expect(await until('turnEnded')).toMatchObject({ text: 'Done.' })
    expect(events.filter(({ type: kind }) => kind === 'turnStarted')).toHaveLength(1)
  })

  test('takes a message of 50,000 characters whole', async () => {
    const { seat, until } = await room.sit()
    await until('ready')
    const long = Array.from(
      { length: 2_500 },
      (_, line) => `line ${line.toString().padStart(13, '0')} `,
    ).join('\n')
    await seat.deliver(message('10c0', long))
    await until('turnEnded')
    const request = room.model.requests.findLast(({ title }) => !title)
    expect(request?.conversation).toContain(JSON.stringify(long).slice(1, -1).trimEnd())
  })

  test('follows the human into a new session', async () => {
    const { seat, until, type, events } = await room.sit({ opening: message('7c1e', 'begin') })
    const first = await until('ready')
    await until('turnEnded')
    const from = events.length
    await type('/clear')
    const second = await until('ready', undefined, from)
    expect(second.session).not.toBe(first.session)
    await seat.deliver(message('ab12', 'after the clearing'))
    await until('turnEnded', undefined, from)
    expect(events.slice(from)).toContainEqual({ type: 'messageTaken', id: 'ab12', via: 'transcript' })
    expect((await until('usage', undefined, from)).usage.outputTokens).toBe(7)
  })
})
