import { expect, test } from 'vitest'
import { digits, measuredText, tableOf } from './table'

test('numbers have three digits that count', () => {
  expect([0, 0.01234, 1.005, 12.345, 123.4, 98_765].map(digits)).toEqual([
    ...['0.00', '0.012', '1.00', '12.3', '123', '98765'],
  ])
  expect(digits(null)).toBe('–')
  expect(digits(Number.NaN)).toBe('–')
})

test('columns are as wide as their widest cell', () => {
  expect(
    tableOf([
      ['a', 'bb'],
      ['≤ 1', 'c'],
    ]),
  ).toBe('a    bb\n───  ──\n≤ 1  c')
})

test('a goal that is not reached stands in the table; columns that tell nothing do not', () => {
  const text = measuredText({
    ...{
      name: 'relay',
      title: 'a handoff',
      against: 'a sync',
      goal: '',
      unit: 'ms',
      seconds: 3,
      load: [1, 2],
    },
    figures: [
      {
        ...{ what: 'alone', unit: 'ms', ours: [3, 4, 5], other: [1, 2, 3], goal: '≤ 1 ms' },
        ...{ reached: false, notes: 'slow' },
      },
    ],
  })
  expect(text).toBe(
    [
      'relay: a handoff; other: a sync (3 s, load 1.0 to 2.0)',
      'what   unit  n  ours p50  other p50  ratio  spread  goal    reached',
      '─────  ────  ─  ────────  ─────────  ─────  ──────  ──────  ───────',
      'alone  ms    3  4.00      2.00       2.00   25 %    ≤ 1 ms  NO',
      '  alone: slow',
    ].join('\n'),
  )
})
