/** A timeline entry for a terminal: one line, or a few where someone speaks. No colours, no control bytes. */
import { assertNever } from '../result'
import { stripControl } from '../terminal/paste'
import { recordLines, recordTitle } from '../transcript/record-words'
import {
  clock,
  deliveryTitle,
  endWords,
  findingPlace,
  holdWords,
  turnFacts,
  verdictWords,
  voiceName,
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

/** No newline at its end. */
export const plainLine = (entry: Entry): string => `${clock(entry.at)}  ${body(entry)}`

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
      const who = entry.by === 'human' ? 'You ruled' : voiceWords(entry.voice)
      const findings = entry.findings.map(({ severity, inScope, text, ...place }) => {
        const where = findingPlace({ severity, inScope, text, ...place })
        return `${severity}${inScope ? '' : ', follow-up'}${where === '' ? '' : ` ${where}`}: ${text}`
      })
      return `${who}: ${verdictWords(entry.verdict)}${indented([entry.summary, ...findings].join('\n'))}`
    }
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'proof':
    case 'ruling':
    case 'restore':
      return `${one(recordTitle(entry))}${indented(recordLines(entry).join('\n'))}`
    case 'request': {
      const what = entry.request.type === 'approval' ? entry.request.title : 'a question'
      return `${voiceWords(entry.voice)} asks: ${one(what)}${entry.closedAt === null ? '' : ` · ${one(entry.summary)}`}`
    }
    case 'hold':
      return `${one(holdWords(entry.why))}${entry.releasedAt === null ? '' : ' · released'}`
    case 'round':
      return `Round ${entry.round}`
    case 'swap':
      return `Roles swapped: ${voiceName(entry.driver)} drives, ${voiceName(entry.navigator)} navigates`
    case 'seat':
      return `${voiceWords(entry.voice)}: ${one(entry.text)}`
    case 'notice':
      return `${entry.voice ? `${voiceWords(entry.voice)}: ` : ''}${one(entry.text)}`
    case 'ended':
      return `${endWords(entry.reason)}${entry.detail === '' ? '' : `: ${one(entry.detail)}`}`
    case 'unknown':
      return `An event of a newer version: ${one(entry.name)}`
    default:
      return assertNever(entry)
  }
}
