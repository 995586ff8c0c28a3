import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../shared/journal/entry'
import { isKnown, type JournalEvent } from '../../shared/journal/line'
import { emptyTimeline, entriesOf, foldTimeline } from '../../shared/journal/timeline'
import type { SeatId } from '../../shared/pair/seat'
import { columnsOf } from '../../shared/score/faces'
import type { ScoreRow } from '../../shared/score/page'
import { inMeasures, roundSums } from '../../shared/score/rounds'
import { barLength, REST_MS, REST_PX } from '../../shared/score/scale'
import { isHandoff } from '../../shared/score/words'
import { createLayout } from './layout'

type Raw = Readonly<Record<string, unknown>>

const START = Date.parse('2026-01-01T10:00:00.000Z')
const iso = (seconds: number): string => new Date(START + seconds * 1_000).toISOString()

/** Events, each so many seconds after the one before. */
const entriesFrom = (events: readonly (readonly [number, Raw])[]): readonly Entry[] => {
  const seat = { agent: 'practice' }
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
    ...{ base: null, seats: { left: seat, right: seat }, driver: 'left', caps: { rounds: 3 } },
  }
  let at = 0
  const all = [[0, started] as const, ...events].map(([seconds, event], seq) => {
    at += seconds
    return { ...event, seq, at: iso(at) } as unknown as JournalEvent
  })
  return entriesOf(all.filter(isKnown).reduce(foldTimeline, emptyTimeline))
}

const lay = (entries: readonly Entry[], now = iso(1_000_000), width = 380): readonly ScoreRow[] =>
  createLayout(columnsOf(width))(entries, now)

const turn = (id: string, seat: SeatId): Raw => ({ type: 'turnStarted', seat, turn: id, cause: 'human' })
const over = (id: string, seat: SeatId): Raw => ({
  ...{ type: 'turnEnded', seat, turn: id, outcome: { type: 'completed' }, text: 'Done.' },
})
const handoff = (id: string, to: SeatId): Raw => ({
  ...{ type: 'deliveryQueued', id, to, kind: 'handoff', when: 'next', text: `Handoff ${id}` },
})
const steer = (id: string, to: SeatId): Raw => ({
  ...{ type: 'deliveryQueued', id, to, kind: 'steer', when: 'next', text: `Steer ${id}` },
})
const review = (verdict: string): Raw => ({
  ...{ type: 'reviewed', seat: 'right', verdict, by: 'navigator', summary: 'So.', findings: [] },
})
const note: Raw = { type: 'noticed', seat: null, text: 'Something.' }

/** Where each turn's bar lies, put together from its parts in the rows. */
const barsIn = (rows: readonly ScoreRow[], lane: SeatId) => {
  const bars: { turn: number; top: number; bottom: number; first: number; last: number; running: boolean }[] =
    []
  let top = 0
  for (const [index, row] of rows.entries()) {
    const segment = row[lane]
    const bottom = top + row.height
    const begins = top + (row.rest > 0 ? REST_PX : 0) + row.air
    if (segment?.first)
      bars.push({ turn: segment.turn, top: begins, bottom, first: index, last: index, running: false })
    const bar = bars.at(-1)
    if (segment && bar) {
      expect(segment.turn).toBe(bar.turn)
      Object.assign(bar, { bottom, last: index, running: segment.end === 'running' })
    }
    top = bottom
  }
  return bars
}

describe('a bar', () => {
  it('is as long as the scale says when nothing else happened in its turn', () => {
    for (const seconds of [1, 5, 60, 600, 2_400]) {
      const rows = lay(
        entriesFrom([
          [1, turn('t', 'left')],
          [seconds, over('t', 'left')],
        ]),
      )
      const [bar] = barsIn(rows, 'left')
      expect(bar && bar.bottom - bar.top).toBe(barLength(seconds * 1_000))
    }
  })

  it('stays readable for five seconds, for forty minutes and for a night', () => {
    const [short, long, night] = [5_000, 2_400_000, 36_000_000].map(barLength)
    expect(short).toBeGreaterThan(40)
    expect(long).toBeGreaterThan(3 * (short ?? 0))
    expect(long).toBeLessThanOrEqual(250)
    expect(night).toBeLessThanOrEqual(250)
  })

  it('runs on beside what happens in its time, and ends with it', () => {
    const rows = lay(
      entriesFrom([
        [1, turn('t', 'left')],
        [2, note],
        [2, steer('a', 'right')],
        [2, over('t', 'left')],
        [1, steer('b', 'right')],
      ]),
    )
    expect(rows.map(({ left }) => left && [left.first, left.last])).toEqual([
      null,
      [true, false],
      [false, false],
      [false, true],
      null,
    ])
  })

  it('grows while its turn runs', () => {
    const entries = entriesFrom([[1, turn('t', 'right')]])
    const lengthAt = (seconds: number) => barsIn(lay(entries, iso(1 + seconds)), 'right')[0]
    const [young, old] = [lengthAt(5), lengthAt(500)]
    expect(old && old.bottom - old.top).toBe(barLength(500_000))
    expect(young && young.bottom - young.top).toBe(barLength(5_000))
    expect(old?.running).toBe(true)
  })

  it('of a turn that failed is drawn broken', () => {
    const failed = { ...over('t', 'left'), outcome: { type: 'failed', cause: 'crash', detail: '' } }
    const rows = lay(
      entriesFrom([
        [1, turn('t', 'left')],
        [9, failed],
      ]),
    )
    expect(rows[1]?.left?.end).toBe('broken')
  })
})

