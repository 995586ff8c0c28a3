/** The command line's way with what the agents ask; the engine is played. */
import { expect, test } from 'vitest'
import { asPairId, asRequestId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import { fold } from '../../shared/pair/evolve'
import { nothing } from '../../shared/pair/initial'
import type { Command } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import { Story } from '../../shared/pair/story'
import { ok } from '../../shared/result'
import type { Engine, EngineListener } from '../pair/engine'
import type { RunOptions } from './args'
import { type RunDeps, runPair } from './run'

const PAIR = asPairId('p')

const asks = (id: string): Stamped => ({
  seq: 0,
  at: '2026-01-01T00:00:00.000Z',
  type: 'requestOpened',
  seat: 'left',
  request: {
    type: 'approval',
    id: asRequestId(id),
    title: 'Run',
    body: id,
    reason: '',
    choices: ['allow', 'deny'],
  },
})

const OPTIONS: RunOptions = {
  request: {
    folder: null,
    intent: 'x',
    left: { agent: 'practice' },
    right: { agent: 'practice' },
    rounds: 1,
  },
  json: false,
  onRequest: 'ask',
}

interface Played {
  /** What happens once the pair is started. */
  readonly play: (tell: (events: readonly Stamped[], state?: PairState) => void) => void
  readonly command?: (command: Command, tell: (events: readonly Stamped[], state?: PairState) => void) => void
}

const played = ({ play, command }: Played, change: Partial<RunDeps> = {}) => {
  const heard: EngineListener[] = []
  const commands: Command[] = []
  const lines: string[] = []
  const tell = (events: readonly Stamped[], state: PairState = nothing): void => {
    for (const { events: hear } of heard) hear?.(PAIR, events, state)
  }
  const engine: Engine = {
    detect: async () => [],
    list: async () => [],
    start: async () => {
      play(tell)
      return ok(PAIR)
    },
    read: async () => ({ ok: false, error: { message: 'not played' } }),
    opened: async () => ({ ok: false, error: { message: 'not played' } }),
    live: () => undefined,
    command: async (_, given) => {
      commands.push(given)
      command?.(given, tell)
      return ok(undefined)
    },
    close: async () => undefined,
    atWork: () => [],
    closeAll: async () => undefined,
    env: async () => ({}),
    pullRequestCreated: async () => ok(undefined),
    pastScreen: async () => null,
    pairFolder: () => '/nowhere',
    listen: listener => {
      heard.push(listener)
      return () => undefined
    },
  }
  const deps: RunDeps = {
    engine,
    print: line => lines.push(line),
    warn: line => lines.push(line),
    ask: async () => null,
    onInterrupt: () => () => undefined,
    ...change,
  }
  return { deps, commands, lines }
}

test('two agents that ask at once are answered one after the other, each by its own line', async () => {
  const lines = ['y', 'n']
  let open = 0
  let stop = (): void => undefined
  const { deps, commands } = played(
    {
      play: tell => {
        tell([asks('one')])
        tell([asks('two')])
      },
    },
    {
      onInterrupt: listener => {
        stop = listener
        return () => undefined
      },
      ask: async prompt => {
        open += 1
        expect(open).toBe(1)
        await new Promise(resolve => setImmediate(resolve))
        open -= 1
        if (prompt.includes('two')) setImmediate(stop)
        return lines.shift() ?? null
      },
    },
  )
  expect(await runPair({ ...OPTIONS, json: true }, deps)).toBe(4)
  expect(commands.filter(({ type }) => type === 'answer')).toEqual([
    { type: 'answer', id: 'one', answer: { type: 'approval', choice: 'allow' } },
    { type: 'answer', id: 'two', answer: { type: 'approval', choice: 'deny' } },
  ])
})

/** A pair whose plan waits for its human; what a command decides is told on. */
const waitingForApproval = (asked: string[], reply: string | null, onRequest: RunOptions['onRequest']) => {
  const story = new Story(10, { planFirst: 'approved' })
  story.take('left')
  story.call('left', 'propose_plan', { items: [{ id: '1', text: 'Retry', why: 'asked', files: [] }] })
  story.end('left')
  story.judge({ verdict: 'pass', summary: '', findings: [] })
  const { deps, commands, lines } = played(
    {
      play: tell => tell(story.events, story.state),
      command: (command, tell) => {
        const before = story.events.length
        story.command(command)
        if (command.type === 'approvePlan') story.command({ type: 'end' })
        tell(story.events.slice(before), story.state)
      },
    },
    {
      ask: async prompt => {
        asked.push(prompt)
        return reply
      },
    },
  )
  return { commands, lines, code: runPair({ ...OPTIONS, onRequest }, deps) }
}

test('a plan that waits for approval is shown and asked about; a yes lets the work begin', async () => {
  const asked: string[] = []
  const { code, commands } = waitingForApproval(asked, 'y', 'ask')
  expect(await code).toBe(4)
  expect(asked).toEqual(['The navigator passed plan 1:\n  1. Retry – asked\nApprove it? [y/N] '])
  expect(commands).toEqual([{ type: 'approvePlan' }])
})

test.each([
  ['a no', 'n', 'ask', 1],
  ['nobody there', null, 'ask', 1],
  ['not asked', 'y', 'allow', 0],
] as const)('%s: the plan stays held, and it is said how to go on', async (_, reply, onRequest, times) => {
  const asked: string[] = []
  const { code, commands, lines } = waitingForApproval(asked, reply, onRequest)
  expect(await code).toBe(5)
  expect([asked.length, commands]).toEqual([times, []])
  expect(lines).toContain('Held: the plan waits for your approval. Go on with this pair in the window.')
})

test('trouble ends the pair as failed, and what closing its agents brings is not told', async () => {
  const story = new Story(10)
  story.take('left')
  story.end('left', '', { type: 'failed', cause: 'auth', detail: 'Not signed in.' })
  const { deps, commands, lines } = played({
    play: tell => tell(story.events, story.state),
    command: (command, tell) => {
      const before = story.events.length
      story.command(command)
      story.agent('left', { type: 'exited', code: null, signal: 'SIGHUP', resumable: true })
      const [ended, ...rest] = story.events.slice(before)
      if (ended) tell([ended], story.state)
      tell(rest, story.state)
    },
  })
  expect(await runPair(OPTIONS, deps)).toBe(1)
  expect(commands).toEqual([{ type: 'end' }])
  expect(story.state.stage).toEqual({ phase: 'ended', reason: 'failed', detail: 'Not signed in.' })
  expect(lines).toContain('Ended: failed. Not signed in.')
  expect(lines.join('\n')).not.toContain('SIGHUP')
})

test('a provider’s limit leaves the pair held, and says until when', async () => {
  const story = new Story(10)
  story.take('left')
  story.agent('left', { type: 'limit', resetsAt: '2026-01-01T03:00:00.000Z' })
  story.end('left', '', { type: 'failed', cause: 'quota', detail: 'You’ve hit your limit.' })
  const { deps, commands, lines } = played({ play: tell => tell(story.events, story.state) })
  expect(await runPair(OPTIONS, deps)).toBe(5)
  expect(commands).toEqual([])
  expect(lines).toContain(
    'Held: the provider takes no more until 2026-01-01 03:00 UTC. You’ve hit your limit. Go on with this pair in the window.',
  )
})

test('lines come in order of time, a turn once when it begins and once when it ends', async () => {
  const story = new Story(1)
  story.take('left')
  story.at = '2026-01-01T00:01:00.000Z'
  story.end('left', 'Mended.')
  story.at = '2026-01-01T00:02:00.000Z'
  story.measured()
  story.take('right')
  story.at = '2026-01-01T00:03:00.000Z'
  story.review({ verdict: 'changes', summary: 'No.', findings: [] })
  story.end('right')
  const { deps, lines } = played({
    play: tell => {
      for (const event of story.events) tell([event], fold(story.events.slice(0, event.seq + 1)))
    },
  })
  expect(await runPair(OPTIONS, deps)).toBe(3)
  const told = lines.filter(line => /^\d\d:/.test(line))
  const times = told.map(line => line.slice(0, 8))
  expect(times).toEqual([...times].sort())
  expect(told.filter(line => line.includes('(driver)') && /works|Mended/.test(line))).toEqual([
    '00:00:00  Claude Code (driver) works',
    '00:01:00  Claude Code (driver): 1m00s\n          Mended.',
  ])
})

test('interrupted at a question: the human has ended it', async () => {
  let stop = (): void => undefined
  const { deps, commands } = played(
    { play: tell => setImmediate(tell, [asks('one')]) },
    {
      onInterrupt: listener => {
        stop = listener
        return () => undefined
      },
      ask: async () => {
        stop()
        return null
      },
    },
  )
  expect(await runPair({ ...OPTIONS, json: true }, deps)).toBe(4)
  expect(commands).toEqual([{ type: 'end' }])
})
