/**
 * How tall the face of each entry is, in pixels. The score is laid out before it is drawn, so a face keeps to its
 * height: texts are cut to the lines counted here. The styles of timeline.css, marks.css and records.css follow these
 * numbers, and e2e/score.spec.ts finds a face that does not fit.
 */
import type { Entry } from '../journal/entry'
import { type EntryOf, firstLine, isHandoff, requestTitle, turnTitle } from './words'

/** In pixels. */
const LINE = 17
const INTENT_LINE = 19

/** Lengths of a line of text in characters, by where it stands. */
export interface Columns {
  /** Beside a lane. */
  readonly beside: number
  /** In a message between the lanes. */
  readonly between: number
  /** Over the whole width. */
  readonly across: number
}

/** Pixels: what the two lanes and the air beside them take, the average letter of 12 px text and of 13 px bold. */
const LANES = 88
const LETTER = 5.9
const BOLD = 6.8
const MOST_BESIDE = 340
const MOST_BETWEEN = 340

/** For a score that is `width` pixels wide. */
export const columnsOf = (width: number): Columns => ({
  beside: Math.floor(Math.max(60, Math.min(MOST_BESIDE, width - LANES)) / LETTER),
  between: Math.floor(Math.max(60, Math.min(MOST_BETWEEN, width - LANES - 16)) / LETTER),
  across: Math.floor(Math.max(120, width - 32) / BOLD),
})

/** How many lines a text takes when words are kept whole, at most `most`. */
export const linesOf = (text: string, columns: number, most: number): number => {
  let lines = 1
  let used = 0
  for (const word of text.slice(0, columns * most + columns).split(/\s+/)) {
    const fits = used === 0 ? word.length : used + 1 + word.length
    if (fits <= columns) used = fits
    else {
      lines += used === 0 ? 0 : 1
      lines += Math.floor((word.length - 1) / columns)
      used = ((word.length - 1) % columns) + 1
    }
    if (lines >= most) return most
  }
  return lines
}

export interface Face {
  /** In pixels. */
  readonly height: number
  /** Lines that its text may take; 0: it has none. */
  readonly lines: number
}

const plain = (height: number): Face => ({ height, lines: 0 })
const MIDDLE = plain(33)
const ASIDE = plain(21)

const texted = (base: number, text: string, columns: number, most: number): Face => {
  if (text === '') return plain(base)
  const lines = linesOf(text, columns, most)
  return { height: base + LINE * lines, lines }
}

export interface FaceContext {
  readonly columns: Columns
  readonly echo: boolean
  /** The verdict is shown where it lands. */
  readonly landed: boolean
  /** The handoff brings a verdict. */
  readonly lands: boolean
  /** The turn it stands in: what is its name already is not said again. */
  readonly turn: EntryOf<'turn'> | null
}

export const faceOf = (entry: Entry, context: FaceContext): Face => {
  const { columns } = context
  switch (entry.type) {
    case 'intent': {
      const lines = intentLines(entry.text, columns.across)
      return { height: 71 + INTENT_LINE * lines, lines }
    }
    case 'turn':
      return texted(30, turnTitle(entry), columns.beside, 2)
    case 'delivery':
      return deliveryFace(entry, context)
    case 'review':
      return reviewFace(entry, context)
    case 'plan':
      return entry.by === 'human' ? MIDDLE : texted(27, firstLine(entry.reason), columns.beside, 2)
    case 'report':
      return texted(27, newWords(entry.report.summary, context.turn), columns.beside, 2)
    case 'followUps':
    case 'answers':
      return plain(27)
    case 'proof':
      return plain(40)
    case 'ruling':
    case 'restore':
    case 'hold':
    case 'swap':
      return MIDDLE
    case 'request':
      return requestFace(entry, columns)
    case 'round':
      return plain(34)
    case 'seat':
    case 'notice':
    case 'unknown':
      return ASIDE
    case 'ended':
      return plain(74)
  }
}

const newWords = (summary: string, turn: EntryOf<'turn'> | null): string => {
  const line = firstLine(summary)
  return turn !== null && turnTitle(turn).includes(line) ? '' : line
}

/** Its own lines are kept. */
const intentLines = (text: string, columns: number): number => {
  let lines = 0
  for (const line of text.trim().split('\n', 4)) lines += linesOf(line, columns, 4)
  return Math.max(1, Math.min(4, lines))
}

const deliveryFace = (entry: EntryOf<'delivery'>, { echo, lands, columns }: FaceContext): Face => {
  if (entry.kind === 'opening') return ASIDE
  if (isHandoff(entry)) return echo ? ASIDE : plain(lands ? 54 : 44)
  return echo ? plain(40) : texted(40, firstLine(entry.text), columns.between, 3)
}

const reviewFace = (entry: EntryOf<'review'>, { landed, columns }: FaceContext): Face => {
  const summary = firstLine(entry.summary)
  if (entry.verdicts !== null) return texted(summary === '' ? 57 : 61, summary, columns.beside, 2)
  if (landed) return texted(10, summary || 'Verdict given', columns.beside, 2)
  return texted(summary === '' ? 32 : 36, summary, columns.beside, 2)
}

const requestFace = (entry: EntryOf<'request'>, columns: Columns): Face =>
  texted(entry.closedAt === null ? 27 : answered(entry) ? 41 : 27, requestTitle(entry), columns.beside, 2)

/** The human's answer stands between the lanes, where the human speaks. */
export const answered = ({ closedAt, by }: EntryOf<'request'>): boolean =>
  closedAt !== null && (by === 'inbox' || by === 'terminal')
