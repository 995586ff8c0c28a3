import { describe, expect, it } from 'vitest'
import { isKnown, type JournalEvent } from '../../shared/journal/line'
import { emptyTimeline, entriesOf, foldTimeline } from '../../shared/journal/timeline'
import type { PlanItem } from '../../shared/review/plan'
import { draftOf, itemsOf, moved, withNew, without } from './plan-draft'
import { planCounts, planSteps, servedBy } from './plan-story'

const item = (id: string, text = `do ${id}`, files: readonly string[] = []): PlanItem => ({
  id,
  text,
  why: `because ${id}`,
  files,
})
const plan = [item('1', 'one', ['a.ts', 'b.ts']), item('2'), item('7')]

describe('a plan that is edited', () => {
  it('comes back as it was when nothing is done to it', () => {
    expect(itemsOf(draftOf(plan))).toEqual(plan)
  })

  it('reads files as typed, without blanks and doubles', () => {
    const [first] = draftOf(plan)
    expect(first && itemsOf([{ ...first, files: ' a.ts,, b.ts\n a.ts ' }])[0]?.files).toEqual([
      'a.ts',
      'b.ts',
    ])
  })

  it('never gives a new item the id of another, nor that of one just taken out', () => {
    const draft = without(draftOf(plan), 2)
    const added = withNew(withNew(draft, plan), plan)
    expect(added.map(({ id }) => id)).toEqual(['1', '2', '8', '9'])
    expect(new Set(added.map(({ key }) => key)).size).toBe(4)
    expect(withNew([], []).map(({ id }) => id)).toEqual(['1'])
  })

  it('moves items, and not past an end', () => {
    const ids = (draft: readonly { id: string }[]) => draft.map(({ id }) => id).join(' ')
    const draft = draftOf(plan)
    expect(ids(moved(draft, 2, -1))).toBe('1 7 2')
    expect(ids(moved(draft, 0, 1))).toBe('2 1 7')
    expect(ids(moved(draft, 0, -1))).toBe('1 2 7')
    expect(ids(moved(draft, 2, 1))).toBe('1 2 7')
  })
})

const started = {
  ...{ type: 'pairStarted', pair: 'p', salt: 's', intent: 'Mend it', folder: '/f', branch: null, git: true },
  ...{ base: null, driver: 'left', caps: { rounds: 3 } },
  seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
}
const entriesFrom = (...events: Record<string, unknown>[]) =>
  entriesOf(
    [started, ...events]
      .map(
        (event, seq) => ({ ...event, seq, at: `2026-01-01T10:00:0${seq}.000Z` }) as unknown as JournalEvent,
      )
      .filter(isKnown)
      .reduce(foldTimeline, emptyTimeline),
  )
const proposed = (version: number, seat: string | null, items: readonly PlanItem[], reason = '') => ({
  ...{ type: 'planProposed', seat, version, items, reason },
})
const reviewed = (plan: number | undefined, verdict: string) => ({
  ...{ type: 'reviewed', seat: 'right', verdict, by: 'navigator', summary: '', findings: [] },
  ...(plan === undefined ? {} : { plan }),
})
const report = (...planItems: string[]) => ({
  type: 'doneReported',
  seat: 'left',
  report: { summary: 's', planItems, files: [], notDone: '' },
})

describe('the story of a plan', () => {
  const entries = entriesFrom(
    proposed(1, 'left', [item('1')]),
    reviewed(1, 'changes'),
    proposed(2, null, [item('1', 'other'), item('2')], 'Mine'),
    reviewed(2, 'pass'),
    report('1', '1'),
    reviewed(undefined, 'changes'),
    report('2', '1'),
  )

  it('puts each verdict with the version it is about', () => {
    const steps = planSteps(entries).map(({ entry, verdicts }) => [
      entry.version,
      entry.reason,
      ...verdicts.map(({ verdict }) => verdict),
    ])
    expect(steps).toEqual([
      [1, '', 'changes'],
      [2, 'Mine', 'pass'],
    ])
  })

  it('counts what differs from the version before', () => {
    expect(planSteps(entries).map(({ entry }) => planCounts(entry))).toEqual([
      { added: 1, changed: 0, removed: 0 },
      { added: 1, changed: 1, removed: 0 },
    ])
    expect(planCounts({ before: plan, items: [item('2'), item('1', 'one', ['a.ts', 'b.ts'])] })).toEqual({
      added: 0,
      changed: 1,
      removed: 1,
    })
  })

  it('names the reports that served an item, each once', () => {
    const served = servedBy(entries)
    expect([...served].map(([id, reports]) => [id, reports.length])).toEqual([
      ['1', 2],
      ['2', 1],
    ])
  })
})
