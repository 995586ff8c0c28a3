import { expect, it } from 'vitest'
import { isKnown, type JournalEvent } from '../../shared/journal/line'
import { emptyTimeline, entriesOf, foldTimeline } from '../../shared/journal/timeline'
import { tails } from './tails'
import { echoes, sentence } from './words'

/** Events as a journal holds them, one second apart. */
const rowsOf = (...events: Record<string, unknown>[]) => {
  const seats = { left: { agent: 'practice' }, right: { agent: 'practice' } }
  const started = {
    ...{
      type: 'pairStarted',
      pair: 'p',
      salt: 's',
      intent: 'Mend it',
      folder: '/f',
      branch: null,
      git: true,
    },
    ...{ base: null, seats, driver: 'left', caps: { rounds: 3 } },
  }
  const all = [started, ...events].map(
    (event, seq) => ({ ...event, seq, at: `2026-01-01T10:00:0${seq}.000Z` }) as unknown as JournalEvent,
  )
  return entriesOf(all.filter(isKnown).reduce(foldTimeline, emptyTimeline))
}

const ready = { type: 'seatReady', seat: 'right', session: 'a-long-id', version: '0.1.0', model: null }
const turn = { type: 'turnStarted', seat: 'left', turn: 't', cause: 'human' }
const ended = { type: 'turnEnded', seat: 'left', turn: 't', outcome: { type: 'completed' }, text: 'Done.' }
const steer = (id: string, to: string) => ({
  ...{ type: 'deliveryQueued', id, to, kind: 'steer', when: 'next', text: 'Keep the API.' },
})

it('a turn’s bar runs on beside what happens in its time, and ends with it', () => {
  const during = tails(rowsOf(turn, ready, steer('a', 'right'), ended, steer('b', 'right')))
  expect(during).toEqual(['', 'left-driver left-on', 'left-driver', 'left-driver left-last', ''])
})

it('a turn in which nothing else happened has no more than its own bar', () => {
  expect(tails(rowsOf(turn, ended, ready))).toEqual(['', '', ''])
})

it('what is said to both seats is read once', () => {
  const rows = rowsOf(steer('a', 'left'), steer('b', 'right'), steer('c', 'right'))
  expect(echoes(rows)).toEqual([false, false, true, false])
})

it('a seat that is ready is one quiet line, without its session', () => {
  expect(rowsOf(ready).map(sentence).at(-1)).toBe('Practice agent 0.1.0 ready')
})
