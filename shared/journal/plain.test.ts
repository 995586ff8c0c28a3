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
