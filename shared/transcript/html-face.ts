/**
 * The face of each row of the score in an HTML transcript: what happened, at a glance, at the lane of whoever did it.
 * Told by words and shape before colour.
 */

import type { Entry, Voice } from '../journal/entry'
import { agentName } from '../pair/seat'
import { type Carried, NOTHING_CARRIED } from '../score/carries'
import { answered } from '../score/faces'
import { plural, span } from '../score/format'
import {
  answerCounts,
  followUpsTitle,
  proofFace,
  reportMeta,
  restoreTitle,
  rulingTitle,
  seenCounts,
} from '../score/record-words'
import {
  type EntryOf,
  firstLine,
  followUps,
  holdTitle,
  isHandoff,
  openingTitle,
  requestTitle,
  STATUS_WORDS,
  seatTitle,
  turnMeta,
  turnTitle,
  verdictWords,
} from '../score/words'
import { millisOf } from '../time'
import { htmlText } from './html-text'
import { endWords, forOthers, clock as utc } from './words'

const MARKS = { pass: '✓', changes: '✎', unclear: '?', error: '!' } as const

/** `cut`: a line or two of it. */
const words = (text: string): string => (text === '' ? '' : `<span class="words">${htmlText(text)}</span>`)
const small = (...told: readonly string[]): string => {
  const shown = told.filter(Boolean).join(' · ')
  return shown === '' ? '' : `<small>${htmlText(shown)}</small>`
}

/** What a seat did or said stands at its lane. */
const atLane = ({ seat, role }: Voice, inner: string, mark = ''): string =>
  `<span class="at ${seat} ${role}">${mark === '' ? '' : `<i class="mark">${mark}</i>`}<span class="what">${inner}</span></span>`

/** What the human and Duologue say stands between the lanes. */
const between = (tone: string, inner: string): string =>
  `<span class="between"><span class="said ${tone}">${inner}</span></span>`

const title = (text: string): string => `<b>${htmlText(text)}</b>`

const pill = (entry: EntryOf<'review'>): string =>
  `<span class="verdict ${entry.verdict}">${MARKS[entry.verdict]} ${htmlText(verdictWords(entry))}</span>`

const turn = (entry: EntryOf<'turn'>): string =>
  atLane(
    entry.voice,
    `${title(turnTitle(entry))}${small(agentName(entry.voice.agent), turnMeta(entry, entry.at))}`,
  )

const crossingWords = ({ measure, to, status, original }: EntryOf<'delivery'>, carried: Carried): string => {
  const stat = measure?.diffstat
  const changes = stat
    ? stat.fileCount === 0
      ? small('no files changed')
      : `<small class="plus">+${stat.added}</small> <small class="minus">−${stat.removed}</small> <small>· ${plural(stat.fileCount, 'file')}</small>`
    : carried.review
      ? ''
      : small(to.role === 'driver' ? 'handed back' : 'for review')
  const proof =
    carried.proof && to.role === 'navigator' ? proofFace(carried.proof, carried.proof.at).tone : null
  const told = proof === null ? '' : `<small class="${proof}">· proof ${PROOFS[proof]}</small>`
  const stations = small(status === 'answered' ? '' : STATUS_WORDS[status], original === null ? '' : 'edited')
  return [changes, told, stations].filter(Boolean).join(' ')
}

const PROOFS = { passed: '✓', failed: '✗', void: '–', running: '…' } as const

/** From lane to lane, with what it carries; where it lands, the verdict that it brings. */
const crossing = (entry: EntryOf<'delivery'>, carried: Carried): string => {
  const to = entry.to.seat
  const role = typeof entry.from === 'object' ? entry.from.role : 'driver'
  const path = to === 'right' ? 'M0 3 C 34 3 60 36 100 36' : 'M100 3 C 66 3 40 36 0 36'
  const dashed = entry.status === 'waiting' || entry.status === 'dropped' ? ' class="dashed"' : ''
  const lands = carried.review
    ? `<span class="landing">${pill(carried.review)}${small(followUps(carried.review))}</span>`
    : ''
  const label = crossingWords(entry, carried)
  return `<span class="crossing ${role} to-${to}"><svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true"><path d="${path}"${dashed}></path></svg><span class="label">${label}</span>${lands}</span>`
}

const message = (entry: EntryOf<'delivery'>, echo: boolean): string => {
  if (entry.kind === 'opening')
    return `<span class="aside ${entry.to.seat}">${htmlText(openingTitle(entry))}</span>`
  const human = entry.from === 'human'
  const who = `${echo ? 'Also' : human ? 'The human' : 'Duologue'} → ${entry.to.role}`
  const status = entry.status === 'answered' ? '' : STATUS_WORDS[entry.status]
  return between(
    human ? 'human' : 'app',
    `${title(who)}${small(status)}${echo ? '' : words(firstLine(entry.text))}`,
  )
}

