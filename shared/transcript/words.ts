/** Words and numbers that every transcript uses: one place, so that the formats never tell different stories. */
import type { Usage } from '../agent/event'
import type { Entry, Voice } from '../journal/entry'
import type { Diffstat, EndReason, HoldWhy, Measure } from '../pair/model'
import { agentName } from '../pair/seat'
import { assertNever } from '../result'
import type { Finding, JudgedFinding, Verdict } from '../review/finding'
import { money } from '../score/format'
import { stripControl } from '../terminal/paste'
import { millisOf } from '../time'
import { redact } from './redact'

/** Text as it may leave the app: no control bytes, no secrets that we can see. */
export const safe = (text: string): string => redact(stripControl(text))

/** `14:02:11`, UTC, as journalled. */
export const clock = (at: string): string => at.slice(11, 19)
/** `2026-11-22 14:02`, UTC. */
export const dateTime = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`

/** Enough of a git hash to find it. */
export const shortHash = (hash: string): string => hash.slice(0, 12)

/** Seconds as `41s`, `2m10s`, `1h05m`. */
export const lasted = (total: number): string => {
  const pad = (value: number): string => String(value).padStart(2, '0')
  if (total < 60) return `${total}s`
  if (total < 3600) return `${Math.floor(total / 60)}m${pad(total % 60)}s`
  return `${Math.floor(total / 3600)}h${pad(Math.floor((total % 3600) / 60))}m`
}

export const duration = (from: string, to: string): string => {
  const seconds = (at: string): number => Math.floor(millisOf(at) / 1000)
  return lasted(Math.max(0, seconds(to) - seconds(from)))
}

/** `950 tok`, `24k tok`. */
export const tokenWords = (tokens: number): string =>
  `${tokens < 1000 ? tokens : `${Math.round(tokens / 1000)}k`} tok`

/** As the agent itself told; empty where it tells none. */
export const costWords = (usage: Usage | null): string =>
  usage?.costUsd === undefined ? '' : money(usage.costUsd)

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

const diffWords = ({ added, removed, fileCount }: Diffstat): string =>
  `+${added} −${removed} · ${plural(fileCount, 'file')}`

const measureWords = (measure: Measure | null): string =>
  measure === null ? '' : measure.diffstat ? diffWords(measure.diffstat) : measure.note

const voiceName = (voice: Voice | 'human' | 'duologue'): string =>
  voice === 'human' ? 'You' : voice === 'duologue' ? 'Duologue' : agentName(voice.agent)
export const voiceWords = (voice: Voice | 'human' | 'duologue'): string =>
  typeof voice === 'string' ? voiceName(voice) : `${agentName(voice.agent)} (${voice.role})`

/** Titles speak to the pair's human; a page is for others. */
export const forOthers = (title: string): string => title.replace(/^You\b/, 'The human')

export const verdictWords = (verdict: Verdict): string =>
  ({ pass: 'Pass', changes: 'Changes', unclear: 'Unclear', error: 'Review failed' })[verdict]

export const endWords = (reason: EndReason): string =>
  ({
    agreed: 'Agreed',
    converged: 'Converged',
    failed: 'Failed',
    passed: 'Passed',
    cap: 'Ended at the cap',
    human: 'Ended by you',
  })[reason]

/** Days and times of an export are UTC. */
const limitWords = ({ detail, resetsAt }: Extract<HoldWhy, { type: 'quota' }>): string => {
  const until = resetsAt === null ? '' : ` until ${resetsAt.slice(0, 16).replace('T', ' ')} UTC`
  return `the provider takes no more${until}. ${detail}`
}

export const holdWords = (why: HoldWhy): string => {
  switch (why.type) {
    case 'paused':
      return 'Paused by you'
    case 'interrupted':
      return 'Held: a turn was stopped'
    case 'trouble':
      return `Held: trouble (${why.cause}). ${why.detail}`
    case 'quota':
      return `Held: ${limitWords(why)}`
    case 'unclear':
      return 'Held: the review gave no verdict'
    case 'notAccepted':
      return `Held: a message was not accepted. ${why.detail}`
    case 'noPlan':
      return 'Held: the driver made no plan'
    case 'planApproval':
      return 'Held: the plan waits for your approval'
    case 'unplanned':
      return `Held: no plan item names ${why.files.join(', ')}`
    case 'repetition':
      return `Held: repetition. ${why.detail}`
    default:
      return assertNever(why)
  }
}

export const findingPlace = ({ file, line }: Finding): string =>
  file === '' ? '' : line > 0 ? `${file}:${line}` : file

type Review = Extract<Entry, { type: 'review' }>

/** Who reviewed what: the verdict is said beside it. */
export const reviewTitle = ({
  by,
  voice,
  plan,
  round,
}: Pick<Review, 'by' | 'voice' | 'plan' | 'round'>): string => {
  const what = plan === null ? '' : ` on plan, version ${plan}`
  if (by === 'human') return `You ruled${what}`
  return `${by === 'both' ? `Blind double review, round ${round}` : voiceWords(voice)}${what}`
}

/** What a review says beside its words: each one's verdict, and what it means for the end. */
export const reviewFacts = ({ verdicts, voice, nothingNew }: Review): string => {
  const role = (seat: 'left' | 'right'): string => (seat === voice.seat ? 'navigator' : 'driver')
  return [
    ...(verdicts ? (['left', 'right'] as const).map(seat => `${role(seat)}: ${verdicts[seat]}`) : []),
    nothingNew ? 'nothing that was not said before' : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Why two findings of a double review are one. */
export const matchWords = ({ matches }: Review): readonly string[] =>
  matches.map(
    ({ navigator, driver, why }) => `${navigator} (navigator) and ${driver} (driver) are one: ${why}`,
  )

/** What is known of a finding beside where and what it is. */
export const findingFacts = ({ inScope, seenBy, repeats, silenced }: JudgedFinding): readonly string[] => [
  ...(inScope ? [] : ['follow-up']),
  ...(seenBy === undefined ? [] : [seenBy === 'both' ? 'seen by both' : `seen only by the ${seenBy}`]),
  ...(repeats === undefined ? [] : [`says ${repeats} again`]),
  ...(silenced ? ['you had ruled on it'] : []),
]

type Turn = Extract<Entry, { type: 'turn' }>
type DeliveryEntry = Extract<Entry, { type: 'delivery' }>

/** `2m10s · 24k tok · +61 −9 · 4 files`, as far as known. */
export const turnFacts = ({ at, endedAt, tokens, measure, outcome }: Turn): string =>
  [
    endedAt === null ? 'not ended' : duration(at, endedAt),
    tokens === null ? '' : tokenWords(tokens),
    measureWords(measure),
    outcome?.type === 'interrupted' ? 'interrupted' : '',
    outcome?.type === 'failed' ? `failed (${outcome.cause}): ${outcome.detail}` : '',
  ]
    .filter(Boolean)
    .join(' · ')

/** `queued 14:02:11 · sent 14:02:12 · accepted 14:02:13`, and why, when it did not go well. */
export const trailWords = ({ trail, detail, status }: DeliveryEntry): string =>
  [
    `queued ${clock(trail.queued)}`,
    trail.sending && `sent ${clock(trail.sending)}`,
    trail.accepted && `accepted ${clock(trail.accepted)}`,
    trail.answered && `answered ${clock(trail.answered)}`,
    trail.dropped && `dropped ${clock(trail.dropped)}`,
    status === 'waiting' ? 'waiting' : '',
    detail,
  ]
    .filter(Boolean)
    .join(' · ')

export const deliveryTitle = ({ kind, from, to }: DeliveryEntry): string =>
  ({
    opening: `The first message to ${voiceWords(to)}`,
    handoff: `${voiceWords(from)} → ${voiceWords(to)}`,
    steer: `You → ${voiceWords(to)}`,
    reminder: `Reminder to ${voiceWords(to)}`,
    notice: `Duologue → ${voiceWords(to)}`,
  })[kind]

type NoteEntry = Extract<Entry, { type: 'swap' | 'seat' | 'notice' | 'unknown' }>

/** What is told in one sentence. `clean`: how a format takes text that is not ours. */
export const noteWords = (entry: NoteEntry, clean: (text: string) => string = text => text): string => {
  switch (entry.type) {
    case 'swap':
      return `Roles swapped: ${voiceName(entry.driver)} drives, ${voiceName(entry.navigator)} navigates`
    case 'seat':
      return `${voiceWords(entry.voice)}: ${clean(entry.text)}`
    case 'notice':
      return `${entry.voice ? `${voiceWords(entry.voice)}: ` : ''}${clean(entry.text)}`
    case 'unknown':
      return `An event of a newer version: ${clean(entry.name)}`
  }
}
