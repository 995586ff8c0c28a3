/** Events of a real opencode 1.18.33 (one conversation with a scripted model), folded into ours. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asDeliveryId } from '../ids'
import type { AgentEvent } from './event'
import { fold, markAnswered, markInterrupting, markSent, type OpencodeState, opencodeState } from './opencode'
import { outcomeOf } from './opencode-errors'
import { type OpencodeSignal, readFrame } from './opencode-frames'
import { deliveryOf, idsOf } from './opencode-ids'
import { configContent, permissionRules, sessionRules } from './opencode-launch'
import { encodeAnswer } from './opencode-requests'

const recorded = readFileSync(new URL('./opencode-1.18.33.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { scene: string; frame: unknown })

const signals = (scene: string): OpencodeSignal[] =>
  recorded
    .filter(entry => entry.scene === scene)
    .flatMap(({ frame }) => {
      const read = readFrame(frame)
      return read.kind === 'signal' ? [read.signal] : []
    })

const SESSION = 'ses_dfb29b775ffeDzmAoiYt7XN3R6'
const start = opencodeState(SESSION, { 'fake/m': 100_000 })

/** The messages of a scene as they were handed over before it. */
const sent = (state: OpencodeState, scene: readonly OpencodeSignal[], way: 'delivered' | 'steered') => {
  const users = scene.flatMap(({ type, properties }) =>
    type === 'message.updated' && properties.info.role === 'user' ? [properties.info.id] : [],
  )
  return [...new Set(users)].reduce((now, message) => {
    const id = deliveryOf(message)
    return id === undefined ? now : markSent(now, { id, message, way })
  }, state)
}

const play = (scene: readonly OpencodeSignal[], from: OpencodeState) => {
  let state = from
  const events: AgentEvent[] = []
  for (const signal of scene) {
    const folded = fold(state, signal)
    state = folded.state
    events.push(...folded.events)
  }
  return { state, events }
}

const playScene = (name: string, way: 'delivered' | 'steered' = 'delivered') => {
  const scene = signals(name)
  return play(scene, sent(start, scene, way))
}

const withoutUsage = (events: readonly AgentEvent[]) => events.filter(({ type }) => type !== 'usage')
const turnOf = (events: readonly AgentEvent[]) =>
  events.flatMap(event => (event.type === 'turnStarted' ? [event.turn] : []))[0]
const typesOf = (events: readonly AgentEvent[]) => withoutUsage(events).map(({ type }) => type)

