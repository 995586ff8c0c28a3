/** Frames of a real codex app-server 0.169.0 (one conversation with a scripted model), folded into events. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asDeliveryId, asRequestId } from '../ids'
import { codexState, cutOff, fold, markAnswered, markInterrupting } from './codex'
import { failureCause } from './codex-errors'
import { readFrame, type Signal } from './codex-frames'
import { encodeAnswer } from './codex-requests'
import type { AgentEvent } from './event'

const recorded = readFileSync(new URL('./codex-0.169.0.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as { scene: string; frame: unknown })

const signals = (scene: string): Signal[] =>
  recorded
    .filter(entry => entry.scene === scene)
    .flatMap(({ frame }) => {
      const read = readFrame(frame)
      return read.kind === 'signal' ? [read.signal] : []
    })

const start = codexState('thread-1', 'p')

const play = (scene: readonly Signal[], from = start) => {
  let state = from
  const events: AgentEvent[] = []
  const calls: unknown[] = []
  for (const signal of scene) {
    const folded = fold(state, signal)
    state = folded.state
    events.push(...folded.events.filter(event => event.type !== 'usage'))
    if (folded.call) calls.push(folded.call)
  }
  return { state, events, calls }
}

const delivery = (text: string) => ({ delivery: asDeliveryId(text) })
const turnOf = (events: readonly AgentEvent[]) =>
  events.flatMap(event => (event.type === 'turnStarted' ? [event.turn] : []))[0]

describe('recorded scenes', () => {
  test('every frame of the recording is read or deliberately not', () => {
    const kinds = recorded.map(({ frame }) => readFrame(frame).kind)
    expect(new Set(kinds)).toEqual(new Set(['signal', 'unread']))
  })

  test('a delivery is taken, then its turn is announced, then ended', () => {
    const { events } = play(signals('delivery'))
    const turn = turnOf(events)
    expect(events).toEqual([
      { type: 'messageTaken', id: 'a1b2', via: 'item/completed' },
      { type: 'turnStarted', turn, cause: delivery('a1b2') },
      { type: 'said', turn, text: 'done' },
      { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: 'done' },
    ])
  })

  test('a server that does not answer is told once, and again when it had answered meanwhile', () => {
    const scene = signals('delivery')
    const spoke = scene.findIndex(
      signal => signal.method === 'item/started' && signal.params.item.type === 'agentMessage',
    )
    const turnId =
      scene.flatMap(each => (each.method === 'turn/started' ? [each.params.turn.id] : []))[0] ?? ''
    const again: Signal = {
      method: 'error',
      params: {
        ...{ threadId: 'thread-1', turnId, willRetry: true },
        error: { message: 'no route', codexErrorInfo: { httpConnectionFailed: { httpStatusCode: null } } },
      },
    }
    expect(spoke).toBeGreaterThan(0)
    const played = play([...scene.slice(0, spoke), again, again, ...scene.slice(spoke, -1), again])
    expect(played.events.filter(({ type }) => type === 'stalled' || type === 'wentOn')).toMatchObject([
      { type: 'stalled', cause: 'network', text: expect.stringContaining('no route') },
      { type: 'wentOn' },
      { type: 'stalled' },
    ])
  })

  test('a message with an id that is not ours is the human', () => {
    const { events } = play(signals('human'))
    expect(events[0]).toMatchObject({ type: 'turnStarted', cause: 'human' })
  })

  test('a tool call is handed on with the id to answer', () => {
    expect(play(signals('tool')).calls).toEqual([
      { rpcId: 0, name: 'submit_review', args: { verdict: 'pass' } },
    ])
  })

  test('a command is shown whole, with the choices that Codex offers', () => {
    const { events } = play(signals('approval'))
    const id = asRequestId('codex-p-1')
    expect(events.slice(2, 4)).toEqual([
      {
        type: 'requestOpened',
        request: {
          type: 'approval',
          id,
          title: 'Run a command',
          body: "/bin/bash -lc 'printf hi'\n\nin /home/dev/project",
          reason: 'need it',
          choices: ['allow', 'deny'],
        },
      },
      { type: 'requestClosed', id, by: 'terminal', summary: 'Answered in the terminal' },
    ])
  })

  test('an edit is shown with the diff of its item, and with what "for this session" would cover', () => {
    const { events } = play(signals('edit'))
    expect(events[2]).toMatchObject({
      type: 'requestOpened',
      request: {
        title: 'Edit 1 file',
        body: 'add /home/dev/out.txt\none\n',
        covers: ['edits of these files'],
      },
    })
  })

  test('a refused request fails the turn in the words of the server', () => {
    const { events } = play(signals('failed'))
    expect(events.at(-1)).toMatchObject({
      type: 'turnEnded',
      outcome: { type: 'failed', cause: 'model', detail: 'not like this' },
    })
  })

  test('an interrupted turn ends without a text', () => {
    expect(play(signals('interrupted')).events.at(-1)).toMatchObject({
      type: 'turnEnded',
      outcome: { type: 'interrupted' },
      text: '',
    })
  })

  test('the same scene in another thread says nothing', () => {
    expect(play(signals('approval'), codexState('thread-2', 'p')).events).toEqual([])
  })

  test('the same message seen twice is taken once', () => {
    const scene = signals('delivery')
    const twice = scene.flatMap((signal): Signal[] =>
      signal.method === 'item/completed' ? [signal, signal] : [signal],
    )
    expect(play(twice).events.filter(event => event.type === 'messageTaken')).toHaveLength(1)
  })
})

const upTo = (scene: string, method: Signal['method']): Signal[] => {
  const all = signals(scene)
  return all.slice(0, all.findIndex(signal => signal.method === method) + 1)
}

describe('answers', () => {
  const asked = play(upTo('question', 'item/tool/requestUserInput'))
  const question = asked.state.requests[0]
  const approval = play(upTo('approval', 'item/commandExecution/requestApproval')).state.requests[0]

  test('fit what was asked', () => {
    expect(question && encodeAnswer(question, { type: 'question', answers: { db: ['B'] } })).toEqual({
      ok: true,
      value: { type: 'reply', rpcId: 3, result: { answers: { db: { answers: ['B'] } } }, summary: 'B' },
    })
    expect(approval && encodeAnswer(approval, { type: 'approval', choice: 'deny' })).toMatchObject({
      value: { result: { decision: 'decline' } },
    })
  })

  test('that do not fit are refused and nothing is sent', () => {
    expect(question && encodeAnswer(question, { type: 'question', answers: {} }).ok).toBe(false)
    expect(question && encodeAnswer(question, { type: 'approval', choice: 'allow' }).ok).toBe(false)
    expect(approval && encodeAnswer(approval, { type: 'approval', choice: 'allowForSession' }).ok).toBe(false)
  })

  test('given in the inbox close as such', () => {
    const resolved = signals('question').filter(signal => signal.method === 'serverRequest/resolved')
    const marked = markAnswered(asked.state, 'codex-p-3', 'B')
    expect(play(resolved, marked).events).toEqual([
      { type: 'requestClosed', id: 'codex-p-3', by: 'inbox', summary: 'B' },
    ])
    expect(play(resolved, markInterrupting(asked.state)).events).toMatchObject([{ by: 'agent' }])
  })

  test('are no longer waited for when the server dies', () => {
    const crash = { type: 'failed', cause: 'crash', detail: 'gone' } as const
    expect(cutOff(asked.state, crash).events).toMatchObject([
      { type: 'requestClosed', by: 'agent' },
      { type: 'turnEnded', outcome: crash },
    ])
  })
})

describe('questions in a message', () => {
  const asking = signals('delivery').map(signal => {
    if (signal.method !== 'item/completed' || signal.params.item.type !== 'agentMessage') return signal
    const item = { ...signal.params.item, questions: [{ title: 'Which one?', options: ['A', 'B'] }] }
    return { ...signal, params: { ...signal.params, item } }
  })

  test('are a question, not an end', () => {
    const { events, state } = play(asking)
    expect(events.at(-1)).toMatchObject({ type: 'requestOpened', request: { type: 'question' } })
    const open = state.requests[0]
    expect(open && encodeAnswer(open, { type: 'question', answers: { q1: ['B'] } })).toEqual({
      ok: true,
      value: { type: 'message', text: 'Which one?\n→ B', summary: 'B' },
    })
  })

  test('go on in the same turn when the human answers', () => {
    const before = play(asking)
    const { events } = play(signals('human'), before.state)
    const turn = turnOf(before.events)
    expect(events).toMatchObject([
      { type: 'requestClosed', by: 'terminal' },
      { type: 'said', turn },
      { type: 'turnEnded', turn, outcome: { type: 'completed' } },
    ])
  })

  test('stay open while a steer of ours comes into the running turn', () => {
    const before = play(asking.slice(0, -1))
    const turnId = before.state.turn?.codexId ?? ''
    const steer = signals('tool').flatMap((signal): Signal[] =>
      signal.method === 'item/completed' && signal.params.item.type === 'userMessage'
        ? [{ ...signal, params: { ...signal.params, turnId } }]
        : [],
    )
    const { events, state } = play(steer, before.state)
    expect(events).toEqual([{ type: 'messageTaken', id: 'a1b3', via: 'item/completed' }])
    expect(state.requests).toHaveLength(1)
  })

  test('are withdrawn by another message of ours, which is a turn of its own', () => {
    const before = play(asking)
    const { events } = play(signals('tool'), before.state)
    expect(events.map(event => event.type)).toEqual([
      'requestClosed',
      'turnEnded',
      'messageTaken',
      'turnStarted',
      'said',
      'turnEnded',
    ])
  })
})

test('a new conversation of the human is adopted, a title request or a sub-agent is not', () => {
  const started = (thread: object) => readFrame({ method: 'thread/started', params: { thread } })
  const adopt = (thread: object) => {
    const frame = started(thread)
    return frame.kind === 'signal' ? fold(start, frame.signal).adopt : frame.kind
  }
  expect(adopt({ id: 'thread-9', ephemeral: false, threadSource: 'user' })).toBe('thread-9')
  expect(adopt({ id: 'thread-9', ephemeral: true, threadSource: 'thread_title' })).toBeUndefined()
  expect(adopt({ id: 'thread-9', ephemeral: false, threadSource: 'subagent' })).toBeUndefined()
  expect(adopt({ id: 'thread-1', ephemeral: false, threadSource: null })).toBeUndefined()
})

test.each([
  [null, 'malformed'],
  ['text', 'malformed'],
  [{}, 'malformed'],
  [{ method: 'turn/started', params: { threadId: 7 } }, 'malformed'],
  [{ method: 'something/new', params: {} }, 'unread'],
  [{ id: 1, result: {} }, 'response'],
  [{ id: 1, error: { code: -32600, message: 'no' } }, 'failure'],
])('%j is read as %s', (frame, kind) => {
  expect(readFrame(frame).kind).toBe(kind)
})

test.each([
  ['usageLimitExceeded', 'quota'],
  ['unauthorized', 'auth'],
  ['somethingNew', 'unknown'],
  [null, 'unknown'],
  [{ responseTooManyFailedAttempts: { httpStatusCode: 401 } }, 'auth'],
  [{ httpConnectionFailed: { httpStatusCode: null } }, 'network'],
  [{ responseStreamDisconnected: { httpStatusCode: 503 } }, 'server'],
])('%j is a failure of %s', (codexErrorInfo, cause) => {
  expect(failureCause({ message: 'x', codexErrorInfo })).toBe(cause)
})

test('a limit is what is used up, and ends with the last window of it; what is left is none', () => {
  const told = (primary: object | null, secondary: object | null) => {
    const rateLimits = { limitId: null, primary, secondary, credits: null, planType: 'pro' }
    const frame = readFrame({ method: 'account/rateLimits/updated', params: { rateLimits } })
    return frame.kind === 'signal' ? fold(start, frame.signal).events : frame.kind
  }
  const window = (usedPercent: number, resetsAt: number | null) => ({
    ...{ usedPercent, resetsAt, windowDurationMins: 300 },
  })
  expect(told(window(99.5, 1_795_377_514), window(40, 1_795_999_999))).toEqual([])
  expect(told(window(100, 1_795_377_514), window(40, 1_795_999_999))).toEqual([
    { type: 'limit', resetsAt: '2026-11-22T19:58:34.000Z' },
  ])
  expect(told(window(100, 1_795_377_514), window(100, 1_795_377_515))).toEqual([
    { type: 'limit', resetsAt: '2026-11-22T19:58:35.000Z' },
  ])
  expect(told(window(100, null), null)).toEqual([])
})
