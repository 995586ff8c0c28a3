/** The face of each kind of row, drawn on the two lanes: turns are bars, messages cross, the human speaks between. */

import type { ReactNode } from 'react'
import { endWords, roleName } from '../../shared/pair/names'
import { isDecision } from '../../shared/pair/now'
import { agentName } from '../../shared/pair/seat'
import { answered } from '../../shared/score/faces'
import { money, span, tokens } from '../../shared/score/format'
import type { ScoreRow } from '../../shared/score/page'
import type { RoundSum } from '../../shared/score/rounds'
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
} from '../../shared/score/words'
import { day, hour, until } from '../ui/format'
import { AskIcon, CheckIcon, HoldIcon, PauseIcon, PenIcon, SwapIcon } from '../ui/icons'
import { useNow, useNowSince } from '../ui/use-now'
import { clip } from './clip'
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
import { VERDICT_MARKS, VerdictPill } from './verdict-pill'

export const Face = ({ row, sum }: { row: ScoreRow; sum: RoundSum | null }) => {
  const { entry, echo, lines } = row
  switch (entry.type) {
    case 'intent':
      return <Intent entry={entry} lines={lines} sum={sum} />
    case 'turn':
      return entry.endedAt === null ? (
        <RunningTurn entry={entry} lines={lines} />
      ) : (
        <Turn entry={entry} lines={lines} now={entry.endedAt} />
      )
    case 'delivery':
      if (!isHandoff(entry)) return <Spoken entry={entry} echo={echo} lines={lines} />
      return echo ? <AlsoTo entry={entry} /> : <Crossing entry={entry} carried={row.carried} />
    case 'review':
      if (entry.verdicts !== null) return <DoubleReviewFace entry={entry} lines={lines} />
      return row.landed ? (
        <LandedReview entry={entry} lines={lines} />
      ) : (
        <Review entry={entry} lines={lines} />
      )
    case 'plan':
      return <PlanFace entry={entry} lines={lines} />
    case 'report':
      return <ReportFace entry={entry} lines={lines} />
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
      return <Request entry={entry} lines={lines} />
    case 'hold':
      return <Hold entry={entry} />
    case 'round':
      return <Measure round={entry.round} sum={sum} />
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

interface Texted<T extends ScoreRow['entry']['type']> {
  readonly entry: EntryOf<T>
  /** How many the text may take. */
  readonly lines: number
}

/** A round is a measure: its number at the line, and what it took. */
const Measure = ({ round, sum }: { round: number; sum: RoundSum | null }) => (
  <span className="measure">
    <b>{round}</b>
    {sum !== null && sum.worked > 0 && (
      <small>
        {[
          span(sum.worked),
          sum.tokens > 0 ? tokens(sum.tokens) : '',
          sum.costUsd === undefined ? '' : money(sum.costUsd),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    )}
  </span>
)

/** A past pair is of another day than the reader. */
const Day = ({ at }: { at: string }) => day(at, useNow())

const Intent = ({ entry, lines, sum }: Texted<'intent'> & { readonly sum: RoundSum | null }) => (
  <span className="intent">
    <small>
      Intent · <Day at={entry.at} />
    </small>
    <b style={clip(lines)}>{entry.text.trim()}</b>
    <Measure round={entry.round} sum={sum} />
  </span>
)

const RunningTurn = (props: Texted<'turn'>) => <Turn {...props} now={useNowSince(props.entry.at)} />

const Turn = ({ entry, lines, now }: Texted<'turn'> & { readonly now: string }) => (
  <span className={`turn ${entry.voice.seat} ${entry.voice.role}`}>
    <span className="turn-text">
      <b style={clip(lines)}>{turnTitle(entry)}</b>
      <small>{turnMeta(entry, now)}</small>
    </span>
  </span>
)

/** A steer, reminder or notice: the human and the app speak from between the lanes. */
const Spoken = ({ entry, echo, lines }: Texted<'delivery'> & { readonly echo: boolean }) => {
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
        {!echo && (
          <span className="said-text" style={clip(lines)}>
            {firstLine(entry.text)}
          </span>
        )}
      </span>
    </span>
  )
}

/** The same task went to the other seat too: nothing crosses, for neither sees what the other says. */
const AlsoTo = ({ entry }: { entry: EntryOf<'delivery'> }) => (
  <span className={`aside ${entry.to.seat}`}>
    and to the {roleName(entry.to.role).toLowerCase()}, each alone
    {entry.status === 'answered' ? '' : ` · ${STATUS_WORDS[entry.status]}`}
  </span>
)

/** The verdict is drawn where it lands; here is what was said with it. */
const LandedReview = ({ entry, lines }: Texted<'review'>) => {
  const Mark = VERDICT_MARKS[entry.verdict]
  return (
    <span className={`request ${entry.voice.seat} ${entry.voice.role} record`}>
      <i className="request-mark">
        <Mark />
      </i>
      <span className="request-text">
        <span className="record-text" style={clip(lines)}>
          {firstLine(entry.summary) || 'Verdict given'}
        </span>
      </span>
    </span>
  )
}

const Review = ({ entry, lines }: Texted<'review'>) => {
  const more = followUps(entry)
  return (
    <span className={`review ${entry.voice.seat}`}>
      <span className="review-line">
        <VerdictPill entry={entry} />
        {more && <small>{more}</small>}
        {entry.nothingNew && <small>nothing new</small>}
        {entry.by === 'human' && <small>your verdict</small>}
      </span>
      {lines > 0 && (
        <span className="review-text" style={clip(lines)}>
          {firstLine(entry.summary)}
        </span>
      )}
    </span>
  )
}

/** The agent asks at its lane; the human answers from between the lanes. */
const Request = ({ entry, lines }: Texted<'request'>) => {
  const open = entry.closedAt === null
  const said = firstLine(entry.summary) || 'settled'
  return (
    <>
      <span className={`request ${entry.voice.seat} ${entry.voice.role} ${open ? 'waits' : ''}`}>
        <i className="request-mark">{open ? <AskIcon /> : <CheckIcon />}</i>
        <span className="request-text">
          <b style={clip(lines)}>{requestTitle(entry)}</b>
          {!answered(entry) && <small>{open ? 'waits for you' : said}</small>}
        </span>
      </span>
      {answered(entry) && (
        <span className="middle-line answer-line">
          <span className="said human">
            <span className="said-words">You: {said}</span>
            <span className="said-status">
              {span(Date.parse(entry.closedAt ?? entry.at) - Date.parse(entry.at))}
            </span>
          </span>
        </span>
      )}
    </>
  )
}

const Hold = ({ entry }: { entry: EntryOf<'hold'> }) => (
  <Middle tone={isDecision(entry.why) ? 'hold' : 'hold trouble'}>
    {entry.why.type === 'paused' ? <PauseIcon /> : <HoldIcon />}
    <b>{holdTitle(entry)}</b>
    <span className="said-status">
      {entry.releasedAt ? span(Date.parse(entry.releasedAt) - Date.parse(entry.at)) : untilWords(entry)}
    </span>
  </Middle>
)

const untilWords = ({ at, why }: EntryOf<'hold'>): string =>
  why.type === 'quota' && why.resetsAt !== null ? `until ${until(why.resetsAt, at)}` : 'until you decide'

const Ended = ({ entry }: { entry: EntryOf<'ended'> }) => (
  <span className={`ending ${entry.reason}`}>
    <i className="final-bar" />
    <span className="ending-text">
      {entry.reason === 'agreed' || entry.reason === 'passed' ? <CheckIcon /> : <PenIcon />}
      <b>{endWords(entry.reason)}</b>
    </span>
    <small style={clip(1)}>{[hour(entry.at), firstLine(entry.detail)].filter(Boolean).join(' · ')}</small>
  </span>
)
