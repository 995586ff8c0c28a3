/**
 * The transcript as Markdown. What agents and the human wrote stands in quotes, as Markdown of its own; commands and
 * tool inputs stand in fences that nothing inside can close.
 */
import type { Entry } from '../journal/entry'
import { assertNever } from '../result'
import type { JudgedFinding } from '../review/finding'
import { markdownParts } from './markdown-record'
import { code, fence, foldedQuote, inline, itemText, quote } from './markdown-text'
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
  voiceWords,
} from './words'

const block = (...parts: readonly string[]): string => `${parts.filter(Boolean).join('\n\n')}\n\n`

const heading = (entry: Entry, text: string): string => `### ${clock(entry.at)} · ${text}`

const finding = (each: JudgedFinding): string => {
  const place = findingPlace(each)
  const where = place === '' ? '' : ` ${code(place)}`
  const facts = findingFacts(each)
  const known = facts.length === 0 ? '' : ` (${inline(facts.join(', '))})`
  return `- **${inline(each.id)} ${each.severity}**${known}${where} ${itemText(each.text)}`
}

const MARKS = { pass: '✅', changes: '✏️', unclear: '❔', error: '⚠️' } as const

const review = (entry: Extract<Entry, { type: 'review' }>): string => {
  const facts = reviewFacts(entry)
  return block(
    heading(entry, `${MARKS[entry.verdict]} ${reviewTitle(entry)} · **${verdictWords(entry.verdict)}**`),
    facts === '' ? '' : `*${facts}*`,
    entry.summary.trim() === '' ? '' : foldedQuote(entry.summary),
    entry.findings.map(finding).join('\n'),
    matchWords(entry)
      .map(words => `- ${inline(words)}`)
      .join('\n'),
  )
}

const record = (entry: RecordEntry): string => {
  const drawing = drawRecord(entry)
  return block(heading(entry, inline(drawing.title)), ...markdownParts(drawing))
}

const requestBody = ({ request }: Extract<Entry, { type: 'request' }>): string =>
  request.type === 'approval'
    ? [inline(request.reason), fence(request.body)].filter(Boolean).join('\n\n')
    : request.questions
        .map(({ text, options }) =>
          [quote(text), ...options.map(({ label }) => `- ${inline(label)}`)].join('\n\n'),
        )
        .join('\n\n')

const small = (entry: Entry, text: string): string => block(`*${clock(entry.at)} · ${text}*`)

export const markdownEntry = (entry: Entry): string => {
  if (isRecordEntry(entry)) return record(entry)
  switch (entry.type) {
    case 'intent':
      return block('## Round 1') // the intent itself stands at the head
    case 'turn':
      return block(
        heading(entry, `${voiceWords(entry.voice)} · turn`),
        `*${inline(turnFacts(entry))}*`,
        ...entry.said.map(foldedQuote),
        entry.text.trim() === '' ? '' : foldedQuote(entry.text),
      )
    case 'delivery':
      return block(
        heading(entry, `${deliveryTitle(entry)}${entry.kind === 'steer' ? ' · steer' : ''}`),
        `*${inline(trailWords(entry))}*`,
        foldedQuote(entry.text),
        entry.original === null ? '' : `Before it was edited:\n\n${foldedQuote(entry.original)}`,
      )
    case 'review':
      return review(entry)
    case 'request':
      return block(
        heading(
          entry,
          `${voiceWords(entry.voice)} asks${entry.request.type === 'approval' ? `: ${inline(entry.request.title)}` : ''}`,
        ),
        requestBody(entry),
        entry.closedAt === null
          ? '*open*'
          : `*${inline(`${entry.summary} · ${duration(entry.at, entry.closedAt)}`)}*`,
      )
    case 'hold': {
      const until = entry.releasedAt === null ? '' : ` · ${duration(entry.at, entry.releasedAt)}`
      return small(entry, `${inline(holdWords(entry.why))}${until}`)
    }
    case 'round':
      return block(`## Round ${entry.round}`)
    case 'swap':
    case 'seat':
    case 'notice':
    case 'unknown':
      return small(entry, noteWords(entry, inline))
    case 'ended':
      return block(heading(entry, endWords(entry.reason)), inline(entry.detail))
    default:
      return assertNever(entry)
  }
}