it('time in which nobody works is a rest of one length, however long; work is never one', () => {
  const rests = (seconds: number) =>
    lay(
      entriesFrom([
        [1, turn('t', 'left')],
        [600, over('t', 'left')],
        [seconds, note],
      ]),
    ).map(({ rest }) => rest)
  expect(rests(REST_MS / 1_000 - 1)).toEqual([0, 0, 0])
  expect(rests(3_600)).toEqual([0, 0, 3_600_000])
  expect(rests(360_000)).toEqual([0, 0, 360_000_000])
})

it('a verdict lands once: with the next handoff of the seat that gave it, not of a later turn', () => {
  const landings = (rows: readonly ScoreRow[]) =>
    rows.flatMap(({ carried }) => (carried ? [carried.review?.verdict ?? null] : []))
  const rows = lay(
    entriesFrom([
      [1, turn('t1', 'left')],
      [5, over('t1', 'left')],
      [1, handoff('a', 'right')],
      [1, turn('t2', 'right')],
      [5, review('changes')],
      [5, over('t2', 'right')],
      [1, handoff('b', 'left')],
      [1, turn('t3', 'left')],
      [5, over('t3', 'left')],
      [1, handoff('c', 'right')],
      [1, turn('t4', 'right')],
      [5, over('t4', 'right')],
      [1, handoff('d', 'left')],
    ]),
  )
  expect(landings(rows)).toEqual([null, 'changes', null, null])
  expect(rows.filter(({ landed }) => landed).map(({ entry }) => entry.type)).toEqual(['review'])
  const alone = lay(
    entriesFrom([
      [1, turn('t', 'right')],
      [5, review('pass')],
      [5, over('t', 'right')],
    ]),
  )
  expect(alone.some(({ landed }) => landed)).toBe(false)
})

it('a verdict that is settled just after its turn stands on the bar of that turn; a later one does not', () => {
  const onBar = (seconds: number) =>
    lay(
      entriesFrom([
        [1, turn('t', 'right')],
        [60, over('t', 'right')],
        [seconds, review('changes')],
        [1, note],
      ]),
    ).map(({ right }) => right?.last ?? null)
  expect(onBar(0.2)).toEqual([null, false, true, null])
  expect(onBar(30)).toEqual([null, true, null, null])
})

it('a report that says what its turn is called is not read twice', () => {
  const reported = (summary: string) =>
    lay(
      entriesFrom([
        [1, turn('t', 'left')],
        [
          5,
          { type: 'doneReported', seat: 'left', report: { summary, planItems: [], files: [], notDone: '' } },
        ],
        [5, over('t', 'left')],
      ]),
    ).map(({ lines }) => lines)
  expect(reported('Done.')).toEqual([1, 1, 0])
  expect(reported('All of it.')).toEqual([1, 1, 1])
})

it('a round says what its turns took', () => {
  const sums = roundSums(
    entriesFrom([
      [1, turn('t1', 'left')],
      [30, over('t1', 'left')],
      [500, { type: 'roundStarted', round: 2 }],
      [1, turn('t2', 'left')],
      [
        7,
        {
          type: 'usageReported',
          seat: 'left',
          usage: { inputTokens: 900, cachedTokens: 0, outputTokens: 100 },
        },
      ],
      [3, over('t2', 'left')],
    ]),
  )
  expect([...sums.values()]).toEqual([
    { worked: 30_000, tokens: 0 },
    { worked: 10_000, tokens: 1_000 },
  ])
})

it('the line of a round stands below the handoff that ends the round before', () => {
  const entries = entriesFrom([
    [1, turn('t', 'right')],
    [1, review('changes')],
    [1, { type: 'roundStarted', round: 2 }],
    [1, handoff('a', 'left')],
    [1, { type: 'roundStarted', round: 3 }],
    [1, handoff('b', 'right')],
  ])
  expect(inMeasures(entries).map(({ seq }) => seq)).toEqual([0, 1, 2, 4, 3, 5, 6])
  expect(inMeasures(inMeasures(entries))).toEqual(inMeasures(entries))
})

const seatName = fc.constantFrom<SeatId>('left', 'right')
const anything = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), seat: seatName }),
  fc.record({ do: fc.constant('end' as const), seat: seatName }),
  fc.record({ do: fc.constant('handoff' as const), seat: seatName }),
  fc.record({
    do: fc.constantFrom('steer' as const, 'note' as const, 'review' as const, 'round' as const),
    seat: seatName,
  }),
)
type Step = typeof anything extends fc.Arbitrary<infer T> ? T : never

