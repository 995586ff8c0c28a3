/**
 * The score as HTML, row by row as entries come: two lanes, bars as long as the window draws them, crossings with their
 * verdicts, rounds, the human between. A row opens into the record behind it. It holds no more than the last rows, so a
 * pair of any length can be drawn.
 */
import type { Entry } from '../journal/entry'
import { momentOfEntry } from '../replay/marks'
import { carriedBy, carryOn, NOTHING_CARRIED } from '../score/carries'
import { columnsOf, faceOf } from '../score/faces'
import { span, tokens } from '../score/format'
import { addRow, emptyPage, finish, rowOf, type ScoreRow, type Segment } from '../score/page'
import { REST_PX } from '../score/scale'
import { isEcho, isHandoff, sentence } from '../score/words'
import { millisOf } from '../time'
import { htmlBody } from './html'
import { htmlFace } from './html-face'
import { htmlText } from './html-text'

/** What stands beside an entry and is not of the journal. Both as HTML; empty: nothing. */
export interface Beside {
  readonly diff: string
}

export const NOTHING_BESIDE: Beside = { diff: '' }

export interface HtmlScore {
  readonly take: (entry: Entry, beside: Beside) => string
  readonly end: () => string
}

/** A page is as wide as this in most windows; heights are the least that a row takes. */
const COLUMNS = columnsOf(780)

interface Waiting {
  readonly entry: Entry
  readonly beside: Beside
}

/** @param last the time of the last event, ISO 8601: where the bars of turns that did not end, end. */
export const createHtmlScore = (last: string): HtmlScore => {
  let page = emptyPage
  let carrying = NOTHING_CARRIED
  let before: Entry | undefined
  let index = 0
  let held: Waiting | null = null
  /** Of the row that is not drawn yet. */
  let open: (Beside & { readonly took: string }) | null = null

  let sum = NO_SUM

  const lay = ({ entry, beside }: Waiting): string => {
    const echo = isEcho(before, entry)
    const carried = echo ? null : carriedBy(carrying, entry)
    const turn = entry.type === 'report' ? carrying[entry.voice.seat].turn : null
    const lands = carried !== null && carried.review !== null
    const { height, lines } =
      entry.type === 'intent'
        ? ROUND_LINE
        : faceOf(entry, { columns: COLUMNS, lands, echo, landed: false, turn })
    const draft = { entry, face: height, lines, echo, carried, landed: false, ...NO_PLACE }
    const { page: next, done } = addRow(page, draft)
    const drawn = done && open ? row(rowOf(done), open) : ''
    page = next
    carrying = carryOn(carrying, entry, index, echo)
    before = entry
    open = { ...beside, took: entry.type === 'round' ? sumWords(sum) : '' }
    sum = entry.type === 'round' ? NO_SUM : withTurn(sum, entry)
    index += 1
    return drawn
  }

  return {
    take: (entry, beside) => {
      const waiting = { entry, beside }
      const line = held
      held = null
      // A review that asks for changes begins the next round and then goes to the driver: the line stands below.
      if (line && entry.type === 'delivery' && isHandoff(entry) && entry.to.role === 'driver')
        return lay(waiting) + lay(line)
      const first = line ? lay(line) : ''
      if (entry.type !== 'round') return first + lay(waiting)
      held = waiting
      return first
    },
    end: () => {
      const first = held ? lay(held) : ''
      held = null
      return open ? first + row(finish(page, millisOf(last)), open) : first
    },
  }
}

/** What a round took: the time of its turns (ms), and the tokens that its seats told of. */
const NO_SUM = { worked: 0, used: 0 }

const withTurn = (sum: typeof NO_SUM, entry: Entry): typeof NO_SUM => {
  if (entry.type !== 'turn' || entry.endedAt === null) return sum
  const took = Math.max(0, millisOf(entry.endedAt) - millisOf(entry.at))
  return { worked: sum.worked + took, used: sum.used + (entry.tokens ?? 0) }
}

const sumWords = ({ worked, used }: typeof NO_SUM): string =>
  worked === 0 ? '' : [span(worked), used > 0 ? tokens(used) : ''].filter(Boolean).join(' · ')

/** The intent itself is the page's heading; its row is the line of the first round. */
const ROUND_LINE = { height: 44, lines: 0 } as const

const NO_PLACE = { air: 0, rest: 0, restTold: false, below: 0, left: null, right: null } as const

const bar = (seat: 'left' | 'right', segment: Segment | null, top: number): string => {
  if (!segment) return ''
  const { role, first, last, end } = segment
  const shape = `${first ? ' first' : ''}${last ? ' last' : ''}`
  return `<i class="bar ${seat} ${role} ${end}${shape}" style="top:${first ? top + 1 : 0}px"></i>`
}

/** The rows that hold nothing more than they show. */
const PLAIN: ReadonlySet<Entry['type']> = new Set(['intent', 'round', 'swap', 'unknown', 'notice'])

/** Where both terminals are worth a look: what was handed over was handed over then. */
const momentOf = (entry: Entry): number | null =>
  entry.type === 'delivery' &&
  entry.trail.sending !== null &&
  entry.kind !== 'steer' &&
  entry.kind !== 'notice'
    ? millisOf(momentOfEntry(entry))
    : null

const player = (entry: Entry): string => {
  const moment = momentOf(entry)
  if (moment === null || entry.type !== 'delivery') return ''
  const words = `Round ${entry.round}, ${htmlText(sentence(entry).split(':')[0] ?? '')}`
  return `<button type="button" class="play" data-moment="${moment}" data-words="${words}" hidden>▶ Terminals</button>`
}

const row = (drawn: ScoreRow, { diff, took }: Beside & { readonly took: string }): string => {
  const { entry, rest, air, below, height } = drawn
  const top = (rest > 0 ? REST_PX : 0) + air
  const bars = bar('left', drawn.left, top) + bar('right', drawn.right, top)
  const idle = rest > 0 ? `<p class="rest">${drawn.restTold ? '' : `idle ${span(rest)}`}</p>` : ''
  const face = htmlFace(entry, { echo: drawn.echo, carried: drawn.carried, took })
  const body = PLAIN.has(entry.type) ? '' : htmlBody(entry) + diff
  const inner =
    body === ''
      ? `<div class="face">${face}</div>`
      : `<details><summary class="face">${face}</summary><div class="body">${body}</div></details>`
  const style = `min-height:${height}px;padding-bottom:${below}px`
  const space = air > 0 ? `<div style="height:${air}px"></div>` : ''
  return `<article class="row row-${entry.type}" id="e${entry.seq}" style="${style}">${bars}${idle}${space}${inner}${player(entry)}</article>\n`
}
