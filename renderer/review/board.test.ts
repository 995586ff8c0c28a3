import { expect, it } from 'vitest'
import { asFindingId } from '../../shared/ids'
import type { FindingRecord, JudgedFinding } from '../../shared/review/finding'
import { groupsOf, itemsOf, openOnBoard } from './board'

const record = (
  id: string,
  finding: Partial<JudgedFinding> = {},
  more: Partial<FindingRecord> = {},
): FindingRecord => ({
  finding: {
    ...{ id: asFindingId(id), severity: 'minor', file: 'a.js', line: 1, text: 'x', inScope: true },
    ...finding,
  },
  ...{ round: 1, at: '', raisedBy: 'right', plan: null, handoff: null, promotedAt: null },
  ...{ answer: null, ruling: null },
  ...more,
})

const dismissed = { ruling: { type: 'dismissed', reason: '', at: '' } } as const

/** `head < earlier + silenced`. */
const drawn = (records: readonly FindingRecord[]): readonly string[] =>
  itemsOf(records).map(({ record: head, earlier, silenced }) => {
    const ids = (of: readonly FindingRecord[]) => of.map(({ finding }) => finding.id).join(' ')
    return `${head.finding.id} < ${ids(earlier)} + ${ids(silenced)}`
  })

it('a finding that is said again stands once, with what was said before', () => {
  const records = [
    record('1.1'),
    record('1.2'),
    record('2.1', { repeats: asFindingId('1.1') }),
    record('3.1', { repeats: asFindingId('2.1') }),
  ]
  expect(drawn(records)).toEqual(['1.2 <  + ', '3.1 < 1.1 2.1 + '])
  expect(openOnBoard(records)).toBe(2)
})

it('what is raised again after a ruling stands with the ruling, and can still be upheld', () => {
  const records = [
    record('1.1', {}, dismissed),
    record('2.1', { repeats: asFindingId('1.1'), silenced: true }),
    record('3.1', { repeats: asFindingId('2.1'), silenced: true }),
  ]
  expect(drawn(records)).toEqual(['1.1 <  + 2.1 3.1'])
  expect(openOnBoard(records)).toBe(0)
  const [first, ...rest] = records
  const upheld = { ruling: { type: 'upheld', reason: '', at: '' } } as const
  expect(openOnBoard(first ? [{ ...first, ...upheld }, ...rest] : [])).toBe(1)
})

it('groups are in the order of what they ask of a person, findings by severity', () => {
  const answer = (kind: 'fixed' | 'rejected') => ({
    answer: { id: asFindingId('x'), answer: kind, reason: '', by: 'left', at: '' } as const,
  })
  const groups = groupsOf(
    itemsOf([
      record('1.1', {}, dismissed),
      record('1.2', {}, answer('fixed')),
      record('1.3', { inScope: false }),
      record('1.4', {}, answer('rejected')),
      record('1.5'),
      record('1.6', { severity: 'blocker' }),
    ]),
  )
  expect(groups.map(({ state, items }) => [state, ...items.map(item => item.record.finding.id)])).toEqual([
    ['open', '1.6', '1.5'],
    ['rejected', '1.4'],
    ['followUp', '1.3'],
    ['fixed', '1.2'],
    ['dismissed', '1.1'],
  ])
})
