import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PairEvent, Stamped } from '../pair/events'
import type { Diffstat } from '../pair/model'
import type { Entry } from './entry'
import {
  emptyTimeline,
  entriesOf,
  foldEvents,
  foldTimeline,
  forgetEntries,
  settledCount,
  timelineEntry,
} from './timeline'

type Loose = Record<string, unknown> & { readonly type: PairEvent['type'] | 'unknown' }
const time = (seq: number): string => new Date(Date.UTC(2026, 10, 22, 14) + seq * 1000).toISOString()
const stamp = (events: readonly Loose[]): readonly Stamped[] =>
  events.map((event, seq) => ({ ...event, seq, at: time(seq) }) as unknown as Stamped)
const fold = (events: readonly Loose[]): readonly Entry[] =>
  entriesOf(stamp(events).reduce(foldTimeline, emptyTimeline))

const begin: Loose = {
  type: 'pairStarted',
  pair: 'p',
  salt: '7c1e',
  intent: 'Fix the retry',
  folder: '/home/ada/app',
  branch: 'main',
  git: true,
  base: null,
  seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  driver: 'left',
  caps: { rounds: 3 },
}
const queued = (id: string, to: string, kind: string, when = 'next'): Loose => ({
  type: 'deliveryQueued',
  id,
  to,
  kind,
  when,
  text: `text of ${id}`,
})
const usage = (seat: string, inputTokens: number, cachedTokens: number, outputTokens: number): Loose => ({
  type: 'usageReported',
  seat,
  usage: { inputTokens, cachedTokens, outputTokens },
})
const diffstat: Diffstat = {
  fileCount: 1,
  added: 8,
  removed: 2,
  files: [{ path: 'a', added: 8, removed: 2 }],
}
const measure = { diffstat, target: { base: 'b', tree: 't' }, note: '' }
const claude = { seat: 'left', role: 'driver', agent: 'claude' }
const codex = { seat: 'right', role: 'navigator', agent: 'codex' }

