/**
 * The score as data: entries in, rows out, each with its height and with what runs in its two lanes. A turn's bar
 * begins at its own row and runs on beside all that happens before it ends; what happened so long after the beginning
 * stands at least so far down (`scale.ts`). Rows keep the order of the entries and never overlap, so nothing that is
 * drawn in them can.
 */
import type { Entry } from '../../shared/journal/entry'
import type { Role, SeatId } from '../../shared/pair/seat'
import { type Carried, carriedBy } from './carries'
import { type Columns, faceOf } from './faces'
import { type RoundSum, roundSums } from './rounds'
import { barLength, offsetAt, REST_MS, REST_PX } from './scale'
import { type EntryOf, echoes } from './words'

/** The part of a turn's bar that lies in one row. */
export interface Segment {
  /** `seq` of the turn. */
  readonly turn: number
  readonly role: Role
  readonly first: boolean
  readonly last: boolean
  readonly end: 'whole' | 'broken' | 'running'
}

export interface ScoreRow {
  readonly entry: Entry
  /** In pixels, of the whole row while it is closed: the rest, the air above the face, the face, the air below. */
  readonly height: number
  readonly air: number
  readonly face: number
  /** How many lines the text of the face may take. */
  readonly lines: number
  /** How long nobody had worked before this, in milliseconds; 0: not worth a rest. */
  readonly rest: number
  /** The row before says already how long it was. */
  readonly restTold: boolean
  readonly left: Segment | null
  readonly right: Segment | null
  /** It says the same as the row before, to the other seat. */
  readonly echo: boolean
  /** A handoff: what it carries. Null for all else. */
  readonly carried: Carried | null
  /** A verdict that is shown where it lands. */
  readonly landed: boolean
  /** What the round that begins here took; null where none begins. */
  readonly round: RoundSum | null
}

interface Draft {
  readonly row: Omit<ScoreRow, 'height' | 'left' | 'right'>
  readonly segments: Record<SeatId, Segment | null>
  below: number
}

interface Bar {
  readonly turn: EntryOf<'turn'>
  readonly top: number
  /** Milliseconds since the epoch; `endedAt` is Infinity while it runs. */
  readonly from: number
  readonly endedAt: number
}

interface Options {
  readonly columns: Columns
  /** ISO time; how long a running turn's bar is. */
  readonly now: string
}

const SEATS: readonly SeatId[] = ['left', 'right']

/** @param entries in the order of the journal; may be some of a pair's only */
export const layOut = (entries: readonly Entry[], { columns, now }: Options): readonly ScoreRow[] => {
  const page = createPage(Date.parse(now))
  const repeats = echoes(entries)
  const carried = carriedBy(entries)
  const rounds = roundSums(entries)
  const landed = new Set([...carried.values()].flatMap(({ review }) => review ?? []))
  for (const [index, entry] of entries.entries()) {
    const own = carried.get(entry.seq) ?? null
    const context = {
      columns,
      echo: repeats[index] ?? false,
      landed: entry.type === 'review' && landed.has(entry),
      lands: own?.review !== null && own !== null,
    }
    const { height, lines } = faceOf(entry, context)
    page.add(entry, {
      face: height,
      lines,
      echo: context.echo,
      carried: own,
      landed: context.landed,
      round: rounds.get(entry.seq) ?? null,
    })
  }
  return page.close()
}

