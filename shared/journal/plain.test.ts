import { expect, it } from 'vitest'
import { asTurnId } from '../ids'
import type { Entry } from './entry'
import { plainLine } from './plain'

const turn: Extract<Entry, { type: 'turn' }> = {
  seq: 1,
  at: '2026-11-22T14:02:11.031Z',
  round: 1,
  type: 'turn',
  voice: { seat: 'left', role: 'driver', agent: 'claude' },
  turn: asTurnId('t1'),
  cause: 'human',
  endedAt: '2026-11-23T15:03:12.031Z',
  outcome: { type: 'completed' },
  said: [],
  text: 'first\u001b[31m\nlast\u0007',
  measure: null,
  tokens: 24_400,
}

it('tells a turn when it begins and when it ends, without control bytes', () => {
  expect(plainLine({ ...turn, endedAt: null })).toBe('14:02:11  Claude Code (driver) works')
  expect(plainLine(turn)).toBe(
    '15:03:12  Claude Code (driver): 25h01m · 24k tok\n          first\n          last',
  )
})

it('shows the beginning of a long message and says how much is left', () => {
  const text = Array.from({ length: 15 }, (_, at) => `line ${at}`).join('\n')
  const lines = plainLine({ ...turn, text }).split('\n')
  expect([lines.length, lines.at(-1)]).toEqual([14, '          … 3 more lines'])
})

it('tells a proof when it ends, and of one that failed the end of its output', () => {
  const tail = `${Array.from({ length: 15 }, (_, at) => `line ${at}`).join('\n')}\n`
  const proof = (code: number | null): Entry => ({
    seq: 1,
    at: '2026-11-22T14:02:11.031Z',
    round: 1,
    type: 'proof',
    run: 1,
    by: 'report',
    command: 'npm test',
    endedAt: code === null ? null : '2026-11-22T14:03:21.031Z',
    result:
      code === null
        ? null
        : {
            outcome: { type: 'exited', code },
            durationMs: 70_000,
            tail,
            bytes: 1,
            tree: 'c1',
            changed: false,
          },
    sentBack: 0,
  })
  expect(plainLine(proof(null))).toBe('14:02:11  Proof: npm test runs')
  expect(plainLine(proof(0))).toBe('14:03:21  Proof: npm test passed · 1m10s')
  const failed = plainLine(proof(1)).split('\n')
  expect([failed.length, failed[0], failed.at(-1)]).toEqual([
    13,
    '14:03:21  Proof: npm test exit 1 · 1m10s',
    '          line 14',
  ])
})
