/** The command line's way with what the agents ask; the engine is played. */
import { expect, test } from 'vitest'
import { asPairId, asRequestId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import { nothing } from '../../shared/pair/initial'
import type { Command } from '../../shared/pair/inputs'
import { ok } from '../../shared/result'
import type { Engine, EngineListener } from '../pair/engine'
import { runPair } from './run'

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

test('two agents that ask at once are answered one after the other, each by its own line', async () => {
  const heard: EngineListener[] = []
  const commands: Command[] = []
  const engine: Engine = {
    detect: async () => [],
    list: async () => [],
    start: async () => {
      for (const { events } of heard) {
        events?.(PAIR, [asks('one')], nothing)
        events?.(PAIR, [asks('two')], nothing)
      }
      return ok(PAIR)
    },
    read: async () => ({ ok: false, error: { message: 'not played' } }),
    live: () => undefined,
    command: async (_, given) => {
      commands.push(given)
      return ok(undefined)
    },
    close: async () => undefined,
    closeAll: async () => undefined,
    env: async () => ({}),
    pullRequestCreated: async () => ok(undefined),
    pairFolder: () => '/nowhere',
    listen: listener => {
      heard.push(listener)
      return () => undefined
    },
  }
  const lines = ['y', 'n']
  let open = 0
  const code = await runPair(
    {
      request: {
        folder: null,
        intent: 'x',
        left: { agent: 'practice' },
        right: { agent: 'practice' },
        rounds: 1,
      },
      json: true,
      onRequest: 'ask',
    },
    {
      engine,
      print: () => undefined,
      warn: () => undefined,
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
  expect(code).toBe(4)
  expect(commands.filter(({ type }) => type === 'answer')).toEqual([
    { type: 'answer', id: 'one', answer: { type: 'approval', choice: 'allow' } },
    { type: 'answer', id: 'two', answer: { type: 'approval', choice: 'deny' } },
  ])
})

let stop = (): void => undefined
