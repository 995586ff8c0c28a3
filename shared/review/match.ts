/**
 * Whether two reviewers found the same thing. Judged by file, line and words, never by severity or ids, and without
 * regard to who is `a`: the mirror of a match is the match of the mirror. Two different known files never match.
 */
import type { Finding } from './finding'
import { kindsOf } from './match-kinds'
import { likeness, sameMould, sequence, type Words, wordsOf } from './match-words'
import { normalPath } from './path'

export interface Match {
  readonly a: Finding
  readonly b: Finding
  /** 0..1; 1: the same file, line and words. */
  readonly score: number
  /** For people: "same file, lines 40 and 42, 58 % of the words alike". */
  readonly why: string
}

export interface Matched {
  readonly pairs: readonly Match[]
  readonly onlyA: readonly Finding[]
  readonly onlyB: readonly Finding[]
}

/** A finding prepared once, not once for each pair. */
interface Read {
  readonly finding: Finding
  readonly index: number
  readonly file: string
  readonly plain: string
  readonly sequence: readonly string[]
  readonly words: Words
  readonly kinds: ReadonlySet<string>
}

const read = (finding: Finding, index: number): Read => {
  const file = normalPath(finding.file)
  const plain = finding.text.toLowerCase().replace(/\s+/g, ' ').trim()
  return {
    finding,
    index,
    file,
    plain,
    words: wordsOf(finding.text, file),
    sequence: sequence(plain),
    kinds: kindsOf(finding.text),
  }
}

/**
 * One is the other seen from a folder above: a monorepo's package, or a workspace named in the path. A bare name is the
 * root's file: `package.json` is not `pkg/package.json`.
 */
const sameFile = (a: string, b: string): boolean =>
  a === b || (b.includes('/') && a.endsWith(`/${b}`)) || (a.includes('/') && b.endsWith(`/${a}`))

/** How much of the words must agree, by how sure the place is. Set on the tuning half of the labelled pairs. */
const NEEDED = { near: 0.24, nearby: 0.26, unknownLine: 0.3, far: 0.36, unknownFile: 0.38 }
const NEAR_LINES = 3
const NEARBY_LINES = 15

type Place = keyof typeof NEEDED

/** Two different known files: whatever the words say. */
const apart = (a: string, b: string): boolean => a !== '' && b !== '' && !sameFile(a, b)

const placeOf = (a: Read, b: Read): Place | null => {
  if (a.file === '' || b.file === '') return a.file === b.file ? 'unknownLine' : 'unknownFile'
  if (apart(a.file, b.file)) return null
  const [x, y] = [a.finding.line, b.finding.line]
  if (x <= 0 || y <= 0) return 'unknownLine'
  const distance = Math.abs(x - y)
  if (distance <= NEAR_LINES) return 'near'
  return distance <= NEARBY_LINES ? 'nearby' : 'far'
}

const why = (a: Read, b: Read, words: number): string => {
  const [x, y] = [a.finding.line, b.finding.line]
  const file =
    a.file === '' && b.file === ''
      ? 'no file'
      : a.file === '' || b.file === ''
        ? 'file named by one'
        : 'same file'
  const lines = x <= 0 || y <= 0 ? [] : [x === y ? `line ${x}` : `lines ${x} and ${y}`]
  return [
    file,
    ...lines,
    a.plain === b.plain ? 'the same words' : `${Math.round(words * 100)} % of the words alike`,
  ].join(', ')
}

/** 0.5 where the words just suffice for the place; the place itself is worth the last tenth. */
const PLACE_WORTH: Readonly<Record<Place, number>> = {
  near: 0.1,
  nearby: 0.07,
  unknownLine: 0.05,
  far: 0,
  unknownFile: 0,
}

/** One shared word proves little, four nearly all they can. */
const DOUBT = 1.2
const SAME_KIND = 0.18
const OTHER_KIND = 0.5
/** A kind that only one text shows counts against the pair, unless so much is shared that the other tells it in words
 * unknown here. */
const KIND_OF_ONE = 0.6
const MUCH_SHARED = 2.65
const TWINS = 0.4