describe('recorded scenes', () => {
  test('every event of the recording is read or deliberately not', () => {
    const kinds = recorded.map(({ frame }) => readFrame(frame).kind)
    expect(new Set(kinds)).toEqual(new Set(['signal', 'unread']))
  })

  test('a delivery is taken, then its turn is announced, then ended', () => {
    const { events } = playScene('delivery')
    const turn = turnOf(events)
    expect(withoutUsage(events)).toEqual([
      { type: 'messageTaken', id: '0001', via: 'message.updated' },
      { type: 'turnStarted', turn, cause: { delivery: '0001' } },
      { type: 'said', turn, text: 'answer to [duologue 0001]\nhello' },
      { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'answer to [duologue 0001]\nhello' },
    ])
  })

  test('a repeated delivery makes a run without an answer, which is no turn', () => {
    const { state } = playScene('delivery')
    const { events } = play(signals('repeated'), state)
    expect(typesOf(events)).toEqual([])
    const usage = events.find(({ type }) => type === 'usage')
    expect(usage).toEqual({
      type: 'usage',
      usage: {
        inputTokens: 1200,
        cachedTokens: 200,
        outputTokens: 30,
        contextTokens: 1230,
        contextWindow: 100_000,
      },
    })
  })

  test('an approval is opened and closed inside one turn of two answers', () => {
    const { events } = playScene('approved')
    expect(typesOf(events)).toEqual([
      'messageTaken',
      'turnStarted',
      'said',
      'requestOpened',
      'requestClosed',
      'said',
      'turnEnded',
    ])
    expect(events.find(({ type }) => type === 'requestOpened')).toMatchObject({
      request: {
        type: 'approval',
        title: 'Run a command',
        body: 'echo hi',
        reason: '',
        choices: ['allow', 'allowForSession', 'deny'],
        covers: ['bash: echo *'],
      },
    })
    expect(events.find(({ type }) => type === 'requestClosed')).toMatchObject({ by: 'terminal' })
  })

  test('an answer of ours closes as ours, in its words', () => {
    const scene = signals('denied')
    const asked = scene.findIndex(({ type }) => type === 'permission.asked') + 1
    const before = play(scene.slice(0, asked), sent(start, scene, 'delivered'))
    const [open] = before.state.requests
    if (!open) throw new Error('nothing was asked')
    const encoded = encodeAnswer(open, { type: 'approval', choice: 'deny' })
    expect(encoded).toMatchObject({
      ok: true,
      value: {
        path: `/permission/${open.request.id}/reply`,
        body: { reply: 'reject', message: expect.any(String) },
        summary: 'Denied',
      },
    })
    const { events } = play(scene.slice(asked), markAnswered(before.state, open.request.id, 'Denied'))
    expect(events.find(({ type }) => type === 'requestClosed')).toMatchObject({
      by: 'inbox',
      summary: 'Denied',
    })
    expect(events.find(({ type }) => type === 'turnEnded')).toMatchObject({ outcome: { type: 'completed' } })
  })

  test('a question is opened with its options', () => {
    const { events } = playScene('question')
    expect(events.find(({ type }) => type === 'requestOpened')).toMatchObject({
      request: {
        type: 'question',
        questions: [
          {
            id: '0',
            header: 'DB',
            text: 'Which?',
            options: [
              { label: 'Postgres', description: 'p' },
              { label: 'MySQL', description: 'm' },
            ],
            multiple: false,
            freeText: true,
          },
        ],
      },
    })
  })

  test('a failure ends the turn once, although opencode says twice that it is idle', () => {
    const { events } = playScene('refusedKey')
    expect(events.filter(({ type }) => type === 'turnEnded')).toMatchObject([
      { outcome: { type: 'failed', cause: 'auth', detail: 'bad key' } },
    ])
  })

  test('what is tried again is told once; an abort of it leaves no error and is an interruption', () => {
    const scene = signals('quota')
    const ready = sent(start, scene, 'delivered')
    const begun = scene.findIndex(
      signal => signal.type === 'message.updated' && signal.properties.info.role === 'assistant',
    )
    const first = play(scene.slice(0, begun + 1), ready)
    const { events } = play(scene.slice(begun + 1), markInterrupting(first.state))
    expect(typesOf(events)).toEqual(['stalled', 'limit', 'turnEnded'])
    expect(events[0]).toMatchObject({
      cause: 'quota',
      text: expect.stringContaining('You exceeded your current quota'),
    })
    // The recording's `next`, 1795377514068.
    expect(events[1]).toEqual({ type: 'limit', resetsAt: '2026-11-22T19:58:34.068Z' })
    expect(events.at(-1)).toMatchObject({ outcome: { type: 'interrupted' } })
  })

  test('deliveries that one run answers are a turn each; the request of an aborted one is withdrawn', () => {
    const { events, state } = playScene('busy')
    expect(typesOf(events)).toEqual([
      ...['messageTaken', 'turnStarted', 'requestOpened', 'said', 'requestClosed', 'turnEnded'],
      ...['messageTaken', 'turnStarted', 'said', 'turnEnded'],
      ...['messageTaken', 'turnStarted', 'requestOpened', 'said', 'requestClosed', 'turnEnded'],
    ])
    expect(events.flatMap(event => (event.type === 'messageTaken' ? [event.id] : []))).toEqual([
      '0008',
      '0009',
      '0010',
    ])
    expect(events.at(-1)).toMatchObject({ outcome: { type: 'interrupted' } })
    expect(state.requests).toEqual([])
  })

  test('steers that the run reads are taken in its turn', () => {
    const { events } = playScene('busy', 'steered')
    expect(events.filter(({ type }) => type === 'messageTaken')).toHaveLength(3)
    expect(events.filter(({ type }) => type === 'turnStarted')).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'turnEnded')).toHaveLength(1)
  })

  test("a message of nobody we know in another session is the human's change of conversation", () => {
    const elsewhere = opencodeState('ses_other')
    const [signal] = signals('approved').filter(({ type }) => type === 'message.updated')
    if (!signal) throw new Error('no message in the scene')
    expect(fold(elsewhere, signal)).toEqual({ state: elsewhere, events: [], adopt: SESSION })
  })
})

