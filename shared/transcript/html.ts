/**
 * The transcript as one HTML file that loads nothing and runs nothing: its policy forbids everything but its own
 * style. Times are UTC.
 */
import type { Entry, Voice } from '../journal/entry'
import { agentName } from '../pair/seat'
import { assertNever } from '../result'
import type { JudgedFinding } from '../review/finding'
import { htmlPart } from './html-record'
import { badge, htmlProse, htmlText } from './html-text'
import { drawRecord } from './record-parts'
import { isRecordEntry, type RecordEntry } from './record-words'
import {
  clock,
  deliveryTitle,
  duration,
  endWords,
  findingFacts,
  findingPlace,
  holdWords,
  matchWords,
  noteWords,
  reviewFacts,
  reviewTitle,
  trailWords,
  turnFacts,
  verdictWords,
} from './words'

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>

const time = (at: string): string => `<time datetime="${htmlText(at)}">${clock(at)}</time>`

const by = (voice: Voice, facts: string, at: string): string =>
  `<div class="by"><b>${agentName(voice.agent)}</b><span>${voice.role}</span><span>${htmlText(facts)}</span>${time(at)}</div>`

/** `who` null: it is of both, or of Duologue. */
const card = (who: Voice | 'human' | null, inner: string): string => {
  const side = who === null ? 'middle' : who === 'human' ? 'human' : who.role
  return `<article class="card ${side}">${inner}</article>\n`
}

const note = (at: string, text: string, tone = ''): string =>
  `<article class="note ${tone}"><p>${htmlText(text)}</p>${time(at)}</article>\n`

export const HTML_TAIL =
  '<footer>Written by Duologue. What looked like a secret was redacted.</footer>\n</main>\n</body>\n</html>\n'

const finding = (each: JudgedFinding): string => {
  const place = findingPlace(each)
  const where = place === '' ? '' : `<code>${htmlText(place)}</code>`
  const facts = findingFacts(each).map(fact => `<span>${htmlText(fact)}</span>`)
  return `<li><div class="by"><b>${htmlText(each.id)}</b><span class="${each.severity}">${each.severity}</span>${where}${facts.join('')}</div>${htmlProse(each.text)}</li>`
}

const review = (entry: Of<'review'>): string => {
  const list = entry.findings.length === 0 ? '' : `<ul>${entry.findings.map(finding).join('')}</ul>`
  const verdict = badge(entry.verdict, verdictWords(entry.verdict))
  const facts = reviewFacts(entry)
  const head = `<div class="by"><b>${htmlText(reviewTitle(entry))}</b>${verdict}<span>${htmlText(facts)}</span>${time(entry.at)}</div>`
  const matches = matchWords(entry).map(words => `<p class="under">${htmlText(words)}</p>`)
  const who = entry.by === 'human' ? 'human' : entry.by === 'both' ? null : entry.voice
  return card(who, head + htmlProse(entry.summary) + list + matches.join(''))
}

const record = (entry: RecordEntry): string => {
  const { who, title, tone, parts } = drawRecord(entry)
  const name = `<b class="${tone ?? ''}">${htmlText(title)}</b>`
  return card(who, `<div class="by">${name}${time(entry.at)}</div>${parts.map(htmlPart).join('')}`)
}

const turn = (entry: Of<'turn'>): string => {
  const said = entry.said.map(text => `<div class="said">${htmlProse(text)}</div>`).join('')
  return card(entry.voice, by(entry.voice, turnFacts(entry), entry.at) + said + htmlProse(entry.text))
}

const delivery = (entry: Of<'delivery'>): string => {
  const original =
    entry.original === null ? '' : `<p class="h">Before you edited it</p>${htmlProse(entry.original)}`
  const text = `${htmlProse(entry.text)}${original}<p class="trail">${htmlText(trailWords(entry))}</p>`
  const title = htmlText(deliveryTitle(entry))
  const state = `<span class="trail">${entry.status}</span>${time(entry.at)}`
  if (entry.kind === 'steer') return card('human', `<div class="by"><b>${title}</b>${state}</div>${text}`)
  const side = typeof entry.from === 'string' ? '' : entry.from.role
  return `<details class="${side}"><summary><span>${title}</span>${state}</summary><div>${text}</div></details>\n`
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
  return card(voice, `${by(voice, title, at)}${body}<p class="h">${htmlText(end)}</p>`)
}

export const htmlEntry = (entry: Entry): string => {
  if (isRecordEntry(entry)) return record(entry)
  switch (entry.type) {
    case 'intent':
      return '<h2>Round 1</h2>\n' // the intent itself is the page's heading
    case 'turn':
      return turn(entry)
    case 'delivery':
      return delivery(entry)
    case 'review':
      return review(entry)
    case 'request':
      return request(entry)
    case 'hold':
      return note(
        entry.at,
        entry.releasedAt === null
          ? holdWords(entry.why)
          : `${holdWords(entry.why)} · for ${duration(entry.at, entry.releasedAt)}`,
      )
    case 'round':
      return `<h2>Round ${entry.round}</h2>\n`
    case 'seat':
      return note(entry.at, noteWords(entry), entry.tone)
    case 'swap':
    case 'notice':
    case 'unknown':
      return note(entry.at, noteWords(entry))
    case 'ended': {
      const kind = entry.reason === 'agreed' || entry.reason === 'passed' ? 'pass' : 'open'
      return `<article class="end">${badge(kind, endWords(entry.reason))}<p>${htmlText(entry.detail)}</p></article>\n`
    }
    default:
      return assertNever(entry)
  }
}