const createPage = (now: number) => {
  const drafts: Draft[] = []
  const bars: Record<SeatId, Bar | null> = { left: null, right: null }
  /** The end of what is laid out, in pixels. */
  let bottom = 0
  /** When somebody last did something. */
  let busy = Number.NaN

  const endBar = (seat: SeatId, ms: number) => {
    const bar = bars[seat]
    const last = drafts.at(-1)
    const segment = last?.segments[seat]
    bars[seat] = null
    if (!bar || !last || !segment) return
    last.segments[seat] = { ...segment, last: true }
    const missing = bar.top + barLength(ms - bar.from) - bottom
    if (missing > 0) {
      last.below += missing
      bottom += missing
    }
  }

  const endBefore = (at: number, starting: SeatId | null) => {
    for (const seat of SEATS) {
      const bar = bars[seat]
      if (!bar || (bar.endedAt > at && seat !== starting)) continue
      const end = Math.min(bar.endedAt, at)
      busy = Math.max(busy, end)
      endBar(seat, end)
    }
  }

  const restBefore = (at: number): number => {
    const idle = at - busy
    return bars.left || bars.right || !(idle >= REST_MS) ? 0 : idle
  }

  return {
    add(entry: Entry, face: Omit<Draft['row'], 'entry' | 'air' | 'rest' | 'restTold'>) {
      const at = Date.parse(entry.at)
      endBefore(at, entry.type === 'turn' ? entry.voice.seat : null)
      const rest = restBefore(at)
      const wanted = SEATS.map(seat => {
        const bar = bars[seat]
        return bar ? bar.top + offsetAt(at - bar.from) - bottom : 0
      })
      const air = Math.max(0, ...wanted)
      const top = bottom + (rest > 0 ? REST_PX : 0) + air
      const segments = {
        left: segmentOf(bars.left, entry, 'left'),
        right: segmentOf(bars.right, entry, 'right'),
      }
      const restTold = drafts.at(-1)?.row.entry.type === 'hold'
      drafts.push({ row: { entry, rest, restTold, air, ...face }, segments, below: 0 })
      bottom = top + face.face
      busy = Number.isNaN(busy) ? at : Math.max(busy, at)
      if (entry.type !== 'turn') return
      const endedAt = entry.endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(entry.endedAt)
      bars[entry.voice.seat] = { turn: entry, top, from: at, endedAt }
    },
    close(): readonly ScoreRow[] {
      for (const seat of SEATS) endBar(seat, Math.min(bars[seat]?.endedAt ?? 0, now))
      return drafts.map(({ row, segments, below }) => ({
        ...row,
        ...segments,
        height: (row.rest > 0 ? REST_PX : 0) + row.air + row.face + below,
      }))
    },
  }
}

const segmentOf = (bar: Bar | null, entry: Entry, seat: SeatId): Segment | null => {
  const starts = entry.type === 'turn' && entry.voice.seat === seat
  const turn = starts ? entry : bar?.turn
  if (!turn) return null
  const broken = turn.outcome !== null && turn.outcome.type !== 'completed'
  return {
    turn: turn.seq,
    role: turn.voice.role,
    first: starts,
    last: false,
    end: turn.endedAt === null ? 'running' : broken ? 'broken' : 'whole',
  }
}

const sameSegment = (a: Segment | null, b: Segment | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.turn === b.turn &&
    a.role === b.role &&
    a.first === b.first &&
    a.last === b.last &&
    a.end === b.end)

const sameRound = (a: RoundSum | null, b: RoundSum | null): boolean =>
  a === b || (a !== null && b !== null && a.worked === b.worked && a.tokens === b.tokens)

const sameCarried = (a: Carried | null, b: Carried | null): boolean =>
  a === b || (a !== null && b !== null && a.turn === b.turn && a.proof === b.proof && a.review === b.review)

/** Whether two rows are drawn alike; a row that is need not be drawn again. */
export const sameRow = (a: ScoreRow, b: ScoreRow): boolean =>
  a.entry === b.entry &&
  a.height === b.height &&
  a.air === b.air &&
  a.face === b.face &&
  a.lines === b.lines &&
  a.rest === b.rest &&
  a.restTold === b.restTold &&
  a.echo === b.echo &&
  a.landed === b.landed &&
  sameRound(a.round, b.round) &&
  sameSegment(a.left, b.left) &&
  sameSegment(a.right, b.right) &&
  sameCarried(a.carried, b.carried)
