/**
 * The transcript as Markdown. What agents and the human wrote stands in quotes, as Markdown of its own; commands and
 * tool inputs stand in fences that nothing inside can close.
 */
import type { Entry } from '../journal/entry'
import { assertNever } from '../result'
import type { JudgedFinding } from '../review/finding'
import { markdownParts } from './markdown-record'
import { code, fence, inline, quote } from './markdown-text'
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
  safe,
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
  const [first = '', ...rest] = safe(each.text).trim().split('\n')
  return [
    `- **${inline(each.id)} ${each.severity}**${known}${where} ${first}`,
    ...rest.map(line => `  ${line}`.trimEnd()),
  ].join('\n')
}

const review = (entry: Extract<Entry, { type: 'review' }>): string => {
  const facts = reviewFacts(entry)
  return block(
    heading(entry, `${reviewTitle(entry)} · **${verdictWords(entry.verdict)}**`),
    facts === '' ? '' : `*${facts}*`,
    entry.summary.trim() === '' ? '' : quote(entry.summary),
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
      return block(heading(entry, 'Intent'), quote(entry.text))
    case 'turn':
      return block(
        heading(entry, `${voiceWords(entry.voice)} · turn`),
        `*${inline(turnFacts(entry))}*`,
        ...entry.said.map(quote),
        entry.text.trim() === '' ? '' : quote(entry.text),
      )
    case 'delivery':
      return block(
        heading(entry, `${deliveryTitle(entry)}${entry.kind === 'steer' ? ' · steer' : ''}`),
        `*${inline(trailWords(entry))}*`,
        quote(entry.text),
        entry.original === null ? '' : `Edited by you; it was:\n\n${quote(entry.original)}`,
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
