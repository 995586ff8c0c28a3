/**
 * Between the seconds of a recording, which stand still while a pair is closed, and the time of day that its journal
 * tells. Both come from the same clock in milliseconds, so the way between them is exact. Moments are in
 * milliseconds since 1970.
 */
import { runBegan } from '../terminal/keyframe'

/** From here on, and until the next anchor, one second is one second. */
export interface Anchor {
  readonly seconds: number
  readonly at: number
}

export interface LabelledSecond {
  readonly label: string
  readonly seconds: number
}

/** Less than a millisecond, more than what adding fractions loses. */
const TINY = 0.000_4
/** The markers of a handoff are written a little after its event; more than this is another run. */
const JITTER_MS = 1_000

/**
 * @param began of the recording by its header, in whole seconds since 1970.
 * @param sent when each delivery was sent, by its id: recordings from before runs were marked have only these markers.
 */
export const anchorsOf = (
  marks: readonly LabelledSecond[],
  began: number | undefined,
  sent: ReadonlyMap<string, number>,
): readonly Anchor[] => {
  const anchors: Anchor[] = []
  let marked = false
  for (const { label, seconds } of marks) {
    const run = runBegan(label)
    const at = Number.isNaN(run) ? sent.get(label) : run
    const last = anchors.at(-1)
    if (at === undefined) continue
    if (Number.isNaN(run)) {
      if (marked || (last && Math.abs(offsetOf({ seconds, at }) - offsetOf(last)) < JITTER_MS)) continue
    } else marked = true
    if (!last || at >= last.at) anchors.push({ seconds, at })
  }
  return withBegin(anchors, began)
}

const offsetOf = ({ seconds, at }: Anchor): number => at - seconds * 1000

/** The header tells the second in which the recording began; the first anchor, if it is of that run, where in it. */
const withBegin = (anchors: readonly Anchor[], began: number | undefined): readonly Anchor[] => {
  const [first] = anchors
  if (first?.seconds === 0) return anchors
  if (began === undefined) return first ? [{ seconds: 0, at: Math.round(offsetOf(first)) }, ...anchors] : []
  const guess = first ? Math.round(offsetOf(first)) : began * 1000
  const at = Math.abs(guess - began * 1000) <= JITTER_MS ? guess : began * 1000
  return [{ seconds: 0, at }, ...anchors]
}

const lastIndex = (anchors: readonly Anchor[], fits: (anchor: Anchor) => boolean): number => {
  let found = -1
  while (found + 1 < anchors.length && fits(anchors[found + 1] as Anchor)) found += 1
  return found
}

/** Everything up to these seconds had happened at `at`; 0 before the recording began. */
export const secondsAt = (anchors: readonly Anchor[], at: number): number => {
  const index = lastIndex(anchors, anchor => anchor.at <= at)
  const anchor = anchors[index]
  if (!anchor) return 0
  const seconds = anchor.seconds + (at - anchor.at) / 1000 + TINY
  const next = anchors[index + 1]
  return next ? Math.min(seconds, next.seconds - TINY) : seconds
}

/** The moment of an event at these seconds. */
export const momentOf = (anchors: readonly Anchor[], seconds: number): number => {
  const anchor = anchors[lastIndex(anchors, each => each.seconds <= seconds + TINY)]
  return anchor ? Math.round(anchor.at + (seconds - anchor.seconds) * 1000) : 0
}

/** When each run began and ended. `end`: the seconds at which the recording ends. */
export const runsOf = (
  anchors: readonly Anchor[],
  end: number,
): readonly { readonly from: number; readonly to: number }[] =>
  anchors.map(({ seconds, at }, index) => {
    const until = anchors[index + 1]?.seconds ?? end
    return { from: at, to: Math.round(at + Math.max(0, until - seconds) * 1000) }
  })
