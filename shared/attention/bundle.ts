/**
 * Notices shown together. The first is shown at once; what follows closely is gathered for a moment and shown as one
 * that tells how many wait and takes the place of the first. Each notice is told once, within `GATHER_MS`; what is
 * settled before it was told is not told, and what is settled counts for nothing any more. Pure: time comes in.
 */
import { ENDED, type Notice } from './notice'

/** A notice of a pair. */
export interface Told extends Notice {
  readonly pair: string
  /** The first line of the pair's intent. */
  readonly intent: string
}

/** How long what follows is gathered, in milliseconds: well within the second in which a human is to be told. */
export const GATHER_MS = 600
/** What comes this long after the last one was shown, in milliseconds, is news of its own. */
export const TOGETHER_MS = 5_000

export interface Bundles {
  /** Shown together last, and waiting still. */
  readonly shown: readonly Told[]
  /** When something was shown last, in milliseconds of any clock. */
  readonly shownAt: number
  readonly gathered: readonly Told[]
}

export const noBundles: Bundles = { shown: [], shownAt: Number.NEGATIVE_INFINITY, gathered: [] }

export interface Step {
  readonly bundles: Bundles
  /** To be shown now in place of what was shown last when `replaces`; null: nothing. */
  readonly show: { readonly told: readonly Told[]; readonly replaces: boolean } | null
}

const shownWith = (told: readonly Told[], replaces: boolean, at: number): Step => ({
  bundles: { shown: told, shownAt: at, gathered: [] },
  show: { told, replaces },
})

/** Told anew, since the answer did not arrive or its limit is over, it waits once all the same. */
const without = (told: readonly Told[], anew: readonly Told[]): readonly Told[] =>
  told.filter(({ pair, key }) => !anew.some(each => each.pair === pair && each.key === key))

/** While something is gathered, `gather` must follow after `GATHER_MS`. */
export const raise = (bundles: Bundles, notice: Told, at: number): Step => {
  const { shown, shownAt } = bundles
  const others = without(shown, [notice])
  const gathered = without(bundles.gathered, [notice])
  const alone = others.length === 0 || at - shownAt >= TOGETHER_MS
  if (alone && gathered.length === 0) return shownWith([notice], others.length === 0 && shown.length > 0, at)
  return { bundles: { shown, shownAt, gathered: [...gathered, notice] }, show: null }
}

export const gather = (bundles: Bundles, at: number): Step => {
  const { shown, gathered } = bundles
  if (gathered.length === 0) return { bundles, show: null }
  return shownWith([...without(shown, gathered), ...gathered], shown.length > 0, at)
}

/** Forgets what waits no more. */
export const settle = (bundles: Bundles, waits: (told: Told) => boolean): Bundles => ({
  ...bundles,
  shown: bundles.shown.filter(waits),
  gathered: bundles.gathered.filter(waits),
})

/** More lines would not be read in a notification. */
const MAX_LINES = 4

/** What a notification says: one notice in its own words, or how many there are and which. */
export const bundleWords = (told: readonly Told[]): { readonly title: string; readonly body: string } => {
  const [first] = told
  if (first && told.length === 1) return { title: first.title, body: first.body }
  const manyPairs = new Set(told.map(({ pair }) => pair)).size > 1
  const lines = told.map(({ title, intent }) => (manyPairs ? `${title} · ${intent}` : title))
  const more = lines.length - MAX_LINES
  const ended = told.every(({ key }) => key === ENDED)
  return {
    title: ended ? `${told.length} pairs have ended` : `${told.length} things wait for you`,
    body: [...lines.slice(0, MAX_LINES), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
  }
}
