import { expect, test } from 'vitest'
import type { Figure } from './bench'
import { differencesOf, differenceText } from './difference'
import type { Run } from './result'

const figure = (
  what: string,
  ours: readonly number[],
  other: readonly number[] | null,
  unit = 'ms',
): Figure => ({
  ...{ what, unit, ours, other, goal: '', reached: null },
})

const run = (commit: string, figures: readonly Figure[]): Run => ({
  ...{ at: '2026-01-01T00:00:00.000Z', commit, short: false, rounds: 5, broken: [] },
  machine: {
    ...{ cpu: 'c', cores: 2, memoryGb: 8, os: 'Linux', disk: 'ext4', node: '20', electron: '45', load: 0 },
    nice: 0,
  },
  benches: [
    {
      ...{ name: 'relay', title: 't', against: 'a', goal: '', unit: 'ms', seconds: 1, load: [0, 0] },
      figures,
    },
  ],
})

const around = (middle: number): readonly number[] => Array.from({ length: 21 }, (_, at) => middle + at - 10)

test('a change is one only where the medians’ ranges lie apart', () => {
  const before = run('a', [figure('moved', around(100), around(50)), figure('noisy', around(100), null)])
  const after = run('b', [figure('moved', around(150), around(50)), figure('noisy', around(103), null)])
  const same = { bench: 'relay', unit: 'ms', before: 100 }
  expect(differencesOf(before, after)).toEqual([
    { ...same, what: 'moved', after: 150, ratios: [2, 3], change: 'more' },
    { ...same, what: 'noisy', after: 103, ratios: null, change: null },
  ])
  expect(differencesOf(after, before)[0]).toMatchObject({ change: 'less', ratios: [3, 2] })
})

test('what stands in one run alone is named, and so is another machine', () => {
  const before = run('a', [figure('kept', [1], null), figure('gone', [1], null)])
  const after = run('b', [figure('kept', [1], null), figure('fresh', [1], null)])
  const text = differenceText(before, { ...after, machine: { ...after.machine, cores: 64 } })
  expect(text).toContain('only in A: relay: gone')
  expect(text).toContain('only in B: relay: fresh')
  expect(text).toContain('Not the same machine')
  expect(differenceText(before, after)).not.toContain('Not the same machine')
})
