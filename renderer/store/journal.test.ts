import { expect, it } from 'vitest'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import { readBytes } from './journal'

const notice = (seq: number, text: string): Stamped => ({
  ...{ seq, at: '2026-01-01T10:00:00.000Z', type: 'noticed' },
  ...{ seat: null, text },
})
const bytesOf = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join(''))

it('reads a journal longer than what is decoded at once, with characters on the border', () => {
  // Three bytes each: no piece of any even size ends between two of them.
  const events = Array.from({ length: 40 }, (_, seq) => notice(seq, '語'.repeat(100_001)))
  const { events: read, damage } = readBytes(bytesOf(...events.map(event => encodeLine(event))))
  expect(damage).toEqual([])
  expect(read).toEqual(events)
})

it('tells what cannot be read, and leaves out a decision that was cut short', () => {
  const whole = bytesOf(encodeLine(notice(0, 'a')), 'nonsense\n', encodeLine(notice(2, 'c')))
  expect(readBytes(whole)).toEqual({
    events: [notice(0, 'a'), notice(2, 'c')],
    damage: ['line 2 is unreadable (not JSON)'],
  })
  expect(readBytes(bytesOf(encodeLine(notice(0, 'a')), encodeLine(notice(1, 'b'), 1)))).toEqual({
    events: [notice(0, 'a')],
    damage: ['the last write was cut short and was left out'],
  })
  expect(readBytes(bytesOf(encodeLine(notice(0, 'a')), '{"v":1,'))).toEqual({
    events: [notice(0, 'a')],
    damage: ['the last line was cut short and was left out'],
  })
  expect(readBytes(bytesOf())).toEqual({ events: [], damage: [] })
})
