/**
 * The score as data: entries in, rows out, each with its height and with what runs in its two lanes. A turn's bar
 * begins at its own row and runs on beside all that happens before it ends; what happened so long after the beginning
 * stands at least so far down (`scale.ts`). Rows keep the order of the entries and never overlap, so nothing that is
 * drawn in them can. What has not changed since the last time is not laid out again: a long pair stays quick.
 */
import type { Entry } from '../../shared/journal/entry'
import type { SeatId } from '../../shared/pair/seat'
import { type Carried, type Carrying, carriedBy, carryOn, NOTHING_CARRIED } from '../../shared/score/carries'
import { type Columns, faceOf } from '../../shared/score/faces'
import {
  addRow,
  type Draft,
  emptyPage,
  finish,
  type Page,
  rowOf,
  type ScoreRow,
} from '../../shared/score/page'
import { isEcho } from '../../shared/score/words'

/** Lays out entries, in the order of the journal; `now` is ISO time, for the bars of turns that run. */
export type LayOut = (entries: readonly Entry[], now: string) => readonly ScoreRow[]

/** A verdict that lands: the place of its row, and of the handoff that brings it. */
interface Landing {
  readonly review: Entry
  readonly at: number
  readonly by: number
}

/** After the entry at its place. */
interface State {
  readonly entry: Entry
  readonly page: Page
  readonly carrying: Carrying
}

export const createLayout = (columns: Columns): LayOut => {
  const states: State[] = []
  /** All rows but the last, which what comes next can still lengthen. */
  const rows: ScoreRow[] = []
  /** In the order of their handoffs. */
  const landings: Landing[] = []
  const landed = new Set<Entry>()

  const goBackTo = (index: number) => {
    states.length = Math.min(states.length, index)
    rows.length = Math.min(rows.length, Math.max(0, index - 1))
  }
  /** A verdict whose handoff is forgotten lands no longer, so its own row is forgotten too. */
  const forgetFrom = (index: number) => {
    let from = index
    for (let last = landings.at(-1); last && last.by >= from; last = landings.at(-1)) {
      landings.pop()
      landed.delete(last.review)
      from = Math.min(from, last.at)
    }
    goBackTo(from)
  }

  const lay = (entry: Entry): number | null => {
    const before = states.at(-1)
    const echo = isEcho(before?.entry, entry)
    const carrying = before?.carrying ?? NOTHING_CARRIED
    const carried = echo ? null : carriedBy(carrying, entry)
    if (carried?.review && !landed.has(carried.review)) {
      // The row of a verdict that lands is another; it was laid out before this was known.
      landed.add(carried.review)
      landings.push({ review: carried.review, at: carried.reviewAt, by: states.length })
      return carried.reviewAt
    }
    const turn = entry.type === 'report' ? carrying[entry.voice.seat].turn : null
    const draft = draftOf(entry, columns, { echo, carried, landed: landed.has(entry), turn })
    const { page, done } = addRow(before?.page ?? emptyPage, draft)
    if (done) rows.push(rowOf(done))
    states.push({ entry, page, carrying: carryOn(carrying, entry, states.length, echo) })
    return null
  }

  return (entries, now) => {
    forgetFrom(firstChange(states, entries))
    while (states.length < entries.length) {
      const entry = entries[states.length]
      if (!entry) break
      const again = lay(entry)
      if (again !== null) goBackTo(again)
    }
    const last = states.at(-1)
    return last ? [...rows, finish(last.page, Date.parse(now))] : []
  }
}

const firstChange = (states: readonly State[], entries: readonly Entry[]): number => {
  let index = 0
  while (index < states.length && states[index]?.entry === entries[index]) index++
  return index
}

interface Context {
  readonly echo: boolean
  readonly carried: Carried | null
  readonly landed: boolean
  readonly turn: Carried['turn']
}

const draftOf = (entry: Entry, columns: Columns, { carried, ...context }: Context): Draft => {
  const { echo, landed } = context
  const lands = carried !== null && carried.review !== null
  const { height, lines } = faceOf(entry, { columns, lands, ...context })
  return { entry, face: height, lines, echo, carried, landed, ...NO_PLACE }
}

/** Until it is put on the page. */
const NO_PLACE = { air: 0, rest: 0, restTold: false, below: 0, left: null, right: null } as const

const sameSegment = (a: ScoreRow[SeatId], b: ScoreRow[SeatId]): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.turn === b.turn &&
    a.role === b.role &&
    a.first === b.first &&
    a.last === b.last &&
    a.end === b.end)

const sameCarried = (a: Carried | null, b: Carried | null): boolean =>
  a === b || (a !== null && b !== null && a.turn === b.turn && a.proof === b.proof && a.review === b.review)

/** Whether two rows are drawn alike; a row that is need not be drawn again. */
export const sameRow = (a: ScoreRow, b: ScoreRow): boolean =>
  a === b ||
  (a.entry === b.entry &&
    a.height === b.height &&
    a.air === b.air &&
    a.face === b.face &&
    a.lines === b.lines &&
    a.rest === b.rest &&
    a.restTold === b.restTold &&
    a.echo === b.echo &&
    a.landed === b.landed &&
    sameSegment(a.left, b.left) &&
    sameSegment(a.right, b.right) &&
    sameCarried(a.carried, b.carried))