const eventOf = ({ do: what, seat }: Step, id: string, turns: Readonly<Record<SeatId, string>>): Raw =>
  ({
    begin: turn(id, seat),
    end: over(turns[seat], seat),
    handoff: handoff(id, seat),
    steer: steer(id, seat),
    review: review('changes'),
    round: { type: 'roundStarted', round: 2 },
    note,
  })[what]

/** Any journal: turns of both seats that overlap or not, whatever happens in and between them. */
const anyEntries = fc
  .array(fc.tuple(fc.double({ min: 0, max: 4_000, noNaN: true }), anything), { maxLength: 60 })
  .map(steps => {
    const names: Record<SeatId, string> = { left: 'none', right: 'none' }
    return entriesFrom(
      steps.map(([seconds, step], index) => {
        const id = `x${index}`
        if (step.do === 'begin') names[step.seat] = id
        return [seconds, eventOf(step, id, names)] as const
      }),
    )
  })

describe('whatever happens', () => {
  const always = (property: (entries: readonly Entry[], rows: readonly ScoreRow[]) => void) =>
    fc.assert(
      fc.property(anyEntries.map(inMeasures), entries => property(entries, lay(entries))),
      { numRuns: 300 },
    )

  it('each entry has one row, in the order of the journal, and takes room', () => {
    always((entries, rows) => {
      expect(rows.map(({ entry }) => entry)).toEqual(entries)
      for (const { face, air, height, rest } of rows) {
        expect(face).toBeGreaterThan(0)
        expect(air).toBeGreaterThanOrEqual(0)
        expect(height).toBeGreaterThanOrEqual(air + face + (rest > 0 ? REST_PX : 0))
      }
    })
  })

  it('each turn has one bar in the lane of its seat, whole, and no two in a lane overlap', () => {
    always((entries, rows) => {
      for (const lane of ['left', 'right'] as const) {
        const bars = barsIn(rows, lane)
        const turns = entries.flatMap(entry =>
          entry.type === 'turn' && entry.voice.seat === lane ? [entry.seq] : [],
        )
        expect(bars.map(bar => bar.turn)).toEqual(turns)
        for (const [index, bar] of bars.entries()) {
          expect(bar.top).toBeGreaterThanOrEqual(bars[index - 1]?.bottom ?? 0)
          const parts = rows.slice(bar.first, bar.last + 1).map(row => row[lane])
          expect(parts.map(part => part?.turn)).toEqual(parts.map(() => bar.turn))
          expect(parts.filter(part => part?.first)).toHaveLength(1)
          expect(parts.map(part => part?.last)).toEqual(parts.map((_, at) => at === parts.length - 1))
        }
      }
    })
  })

  it('no bar is shorter than the scale says', () => {
    always((entries, rows) => {
      for (const lane of ['left', 'right'] as const)
        for (const bar of barsIn(rows, lane)) {
          const at = entries.findIndex(({ seq }) => seq === bar.turn)
          const entry = entries[at]
          const next = entries.slice(at + 1).find(each => each.type === 'turn' && each.voice.seat === lane)
          if (entry?.type !== 'turn') throw new Error('a bar of no turn')
          const ends = [entry.endedAt, next?.at, iso(1_000_000)].flatMap(each =>
            each ? [Date.parse(each)] : [],
          )
          expect(bar.bottom - bar.top).toBeGreaterThanOrEqual(
            barLength(Math.min(...ends) - Date.parse(entry.at)),
          )
        }
    })
  })

  it('each handoff crosses once, and no verdict lands twice', () => {
    always((entries, rows) => {
      const handoffs = entries.filter(entry => entry.type === 'delivery' && isHandoff(entry))
      const crossings = rows.filter(({ carried, echo }) => carried !== null || echo)
      expect(crossings.map(({ entry }) => entry)).toEqual(handoffs)
      const verdicts = rows.flatMap(({ carried }) => carried?.review ?? [])
      expect(new Set(verdicts).size).toBe(verdicts.length)
      expect(rows.flatMap(({ landed, entry }) => (landed ? [entry] : []))).toEqual(verdicts)
    })
  })

  it('what was laid out before and has not changed is laid out alike', () => {
    fc.assert(
      fc.property(anyEntries, anyEntries, fc.nat(60), (one, other, cut) => {
        const again = createLayout(columnsOf(380))
        const now = iso(1_000_000)
        again(one.slice(0, cut), now)
        for (const entries of [one, one.slice(0, cut), [...one.slice(0, cut), ...other.slice(cut)], one])
          expect(again(entries, now)).toEqual(lay(entries))
      }),
      { numRuns: 200 },
    )
  })

  it('a rest is only where no bar is', () => {
    always((_, rows) => {
      for (const [index, { rest, left, right }] of rows.entries()) {
        if (rest === 0) continue
        expect(rest).toBeGreaterThanOrEqual(REST_MS)
        for (const part of [left, right]) expect(part === null || part.first).toBe(true)
        for (const lane of ['left', 'right'] as const) {
          const before = rows[index - 1]?.[lane]
          expect(before == null || before.last).toBe(true)
        }
      }
    })
  })
})