const kindsApart = (a: ReadonlySet<string>, b: ReadonlySet<string>, shared: number): number => {
  if ([...a].some(kind => b.has(kind)) || (a.size === 0 && b.size === 0)) return 1
  if (a.size > 0 && b.size > 0) return OTHER_KIND
  return shared < MUCH_SHARED ? KIND_OF_ONE : 1
}

/** 0..1: how surely two texts tell of one problem, wherever it is. */
const telling = (a: Read, b: Read): { sure: number; share: number } => {
  const { share, shared, ...likes } = likeness(a.words, b.words)
  /** On one line a word may be another by chance of wording. */
  const oneLine = a.finding.line > 0 && a.finding.line === b.finding.line
  const twins = likes.twins || (!oneLine && sameMould(a.sequence, b.sequence))
  const both = !twins && [...a.kinds].some(kind => b.kinds.has(kind))
  const kinds = both ? 1 : kindsApart(a.kinds, b.kinds, shared)
  const base = (share * shared) / (shared + DOUBT)
  const sure = (base + (both ? SAME_KIND : 0)) * kinds * (twins ? TWINS : 1)
  return { sure: Math.min(1, sure), share }
}

const compare = (a: Read, b: Read, needs: Readonly<Record<Place, number>>): Match | null => {
  const place = placeOf(a, b)
  if (place === null) return null
  const same = a.plain === b.plain
  const { sure, share } = same ? { sure: 1, share: 1 } : telling(a, b)
  const needed = needs[place]
  if (sure < needed) return null
  const exact = same && a.file === b.file && a.finding.line === b.finding.line
  const score = exact ? 1 : Math.min(0.99, 0.5 + (0.4 * (sure - needed)) / (1 - needed) + PLACE_WORTH[place])
  return { a: a.finding, b: b.finding, score, why: why(a, b, share) }
}

const content = ({ file, finding, plain }: Read): string => `${file}\n${finding.line}\n${plain}`
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

interface Edge {
  readonly match: Match
  readonly a: Read
  readonly b: Read
  /** Both contents, the smaller first: orders ties alike from either side. */
  readonly tie: string
}

/**
 * Each finding in exactly one place; pairs in the order of `a`. Pairs are taken best first, not by the best sum: the
 * surest pair is the one a reader would make first, and a sum would break it up to gain two doubtful ones. For reviews
 * of at most 100 findings each.
 */
export const matchFindings = (a: readonly Finding[], b: readonly Finding[]): Matched => {
  const [left, right] = [a.map(read), b.map(read)]
  const edges = left.flatMap(x =>
    right.flatMap((y): Edge[] => {
      const match = compare(x, y, NEEDED)
      return match ? [{ match, a: x, b: y, tie: [content(x), content(y)].sort(compareText).join('\n') }] : []
    }),
  )
  edges.sort(
    (x, y) =>
      y.match.score - x.match.score ||
      compareText(x.tie, y.tie) ||
      x.a.index - y.a.index ||
      x.b.index - y.b.index,
  )
  const [takenA, takenB] = [new Map<Read, Match>(), new Set<Read>()]
  for (const edge of edges) {
    if (takenA.has(edge.a) || takenB.has(edge.b)) continue
    takenA.set(edge.a, edge.match)
    takenB.add(edge.b)
  }
  return {
    pairs: left.flatMap(x => takenA.get(x) ?? []),
    onlyA: left.filter(x => !takenA.has(x)).map(x => x.finding),
    onlyB: right.filter(x => !takenB.has(x)).map(x => x.finding),
  }
}

/** Code moves between rounds, so that a near line proves less and a far one disproves less. */
const REPEATED: Readonly<Record<Place, number>> = {
  near: 0.4,
  nearby: 0.42,
  unknownLine: 0.45,
  far: 0.45,
  unknownFile: 0.5,
}

/** The earlier finding (`b`) that `finding` (`a`) says again, the best and of equals the latest; null when it is new. */
export const repeats = (finding: Finding, earlier: readonly Finding[]): Match | null => {
  const one = read(finding, 0)
  let best: Match | null = null
  for (const [index, other] of earlier.entries()) {
    // Reading is what takes time; a long pair has many findings, and few in one file.
    if (apart(one.file, normalPath(other.file))) continue
    const match = compare(one, read(other, index), REPEATED)
    if (match && match.score >= (best?.score ?? 0)) best = match
  }
  return best
}
