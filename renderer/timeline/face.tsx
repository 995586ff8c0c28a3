/** The face of each kind of row, drawn on the two lanes: turns are bars, messages cross, the human speaks between. */

import type { ReactNode } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { agentName } from '../../shared/pair/seat'
import { endWords, isDecision, roleName } from '../relay/words'
import { hour, span } from '../ui/format'
import { AskIcon, CheckIcon, PauseIcon, PenIcon, SwapIcon } from '../ui/icons'
import { useNow } from '../ui/use-now'
import { Crossing } from './crossing'
import {
  AnswersFace,
  DoubleReviewFace,
  FollowUpsFace,
  PlanFace,
  ProofRow,
  ReportFace,
  RestoreFace,
  RulingFace,
} from './record-face'
import { VerdictPill } from './verdict-pill'
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
} from './words'

export const Face = ({ entry, echo }: { entry: Entry; echo: boolean }) => {
  switch (entry.type) {
    case 'intent':
      return <Intent entry={entry} />
    case 'turn':
      return entry.endedAt === null ? (
        <RunningTurn entry={entry} />
      ) : (
        <Turn entry={entry} now={entry.endedAt} />
      )
    case 'delivery':
      return isHandoff(entry) ? <Crossing entry={entry} /> : <Spoken entry={entry} echo={echo} />
    case 'review':
      return entry.verdicts === null ? <Review entry={entry} /> : <DoubleReviewFace entry={entry} />
    case 'plan':
      return <PlanFace entry={entry} />
    case 'report':
      return <ReportFace entry={entry} />
    case 'followUps':
      return <FollowUpsFace entry={entry} />
    case 'answers':
      return <AnswersFace entry={entry} />
    case 'proof':
      return <ProofRow entry={entry} />
    case 'ruling':
      return <RulingFace entry={entry} />
    case 'restore':
      return <RestoreFace entry={entry} />
    case 'request':
      return <Request entry={entry} />
    case 'hold':
      return <Hold entry={entry} />
    case 'round':
      return (
        <span className="measure">
          <b>{entry.round}</b>
        </span>
      )
    case 'swap':
      return (
        <Middle tone="human">
          <SwapIcon /> {agentName(entry.driver.agent)} drives now
        </Middle>
      )
    case 'seat':
      return <span className={`aside ${entry.voice.seat} ${entry.tone}`}>{seatTitle(entry)}</span>
    case 'notice':
      return <span className={`aside ${entry.voice?.seat ?? 'middle'}`}>{entry.text}</span>
    case 'ended':
      return <Ended entry={entry} />
    case 'unknown':
      return <span className="aside middle">Something of a newer version: {entry.name}</span>
  }
}

const Middle = ({ tone, children }: { tone: string; children: ReactNode }) => (
  <span className="middle-line">
    <span className={`said ${tone}`}>{children}</span>
  </span>
)

const Intent = ({ entry }: { entry: EntryOf<'intent'> }) => (
  <span className="intent">
    <small>Intent · {hour(entry.at)}</small>
    <b>{entry.text}</b>
    <span className="measure">
      <b>{entry.round}</b>
    </span>
  </span>
)

const RunningTurn = ({ entry }: { entry: EntryOf<'turn'> }) => <Turn entry={entry} now={useNow()} />

/** A bar's height follows the logarithm of its duration, so that long turns look long and short ones stay readable. */
const barHeight = (ms: number): number => Math.round(44 + 26 * Math.log10(1 + Math.max(0, ms) / 20_000))

const Turn = ({ entry, now }: { entry: EntryOf<'turn'>; now: string }) => {
  const running = entry.endedAt === null
  const ms = Date.parse(now) - Date.parse(entry.at)
  const bad = entry.outcome !== null && entry.outcome.type !== 'completed'
  return (
    <span
      className={`turn ${entry.voice.seat} ${entry.voice.role} ${running ? 'running' : ''}`}
      style={{ minHeight: barHeight(ms) }}
    >
      <i className={`lane-bar ${bad ? 'broken' : ''}`} />
      <span className="turn-text">
        <b>{turnTitle(entry)}</b>
        <small>{turnMeta(entry, now)}</small>
      </span>
    </span>
  )
}

/** A steer, reminder or notice: the human and the app speak from between the lanes. */
const Spoken = ({ entry, echo }: { entry: EntryOf<'delivery'>; echo: boolean }) => {
  if (entry.kind === 'opening') return <span className={`aside ${entry.to.seat}`}>{openingTitle(entry)}</span>
  const human = entry.from === 'human'
  return (
    <span className="middle-line">
      <span className={`said message ${human ? 'human' : 'app'} ${entry.status}`}>
        <span className="said-head">
          <span className="grow">
            {echo ? 'Also' : human ? 'You' : 'Duologue'} → {roleName(entry.to.role).toLowerCase()}
          </span>
          <span className="said-status">{STATUS_WORDS[entry.status]}</span>
        </span>
        {!echo && <span className="said-text">{firstLine(entry.text)}</span>}
      </span>
    </span>
  )
}

const Review = ({ entry }: { entry: EntryOf<'review'> }) => {
  const more = followUps(entry)
  return (
    <span className={`review ${entry.voice.seat}`}>
      <span className="review-line">
        <VerdictPill entry={entry} />
        {more && <small>{more}</small>}
        {entry.nothingNew && <small>nothing new</small>}
        {entry.by === 'human' && <small>your verdict</small>}
      </span>
      {entry.summary && <span className="review-text">{firstLine(entry.summary)}</span>}
    </span>
  )
}

const Request = ({ entry }: { entry: EntryOf<'request'> }) => {
  const open = entry.closedAt === null
  return (
    <span className={`request ${entry.voice.seat} ${entry.voice.role} ${open ? 'waits' : ''}`}>
      <i className="request-mark">{open ? <AskIcon /> : <CheckIcon />}</i>
      <span className="request-text">
        <b>{requestTitle(entry)}</b>
        <small>{open ? 'waits for you' : firstLine(entry.summary) || 'settled'}</small>
      </span>
    </span>
  )
}

const Hold = ({ entry }: { entry: EntryOf<'hold'> }) => (
  <Middle tone={isDecision(entry.why) ? 'hold' : 'hold trouble'}>
    <PauseIcon />
    <b>{holdTitle(entry)}</b>
    <span className="said-status">
      {entry.releasedAt ? span(Date.parse(entry.releasedAt) - Date.parse(entry.at)) : 'until you decide'}
    </span>
  </Middle>
)

const Ended = ({ entry }: { entry: EntryOf<'ended'> }) => (
  <span className={`ending ${entry.reason}`}>
    <i className="final-bar" />
    <span className="ending-text">
      {entry.reason === 'agreed' || entry.reason === 'passed' ? <CheckIcon /> : <PenIcon />}
      <b>{endWords(entry.reason)}</b>
    </span>
    <small>{[hour(entry.at), firstLine(entry.detail)].filter(Boolean).join(' · ')}</small>
  </span>
)
