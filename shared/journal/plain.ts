/** A timeline entry for a terminal: one line, or a few where someone speaks. No colours, no control bytes. */
import { assertNever } from '../result'
import { CHANGED_MEANWHILE, hasPassed } from '../review/proof'
import { stripControl } from '../terminal/paste'
import { recordLines, recordTitle } from '../transcript/record-words'
import {
  clock,
  deliveryTitle,
  endWords,
  findingFacts,
  findingPlace,
  holdWords,
  lasted,
  noteWords,
  reviewTitle,
  turnFacts,
  verdictWords,
  voiceWords,
} from '../transcript/words'
import type { Entry } from './entry'

/** Lines of a message that are shown; the journal has it whole. */
const MAX_LINES = 12

const indented = (text: string): string => {
  const lines = stripControl(text).trim().split('\n')
  const shown =
    lines.length > MAX_LINES
      ? [...lines.slice(0, MAX_LINES), `… ${lines.length - MAX_LINES} more lines`]
      : lines
  return lines.join('') === '' ? '' : shown.map(line => `\n          ${line}`.trimEnd()).join('')
}

const one = (text: string): string => stripControl(text).replace(/\s+/g, ' ').trim()

/** Of a proof that failed, the end of its output: that is where a test run says what is wrong. */
const proofWords = ({ result }: Extract<Entry, { type: 'proof' }>): string => {
  if (!result) return ''
  const took = ` · ${lasted(Math.round(result.durationMs / 1000))}`
  if (result.changed) return `${took} · ${CHANGED_MEANWHILE}`
  return hasPassed(result)
    ? took
    : `${took}${indented(result.tail.trimEnd().split('\n').slice(-MAX_LINES).join('\n'))}`
}

/** When what the line says came to be so. */
const toldAt = (entry: Entry): string => {
  switch (entry.type) {
    case 'turn':
    case 'proof':
      return entry.endedAt ?? entry.at
    case 'request':
      return entry.closedAt ?? entry.at
    case 'delivery':
      return (
        entry.trail.dropped ?? entry.trail.answered ?? entry.trail.accepted ?? entry.trail.sending ?? entry.at
      )
    default:
      return entry.at
  }
}

/** An entry as it stands now, under the time of what it tells last. No newline at its end. */
export const plainLine = (entry: Entry): string => `${clock(toldAt(entry))}  ${body(entry)}`

const body = (entry: Entry): string => {
  switch (entry.type) {
    case 'intent':
      return `Intent, in ${one(entry.folder)}${indented(entry.text)}`
    case 'turn':
      return entry.endedAt === null
        ? `${voiceWords(entry.voice)} works`
        : `${voiceWords(entry.voice)}: ${one(turnFacts(entry))}${indented(entry.text)}`
    case 'delivery': {
      const why = entry.detail === '' ? '' : ` (${one(entry.detail)})`
      return `${deliveryTitle(entry)} · ${entry.kind} ${entry.status}${why}${entry.kind === 'steer' ? indented(entry.text) : ''}`
    }
    case 'review': {
      const findings = entry.findings.map(finding => {
        const facts = [finding.severity, ...findingFacts(finding)].join(', ')
        const where = findingPlace(finding)
        return `${finding.id} ${facts}${where === '' ? '' : ` ${where}`}: ${finding.text}`
      })
      const said = [entry.summary, ...findings].filter(text => text.trim() !== '')
      return `${reviewTitle(entry)}: ${verdictWords(entry.verdict)}${indented(said.join('\n'))}`
    }
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'ruling':
    case 'restore':
      return `${one(recordTitle(entry))}${indented(recordLines(entry).join('\n'))}`
    case 'proof':
      return `${one(recordTitle(entry))}${proofWords(entry)}`
    case 'request': {
      const what = entry.request.type === 'approval' ? entry.request.title : 'a question'
      return `${voiceWords(entry.voice)} asks: ${one(what)}${entry.closedAt === null ? '' : ` · ${one(entry.summary)}`}`
    }
    case 'hold':
      return `${one(holdWords(entry.why))}${entry.releasedAt === null ? '' : ' · released'}`
    case 'round':
      return `Round ${entry.round}`
    case 'swap':
    case 'seat':
    case 'notice':
    case 'unknown':
      return noteWords(entry, one)
    case 'ended':
      return `${endWords(entry.reason)}${entry.detail === '' ? '' : `: ${one(entry.detail)}`}`
    default:
      return assertNever(entry)
  }
}