describe('the timeline', () => {
  it('tells a round whole: deliveries with their trail, turns with tokens and measure, the review', () => {
    const events: readonly Loose[] = [
      begin,
      queued('d1', 'left', 'opening'),
      { type: 'deliverySending', id: 'd1', carries: [], mode: 'launch' },
      { type: 'deliveryAccepted', id: 'd1', via: 'hook' },
      { type: 'turnStarted', seat: 'left', turn: 't1', cause: { delivery: 'd1' } },
      { type: 'said', seat: 'left', turn: 't1', text: 'Looking.' },
      usage('left', 1000, 800, 50),
      { type: 'said', seat: 'left', turn: 't1', text: 'Done.' },
      { type: 'turnEnded', seat: 'left', turn: 't1', outcome: { type: 'completed' }, text: 'Done.' },
      { type: 'handingOver', turn: 't1' },
      usage('left', 1500, 1200, 80),
      { type: 'turnMeasured', turn: 't1', measure },
      queued('d2', 'right', 'handoff'),
      queued('d3', 'right', 'steer'),
      { type: 'deliveryEdited', id: 'd2', text: 'edited' },
      { type: 'deliverySending', id: 'd2', carries: ['d3'], mode: 'message' },
      { type: 'deliveryReturned', id: 'd2', why: 'lost' },
      { type: 'deliverySending', id: 'd2', carries: ['d3'], mode: 'message' },
      { type: 'deliveryAccepted', id: 'd2', via: 'queue' },
      { type: 'turnStarted', seat: 'right', turn: 't2', cause: { delivery: 'd2' } },
      { type: 'turnEnded', seat: 'right', turn: 't2', outcome: { type: 'completed' }, text: 'Fine.' },
      { type: 'reviewed', seat: 'right', verdict: 'pass', by: 'navigator', summary: 'ok', findings: [] },
      { type: 'ended', reason: 'passed', detail: '' },
    ]
    const base = (seq: number) => ({ seq, at: time(seq), round: 1 })
    expect(fold(events)).toEqual([
      { ...base(0), type: 'intent', text: 'Fix the retry', folder: '/home/ada/app', branch: 'main' },
      {
        ...base(1),
        type: 'delivery',
        id: 'd1',
        kind: 'opening',
        when: 'next',
        from: 'human',
        to: claude,
        text: 'text of d1',
        original: null,
        status: 'answered',
        detail: '',
        carriedBy: null,
        trail: { queued: time(1), sending: time(2), accepted: time(3), answered: time(8), dropped: null },
        measure: null,
      },
      {
        ...base(4),
        type: 'turn',
        voice: claude,
        turn: 't1',
        cause: { delivery: 'd1' },
        endedAt: time(8),
        outcome: { type: 'completed' },
        said: ['Looking.'],
        text: 'Done.',
        measure,
        tokens: 250 + 130,
      },
      {
        ...base(12),
        type: 'delivery',
        id: 'd2',
        kind: 'handoff',
        when: 'next',
        from: claude,
        to: codex,
        text: 'edited',
        original: 'text of d2',
        status: 'answered',
        detail: '',
        carriedBy: null,
        trail: { queued: time(12), sending: time(17), accepted: time(18), answered: time(20), dropped: null },
        measure,
      },
      {
        ...base(13),
        type: 'delivery',
        id: 'd3',
        kind: 'steer',
        when: 'next',
        from: 'human',
        to: codex,
        text: 'text of d3',
        original: null,
        status: 'answered',
        detail: '',
        carriedBy: 'd2',
        trail: { queued: time(13), sending: time(17), accepted: time(18), answered: time(20), dropped: null },
        measure: null,
      },
      {
        ...base(19),
        type: 'turn',
        voice: codex,
        turn: 't2',
        cause: { delivery: 'd2' },
        endedAt: time(20),
        outcome: { type: 'completed' },
        said: [],
        text: 'Fine.',
        measure: null,
        tokens: null,
      },
      {
        ...base(21),
        type: 'review',
        voice: codex,
        verdict: 'pass',
        by: 'navigator',
        summary: 'ok',
        findings: [],
        plan: null,
        matches: [],
        verdicts: null,
        nothingNew: false,
      },
      { ...base(22), type: 'ended', reason: 'passed', detail: '' },
    ])
  })

  it('gives everyone the role they had then', () => {
    const entries = fold([
      begin,
      { type: 'noticed', seat: 'left', text: 'before' },
      { type: 'roundStarted', round: 2 },
      { type: 'rolesSwapped', driver: 'right' },
      { type: 'noticed', seat: 'left', text: 'after' },
    ])
    const driver = { ...codex, role: 'driver' }
    const navigator = { ...claude, role: 'navigator' }
    expect(entries.slice(1)).toEqual([
      { seq: 1, at: time(1), round: 1, type: 'notice', voice: claude, text: 'before' },
      { seq: 2, at: time(2), round: 2, type: 'round' },
      { seq: 3, at: time(3), round: 2, type: 'swap', driver, navigator },
      { seq: 4, at: time(4), round: 2, type: 'notice', voice: navigator, text: 'after' },
    ])
  })

  it('closes what can no longer close by itself', () => {
    const request = { type: 'approval', id: 'r1', title: 'Run', body: 'ls', reason: '', choices: [] }
    const entries = fold([
      begin,
      queued('d1', 'left', 'opening'),
      { type: 'turnStarted', seat: 'left', turn: 't1', cause: 'human' },
      { type: 'requestOpened', seat: 'left', request },
      { type: 'seatExited', seat: 'left', code: null, signal: 'SIGKILL', resumable: true },
      { type: 'held', why: { type: 'paused' } },
      { type: 'ended', reason: 'human', detail: '' },
    ])
    const detail = 'Its program ended (SIGKILL).'
    expect(entries).toMatchObject([
      { type: 'intent' },
      { status: 'dropped', detail: 'The pair ended.', trail: { dropped: time(6) } },
      { type: 'turn', endedAt: time(4), outcome: { type: 'failed', cause: 'crash', detail } },
      { type: 'request', closedAt: time(4), by: 'agent', summary: 'Not answered: its program ended.' },
      { type: 'seat', text: detail, tone: 'trouble' },
      { type: 'hold', releasedAt: time(6) },
      { type: 'ended' },
    ])
    expect(settledCount(stamp([begin]).reduce(foldTimeline, emptyTimeline))).toBe(1)
  })

  it('counts tokens of each session, never twice what is told again, and shows events of newer versions', () => {
    const turn = (id: string): Loose => ({ type: 'turnStarted', seat: 'left', turn: id, cause: 'human' })
    const ready = (session: string): Loose => ({
      type: 'seatReady',
      seat: 'left',
      session,
      version: '1',
      model: null,
    })
    const unknown: Loose = { type: 'unknown', name: 'proofRun', raw: '{}' }
    const entries = fold([
      begin,
      turn('t1'),
      ready('a'),
      usage('left', 100, 0, 10),
      turn('t2'),
      ready('b'),
      usage('left', 5, 0, 1),
      ready('a'),
      usage('left', 100, 0, 10),
      usage('left', 60, 0, 10),
      usage('left', 100, 0, 12),
      unknown,
    ])
    expect(entries.slice(1).filter(({ type }) => type !== 'seat')).toMatchObject([
      { tokens: 110 },
      { tokens: 8 },
      { type: 'unknown', name: 'proofRun' },
    ])
  })

  /** Short ids, so that events meet; every shape that a decoded journal can hold, in any order. */
  const id = fc.constantFrom('x', 'y', 'z')
  const seat = fc.constantFrom('left', 'right')
  const why = fc.oneof(
    fc.constant({ type: 'paused' }),
    fc.record({ type: fc.constantFrom('interrupted', 'unclear'), seat }),
  )
  const anyEvent = fc.oneof(
    fc.constant(begin),
    fc.record({ type: fc.constantFrom('pairReopened', 'stepAllowed', 'swapRequested', 'swapWithdrawn') }),
    fc
      .record({ id, to: seat, kind: fc.constantFrom('opening', 'handoff', 'steer', 'reminder') })
      .map(({ id: name, to, kind }) => queued(name, to, kind)),
    fc.record({
      type: fc.constant('deliverySending'),
      id,
      carries: fc.array(id),
      mode: fc.constant('message'),
    }),
    fc.record({ type: fc.constant('deliveryAccepted'), id, via: id }),
    fc.record({ type: fc.constant('deliveryReturned'), id, why: id }),
    fc.record({ type: fc.constant('deliveryDropped'), id, why: id }),
    fc.record({ type: fc.constant('deliveryEdited'), id, text: id }),
    fc.record({ type: fc.constant('turnStarted'), seat, turn: id, cause: fc.constant('human') }),
    fc.record({ type: fc.constant('said'), seat, turn: id, text: id }),
    fc.record({
      type: fc.constant('turnEnded'),
      seat,
      turn: id,
      outcome: fc.constant({ type: 'completed' }),
      text: id,
    }),
    fc.record({ type: fc.constant('turnMeasured'), turn: id, measure: fc.constant(measure) }),
    fc.record({
      type: fc.constant('requestOpened'),
      seat,
      request: fc.record({ type: fc.constant('question'), id, questions: fc.constant([]) }),
    }),
    fc.record({ type: fc.constant('requestClosed'), id, by: fc.constant('agent'), summary: id }),
    fc.record({ type: fc.constant('held'), why }),
    fc.record({ type: fc.constant('released'), why: fc.constantFrom('paused', 'interrupted', 'unclear') }),
    fc.record({ type: fc.constant('rolesSwapped'), driver: seat }),
    fc.record({ type: fc.constant('roundStarted'), round: fc.nat(9) }),
    fc.record({
      type: fc.constant('seatExited'),
      seat,
      code: fc.constant(0),
      signal: fc.constant(null),
      resumable: fc.boolean(),
    }),
    fc.record({ type: fc.constant('ended'), reason: fc.constant('human'), detail: id }),
  ) as fc.Arbitrary<Loose>

  it('takes any order of events; entries stay in order; what is settled never changes; no version is spoilt', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), events => {
        let timeline = emptyTimeline
        const settled: Entry[] = []
        const versions: (readonly [typeof timeline, string])[] = []
        for (const event of stamp(events)) {
          timeline = foldTimeline(timeline, event)
          const entries = entriesOf(timeline)
          versions.push([timeline, JSON.stringify(entries)])
          for (let at = settled.length; at < settledCount(timeline); at += 1) {
            const entry = entries[at]
            if (entry) settled.push(entry)
          }
        }
        const entries = entriesOf(timeline)
        expect(entries.slice(0, settled.length)).toEqual(settled)
        const order = entries.map(({ seq }) => seq)
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
        const half = events.length >> 1
        const atHalf = versions[half - 1]?.[0] ?? emptyTimeline
        expect(foldEvents(atHalf, stamp(events).slice(half))).toEqual(timeline)
        for (const [version, before] of versions) expect(JSON.stringify(entriesOf(version))).toBe(before)
      }),
    )
  })

  it('folds a hundred thousand events and can forget what was written', () => {
    const kinds: readonly Loose[] = [
      { type: 'noticed', seat: null, text: 'a' },
      { type: 'turnStarted', seat: 'left', turn: 't', cause: 'human' },
      { type: 'said', seat: 'left', turn: 't', text: 'b' },
      queued('d', 'right', 'handoff'),
      { type: 'deliveryDropped', id: 'd', why: '' },
    ]
    const events = Array.from({ length: 100_000 }, (_, seq): Loose => {
      const kind = kinds[seq % kinds.length] ?? begin
      return 'turn' in kind ? { ...kind, turn: `t${Math.floor(seq / kinds.length)}` } : kind
    })
    const timeline = stamp(events).reduce(foldTimeline, emptyTimeline)
    expect(entriesOf(timeline).length).toBe(60_000)
    const light = forgetEntries(timeline, 59_990)
    expect([timelineEntry(light, 5), timelineEntry(light, 59_999)?.type]).toEqual([undefined, 'delivery'])
    expect(light.entries.length).toBe(60_000)
  })
})
