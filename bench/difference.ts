/** What changed between two runs. A change is called one only where the medians' ranges lie apart. */
import { type Machine, machineLine, type Run } from './result'
import { median, medianRange, ratioOf } from './samples'
import { digits, tableOf } from './table'

export interface Difference {
  readonly bench: string
  readonly what: string
  readonly unit: string
  readonly before: number
  readonly after: number
  /** Ours by the other's: what another machine, or other work on it, does to both is out of it. */
  readonly ratios: readonly [number, number] | null
  /** Null: within what the samples spread anyway. */
  readonly change: 'more' | 'less' | null
}

const apart = (before: readonly number[], after: readonly number[]): Difference['change'] => {
  const [low, high] = medianRange(before)
  const [nowLow, nowHigh] = medianRange(after)
  return nowLow > high ? 'more' : nowHigh < low ? 'less' : null
}

const keyed = (run: Run) =>
  new Map(
    run.benches.flatMap(({ name, figures }) =>
      figures.map(figure => [`${name}\n${figure.what}`, { bench: name, figure }] as const),
    ),
  )

export const differencesOf = (a: Run, b: Run): readonly Difference[] => {
  const now = keyed(b)
  return [...keyed(a)].flatMap(([key, { bench, figure }]) => {
    const later = now.get(key)?.figure
    if (!later) return []
    const ratios = [ratioOf(figure.ours, figure.other), ratioOf(later.ours, later.other)] as const
    const difference: Difference = {
      ...{ bench, what: figure.what, unit: figure.unit },
      ...{ before: median(figure.ours), after: median(later.ours) },
      ratios: ratios[0] === null || ratios[1] === null ? null : [ratios[0], ratios[1]],
      change: apart(figure.ours, later.ours),
    }
    return [difference]
  })
}

/** Of those in `a` that `b` has not. */
const onlyIn = (a: Run, b: Run): readonly string[] => {
  const there = keyed(b)
  return [...keyed(a)].flatMap(([key, { bench, figure }]) =>
    there.has(key) ? [] : [`${bench}: ${figure.what}`],
  )
}

const sameMachine = (a: Machine, b: Machine): boolean =>
  a.cpu === b.cpu && a.cores === b.cores && a.disk === b.disk && a.nice === b.nice

const rowOf = ({ bench, what, unit, before, after, ratios, change }: Difference): readonly string[] => {
  const by =
    before === 0 ? '–' : `${after >= before ? '+' : '−'}${digits(Math.abs(after / before - 1) * 100)} %`
  const through = ratios === null ? '–' : `${digits(ratios[0])} → ${digits(ratios[1])}`
  return [bench, what, unit, digits(before), digits(after), by, through, change ?? 'within the spread']
}

const HEAD = ['bench', 'what', 'unit', 'A p50', 'B p50', 'by', 'ratio to other', 'change']

export const differenceText = (a: Run, b: Run): string => {
  const gone = onlyIn(a, b)
  const fresh = onlyIn(b, a)
  return [
    `A  ${a.commit}, ${a.at}: ${machineLine(a.machine)}\nB  ${b.commit}, ${b.at}: ${machineLine(b.machine)}`,
    ...(sameMachine(a.machine, b.machine) ? [] : ['Not the same machine: only the ratios can be compared.']),
    ...(a.short || b.short ? ['A short run measures nothing.'] : []),
    tableOf([HEAD, ...differencesOf(a, b).map(rowOf)]),
    ...(gone.length === 0 ? [] : [`only in A: ${gone.join('; ')}`]),
    ...(fresh.length === 0 ? [] : [`only in B: ${fresh.join('; ')}`]),
  ].join('\n\n')
}
