/** Tables for people: a column as wide as its widest cell, numbers with three digits that count. */
import type { Figure } from './bench'
import { type Measured, machineLine, type Run } from './result'
import { ratioOf, summaryOf } from './samples'

const NONE = '–'

/** Three digits that count; whole numbers from 100 on. */
export const digits = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return NONE
  const size = Math.abs(value)
  if (size >= 100) return value.toFixed(0)
  if (size >= 10) return value.toFixed(1)
  return size >= 1 || size === 0 ? value.toFixed(2) : value.toPrecision(2)
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`

export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => [...(row[column] ?? '')].length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = rows
  return [line(head), line(widths.map(width => '─'.repeat(width))), ...body.map(line)].join('\n')
}

const HEAD = [
  ...['what', 'unit', 'n', 'ours p50', 'p95', 'p99', 'other p50', 'other p95', 'other p99'],
  ...['ratio', 'spread', 'goal', 'reached'],
]

/** Without the columns that tell nothing here. */
const told = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const says = (column: number) => rows.slice(1).some(row => row[column] !== NONE)
  return rows.map(row => row.filter((_, column) => says(column)))
}

const reachedWord = (reached: boolean | null): string => (reached === null ? NONE : reached ? 'yes' : 'NO')

const rowOf = ({ what, unit, ours, other, goal, reached }: Figure): readonly string[] => {
  const mine = summaryOf(ours)
  const theirs = other && summaryOf(other)
  return [
    ...[what, unit, String(mine.n), digits(mine.p50), digits(mine.p95), digits(mine.p99)],
    ...(theirs ? [theirs.p50, theirs.p95, theirs.p99] : [null, null, null]).map(digits),
    ...[
      digits(ratioOf(ours, other)),
      mine.n < 3 ? NONE : percent(mine.spread),
      goal === '' ? NONE : goal,
      reachedWord(reached),
    ],
  ]
}

export const measuredText = ({ name, title, against, figures, seconds, load }: Measured): string => {
  const notes = figures.flatMap(({ what, notes }) => (notes === undefined ? [] : [`  ${what}: ${notes}`]))
  const head = `${name}: ${title}${against === '' ? '' : `; other: ${against}`}`
  const took = `${seconds.toFixed(0)} s, load ${load[0].toFixed(1)} to ${load[1].toFixed(1)}`
  return [`${head} (${took})`, tableOf(told([HEAD, ...figures.map(rowOf)])), ...notes].join('\n')
}

export const runText = (run: Run): string =>
  [
    machineLine(run.machine),
    ...run.benches.map(measuredText),
    ...(run.broken.length === 0 ? [] : [`broken: ${run.broken.join(', ')}`]),
    ...(run.short ? ['A short run: it shows that each works; the figures mean nothing.'] : []),
  ].join('\n\n')
