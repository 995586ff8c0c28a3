/**
 * The record behind each row of an HTML transcript: exact text, findings, delivery, output. The page loads nothing; what
 * agents and the human wrote is escaped, and only our own few tags are put around it. Times are UTC.
 */
import type { Entry } from '../journal/entry'
import { assertNever } from '../result'
import type { JudgedFinding } from '../review/finding'
import { htmlPart } from './html-record'
import { htmlProse, htmlText } from './html-text'
import { drawRecord } from './record-parts'
import { isRecordEntry, type RecordEntry } from './record-words'
import {
  clock,
  deliveryTitle,
  duration,
  findingFacts,
  findingPlace,
  forOthers,
  holdWords,
  matchWords,
  noteWords,
  reviewFacts,
  reviewTitle,
  trailWords,
  turnFacts,
  voiceWords,
} from './words'

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>

const time = (at: string): string => `<time datetime="${htmlText(at)}">${clock(at)}</time>`

/** What the record is called, and when it began. */
const head = (title: string, at: string, facts = ''): string =>
  `<div class="by"><b>${htmlText(forOthers(title))}</b>${facts === '' ? '' : `<span>${htmlText(facts)}</span>`}${time(at)}</div>`

const finding = (each: JudgedFinding): string => {
  const place = findingPlace(each)
  const where = place === '' ? '' : `<code>${htmlText(place)}</code>`
  const facts = findingFacts(each).map(fact => `<span>${htmlText(fact)}</span>`)
  return `<li><div class="by"><b>${htmlText(each.id)}</b><span class="${each.severity}">${each.severity}</span>${where}${facts.join('')}</div>${htmlProse(each.text)}</li>`
}

const review = (entry: Of<'review'>): string => {
  const list = entry.findings.length === 0 ? '' : `<ul>${entry.findings.map(finding).join('')}</ul>`
  const matches = matchWords(entry).map(words => `<p class="under">${htmlText(words)}</p>`)
  return (
    head(reviewTitle(entry), entry.at, reviewFacts(entry)) +
    htmlProse(entry.summary) +
    list +
    matches.join('')
  )
}

const record = (entry: RecordEntry): string => {
  const { title, parts } = drawRecord(entry)
  return head(title, entry.at) + parts.map(htmlPart).join('')
}

const turn = (entry: Of<'turn'>): string => {
  const said = entry.said.map(text => `<div class="quiet">${htmlProse(text)}</div>`).join('')
  return head(voiceWords(entry.voice), entry.at, turnFacts(entry)) + said + htmlProse(entry.text)
}

const delivery = (entry: Of<'delivery'>): string => {
  const original =
    entry.original === null ? '' : `<p class="h">Before it was edited</p>${htmlProse(entry.original)}`
  const trail = `<p class="trail">${htmlText(trailWords(entry))}</p>`
  return head(deliveryTitle(entry), entry.at) + htmlProse(entry.text) + original + trail
}

const request = (entry: Of<'request'>): string => {
  const { request: asked, voice, at, closedAt, summary } = entry
  const title = asked.type === 'approval' ? `asks: ${asked.title}` : 'asks'
  const body =
    asked.type === 'approval'
      ? `${htmlProse(asked.reason)}<pre>${htmlText(asked.body)}</pre>`
      : asked.questions
          .map(({ text, options }) => {
            const list = options.map(
              ({ label, description }) => `<li>${htmlText(label)} ${htmlText(description)}</li>`,
            )
            return `${htmlProse(text)}<ul>${list.join('')}</ul>`
          })
          .join('')
  const end = closedAt === null ? 'still open' : `${summary} · after ${duration(at, closedAt)}`
  return `${head(`${voiceWords(voice)} ${title}`, at)}${body}<p class="h">${htmlText(end)}</p>`
}

/** Empty for what is told by its face. */
export const htmlBody = (entry: Entry): string => {
  if (isRecordEntry(entry)) return record(entry)
  switch (entry.type) {
    case 'turn':
      return turn(entry)
    case 'delivery':
      return delivery(entry)
    case 'review':
      return review(entry)
    case 'request':
      return request(entry)
    case 'hold':
      return head(holdWords(entry.why), entry.at)
    case 'seat':
      return head(noteWords(entry), entry.at)
    case 'ended':
      return entry.detail === '' ? '' : htmlProse(entry.detail)
    case 'intent':
    case 'round':
    case 'swap':
    case 'notice':
    case 'unknown':
      return ''
    default:
      return assertNever(entry)
  }
}
