/** What a row of the timeline says, and what a screen reader hears of it. Pure, so that both never differ. */

import type { Entry } from '../journal/entry'
import { endWords, roleName, shortVersion } from '../pair/names'
import { agentName } from '../pair/seat'
import type { Verdict } from '../review/finding'
import { millisOf } from '../time'
import { recordLines, recordTitle } from '../transcript/record-words'
import { clock, plural, span, tokens } from './format'
import { seenCounts } from './record-words'

export type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>

export const firstLine = (text: string): string =>
  text
    .split('\n')
    .map(line => line.replace(/^[#>*\-\s]+/, '').trim())
    .find(line => line !== '') ?? ''

export const isHandoff = (entry: EntryOf<'delivery'>): boolean =>
  entry.kind === 'handoff' && typeof entry.from === 'object'

/** A turn's name: its first words, or what it is doing while it has none. */
export const turnTitle = (entry: EntryOf<'turn'>): string => {
  const role = entry.voice.role
  if (entry.endedAt === null) return role === 'driver' ? 'Working…' : 'Reviewing…'
  if (entry.outcome?.type === 'interrupted') return 'Stopped'
  if (entry.outcome?.type === 'failed') return 'Failed'
  // Its words are in the review that follows.
  if (role === 'navigator' && entry.cause !== 'human') return 'Review'
  return firstLine(entry.text) || 'Worked'
}

export const turnMeta = (entry: EntryOf<'turn'>, now: string): string =>
  [
    clock(entry.at, entry.endedAt ?? now),
    entry.tokens ? tokens(entry.tokens) : '',
    entry.cause === 'human' ? 'from you' : '',
  ]
    .filter(Boolean)
    .join(' · ')

const VERDICTS: Readonly<Record<Verdict, string>> = {
  pass: 'Passed',
  changes: 'Changes',
  unclear: 'Unclear',
  error: 'Review failed',
}

export const verdictWords = ({
  verdict,
  findings,
  by,
  plan,
}: Pick<EntryOf<'review'>, 'verdict' | 'findings' | 'by' | 'plan'>): string => {
  if (verdict === 'pass') return by === 'both' ? 'Both passed' : plan === null ? 'Passed' : 'Plan passed'
  const inScope = findings.filter(finding => finding.inScope && !finding.silenced).length
  const words = verdict === 'changes' && inScope > 0 ? `${inScope} in scope` : VERDICTS[verdict]
  return plan === null ? words : `Plan: ${words.toLowerCase()}`
}

export const reviewerWords = ({ by }: Pick<EntryOf<'review'>, 'by'>): string =>
  ({ human: 'you', both: 'both, neither seeing the other’s', navigator: 'the navigator' })[by]

export const followUps = ({ findings }: Pick<EntryOf<'review'>, 'findings'>): string => {
  const count = findings.filter(finding => !finding.inScope).length
  return count === 0 ? '' : plural(count, 'follow-up')
}

export const STATUS_WORDS: Readonly<Record<EntryOf<'delivery'>['status'], string>> = {
  waiting: 'waits',
  sending: 'on its way',
  accepted: 'taken',
  answered: 'answered',
  dropped: 'dropped',
}

export const holdTitle = (entry: EntryOf<'hold'>): string => {
  switch (entry.why.type) {
    case 'paused':
      return 'Paused'
    case 'interrupted':
      return 'Turn stopped'
    case 'trouble':
      return 'Trouble'
    case 'quota':
      return 'Limit reached'
    case 'unclear':
      return 'No clear verdict'
    case 'notAccepted':
      return 'Message not taken'
    case 'noPlan':
      return 'No plan'
    case 'planApproval':
      return 'Plan waits for approval'
    case 'unplanned':
      return 'Unplanned files'
    case 'repetition':
      return 'Repetition'
  }
}

export const requestTitle = ({ request }: EntryOf<'request'>): string =>
  request.type === 'approval' ? request.title : firstLine(request.questions[0]?.text ?? 'Asks you')

/** One quiet line; what else the seat told is in the row's details. */
export const seatTitle = ({ voice, ready, text }: EntryOf<'seat'>): string => {
  const name = agentName(voice.agent)
  return ready ? `${[name, shortVersion(ready.version)].filter(Boolean).join(' ')} ready` : `${name}: ${text}`
}

/** The opening message carries the intent to the driver, so that is what its row says. */
export const openingTitle = (entry: EntryOf<'delivery'>): string => {
  const to = roleName(entry.to.role).toLowerCase()
  const at = { waiting: 'waits', sending: 'on its way', accepted: '', answered: '', dropped: 'dropped' }
  return [`Intent → ${to}`, at[entry.status]].filter(Boolean).join(' · ')
}

/**
 * What goes to both seats (the human's words, the task of a double review) is two messages, each with its own way;
 * read once, the second row only says to whom it went too: whether an entry repeats the one before it.
 */
export const isEcho = (before: Entry | undefined, entry: Entry): boolean =>
  entry.type === 'delivery' &&
  before?.type === 'delivery' &&
  (entry.kind === 'steer' || entry.kind === 'handoff') &&
  before.kind === entry.kind &&
  entry.to.seat !== before.to.seat &&
  entry.text === before.text

const from = (entry: EntryOf<'delivery'>): string => {
  if (entry.from === 'human') return 'You'
  if (entry.from === 'duologue') return 'Duologue'
  return roleName(entry.from.role)
}

const deliveryWords = (entry: EntryOf<'delivery'>, echo: boolean): string =>
  echo && entry.kind === 'handoff'
    ? `The same to ${roleName(entry.to.role).toLowerCase()}, ${STATUS_WORDS[entry.status]}`
    : `${from(entry)} to ${roleName(entry.to.role).toLowerCase()}, ${STATUS_WORDS[entry.status]}: ${firstLine(entry.text)}`

/** One sentence for a reader: who, what, and how it came out. */
export const sentence = (entry: Entry, echo = false): string => {
  switch (entry.type) {
    case 'intent':
      return `Intent: ${firstLine(entry.text)}`
    case 'turn': {
      const took = entry.endedAt ? `, ${span(millisOf(entry.endedAt) - millisOf(entry.at))}` : ''
      return `${roleName(entry.voice.role)}, ${agentName(entry.voice.agent)}: ${turnTitle(entry)}${took}`
    }
    case 'delivery':
      return deliveryWords(entry, echo)
    case 'review':
      return `Review by ${reviewerWords(entry)}: ${[verdictWords(entry), seenCounts(entry), followUps(entry)].filter(Boolean).join(', ')}. ${firstLine(entry.summary)}`
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'proof':
    case 'ruling':
    case 'restore':
      return [recordTitle(entry), ...recordLines(entry).slice(0, 3)].join('. ')
    case 'request':
      return `${roleName(entry.voice.role)} asks: ${requestTitle(entry)}. ${entry.closedAt ? entry.summary : 'Waits for you.'}`
    case 'hold':
      return `${holdTitle(entry)}${entry.releasedAt ? `, for ${span(millisOf(entry.releasedAt) - millisOf(entry.at))}` : ''}`
    case 'round':
      return `Round ${entry.round}`
    case 'swap':
      return `Roles swapped: ${agentName(entry.driver.agent)} drives`
    case 'seat':
      return seatTitle(entry)
    case 'notice':
      return entry.text
    case 'ended':
      return `The end. ${endWords(entry.reason)}. ${entry.detail}`
    case 'unknown':
      return `Something of a newer version: ${entry.name}`
  }
}