describe('ids', () => {
  test('ours are in the order of time with those of opencode, and name their delivery', () => {
    const id = asDeliveryId('7c1e')
    // The time at which opencode made `msg_204d07cfe001…` of its own.
    const ms = 0x1a204d07cfe
    expect(idsOf(id, ms)).toEqual({
      message: 'msg_204d07cfe000Duologue7c1e',
      part: 'prt_204d07cfe000Duologue7c1e',
    })
    expect(deliveryOf('msg_204d07cfe000Duologue7c1e')).toBe(id)
    expect(deliveryOf('msg_204d0b8a90012rRTUCr8IEdAs5')).toBeUndefined()
  })
})

test.each([
  [{ name: 'MessageAbortedError', data: { message: 'Aborted' } }, { type: 'interrupted' }],
  [
    { name: 'APIError', data: { message: 'no', statusCode: 503 } },
    { cause: 'server', detail: 'no' },
  ],
  [{ name: 'APIError', data: { message: 'no', statusCode: 429 } }, { cause: 'quota' }],
  [{ name: 'APIError', data: { message: 'Insufficient balance', statusCode: 400 } }, { cause: 'quota' }],
  [{ name: 'APIError', data: { message: 'cannot connect' } }, { cause: 'network' }],
  [{ name: 'ContextOverflowError', data: { message: 'too long' } }, { cause: 'model' }],
  [
    { name: 'UnknownError', data: {} },
    { cause: 'unknown', detail: 'UnknownError' },
  ],
])('%j fails as %j', (error, outcome) => {
  expect(outcomeOf(error)).toMatchObject(outcome)
})

describe('configuration', () => {
  const parts = {
    role: '/seat/role.md',
    tools: { url: 'http://127.0.0.1:1', token: 't' },
    model: 'fake/m',
    permission: permissionRules('ask'),
  }
  const read = (before?: string): unknown => {
    const content = configContent(parts, before)
    return content.ok ? JSON.parse(content.value) : content.error
  }
  const pair = expect.objectContaining({
    url: 'http://127.0.0.1:1/mcp',
    headers: { Authorization: 'Bearer t' },
  })

  test('ours alone', () => {
    expect(read()).toEqual({
      model: 'fake/m',
      permission: { edit: 'ask', bash: 'ask' },
      instructions: ['/seat/role.md'],
      mcp: { pair },
    })
  })

  test('over what the environment brings', () => {
    const theirs = {
      theme: 'x',
      permission: { bash: 'allow', webfetch: 'deny' },
      instructions: ['a.md'],
      mcp: { other: { type: 'local' } },
    }
    expect(read(JSON.stringify(theirs))).toEqual({
      theme: 'x',
      model: 'fake/m',
      permission: { bash: 'ask', webfetch: 'deny', edit: 'ask' },
      instructions: ['a.md', '/seat/role.md'],
      mcp: { other: { type: 'local' }, pair },
    })
    expect(configContent(parts, '{')).toMatchObject({ ok: false })
  })

  test('rules of a session', () => {
    expect(sessionRules(permissionRules('ask'))).toEqual([
      { permission: 'edit', pattern: '*', action: 'ask' },
      { permission: 'bash', pattern: '*', action: 'ask' },
    ])
    expect(permissionRules('yolo')).toBeUndefined()
    expect(sessionRules(undefined)).toEqual([])
  })
})