const review = (entry: EntryOf<'review'>): string => {
  const facts = [followUps(entry), entry.nothingNew ? 'nothing new' : '', seenCounts(entry) ?? '']
  const inner = `${pill(entry)}${small(...facts)}${words(firstLine(entry.summary))}`
  if (entry.by === 'human') return between('human', `${title('The human’s verdict')}${inner}`)
  return entry.by === 'both'
    ? between('both', `${title('Both reviewed')}${inner}`)
    : atLane(entry.voice, inner)
}

const proof = (entry: EntryOf<'proof'>): string => {
  const { tone, text, meta } = proofFace(entry, entry.at)
  const mark = { passed: '✓', failed: '✗', void: '–', running: '…' }[tone]
  return `<span class="between"><span class="plate ${tone}"><b>${mark} Proof ${htmlText(text)}</b>${small(meta)}<code>${htmlText(firstLine(entry.command))}</code></span></span>`
}

const request = (entry: EntryOf<'request'>): string => {
  const open = entry.closedAt === null
  const said = firstLine(entry.summary) || 'settled'
  const asks = atLane(
    entry.voice,
    `${title(requestTitle(entry))}${answered(entry) ? '' : small(open ? 'not answered' : said)}`,
    open ? '?' : '✓',
  )
  if (!answered(entry)) return asks
  const took = span(millisOf(entry.closedAt ?? entry.at) - millisOf(entry.at))
  return `${asks}${between('human', `${title('The human')}${words(said)}${small(took)}`)}`
}

const hold = ({ releasedAt, at, ...entry }: EntryOf<'hold'>): string => {
  const took = releasedAt === null ? 'not released' : span(millisOf(releasedAt) - millisOf(at))
  return between('hold', `${title(holdTitle({ ...entry, at, releasedAt }))}${small(took)}`)
}

/** A round is a measure: its number at the line, and what the one before it took. */
const measure = (round: number, took: string): string =>
  `<span class="measure"><b>Round ${round}</b>${small(took === '' ? '' : `round ${round - 1} took ${took}`)}</span>`

const plan = ({ by, version, items, reason }: EntryOf<'plan'>): string => {
  const inner = `${title(`Plan v${version}`)}${small(plural(items.length, 'item'))}${words(firstLine(reason))}`
  return by === 'human' ? between('human', inner) : atLane(by, inner, '≡')
}

export interface FaceContext {
  /** It says the same as the row before, to the other seat. */
  readonly echo: boolean
  readonly carried: Carried | null
  /** Before a round's line: what the round above it took. */
  readonly took: string
}

export const htmlFace = (entry: Entry, { echo, carried, took }: FaceContext): string => {
  switch (entry.type) {
    case 'intent':
      return measure(1, '')
    case 'turn':
      return turn(entry)
    case 'delivery':
      if (!isHandoff(entry)) return message(entry, echo)
      return echo
        ? `<span class="aside ${entry.to.seat}">and to the ${entry.to.role}, each alone</span>`
        : crossing(entry, carried ?? NOTHING_CARRIED.left)
    case 'review':
      return review(entry)
    case 'plan':
      return plan(entry)
    case 'report':
      return atLane(
        entry.voice,
        `${title('Reports done')}${small(reportMeta(entry))}${words(firstLine(entry.report.summary))}`,
        '✓',
      )
    case 'followUps':
      return atLane(entry.voice, title(followUpsTitle(entry)), '⚑')
    case 'answers':
      return atLane(entry.voice, `${title('Answers')}${small(answerCounts(entry))}`, '✎')
    case 'proof':
      return proof(entry)
    case 'ruling':
      return between('human', title(forOthers(rulingTitle(entry))))
    case 'restore':
      return between('human', title(forOthers(restoreTitle(entry))))
    case 'request':
      return request(entry)
    case 'hold':
      return hold(entry)
    case 'round':
      return measure(entry.round, took)
    case 'swap':
      return between('human', title(`${agentName(entry.driver.agent)} drives now`))
    case 'seat':
      return `<span class="aside ${entry.voice.seat} ${entry.tone}">${htmlText(seatTitle(entry))}</span>`
    case 'notice':
      return `<span class="aside ${entry.voice?.seat ?? 'middle'}">${htmlText(entry.text)}</span>`
    case 'ended':
      return `<span class="ending ${entry.reason}"><b>${htmlText(endWords(entry.reason))}</b>${small(utc(entry.at), firstLine(entry.detail))}</span>`
    case 'unknown':
      return `<span class="aside middle">${htmlText(`Something of a newer version: ${entry.name}`)}</span>`
  }
}
