/** Plans, reports, proofs, rulings and restores as entries of the timeline. */

import { assertNever } from '../result'
import type { ProofResult } from '../review/proof'
import { entryAt, withEntry } from './entries'
import { add, type Of, start, type Timeline, voice } from './timeline-state'

export type ReviewEvent = Of<
  | 'planProposed'
  | 'planSettled'
  | 'doneReported'
  | 'followUpsNamed'
  | 'findingsAnswered'
  | 'findingRuled'
  | 'findingPromoted'
  | 'proofChanged'
  | 'proofStarted'
  | 'proofSentBack'
  | 'proofEnded'
  | 'doubleReviewRequested'
  | 'doubleReviewWithdrawn'
  | 'doubleReviewStarted'
  | 'unplannedAccepted'
  | 'restored'
  | 'capReached'
  | 'slept'
  | 'continued'
  | 'pullRequestDrafted'
>

const note = (timeline: Timeline, event: ReviewEvent, text: string): Timeline =>
  add(timeline, { ...start(timeline, event), type: 'notice', voice: null, text })

export const reviewEvent = (timeline: Timeline, event: ReviewEvent): Timeline => {
  const base = start(timeline, event)
  switch (event.type) {
    case 'planProposed':
      return planProposed(timeline, event)
    case 'planSettled':
      return note(
        timeline,
        event,
        event.version === null
          ? 'You let the work begin without a plan.'
          : `Plan ${event.version} is settled: ${event.by === 'human' ? 'you approved it' : 'the navigator passed it'}.`,
      )
    case 'doneReported':
      return add(timeline, {
        ...base,
        type: 'report',
        voice: voice(timeline, event.seat),
        report: event.report,
      })
    case 'followUpsNamed':
      return add(timeline, {
        ...base,
        type: 'followUps',
        voice: voice(timeline, event.seat),
        findings: event.findings,
      })
    case 'findingsAnswered':
      return add(timeline, {
        ...base,
        type: 'answers',
        voice: voice(timeline, event.seat),
        answers: event.answers,
      })
    case 'findingRuled':
      return add(timeline, {
        ...base,
        type: 'ruling',
        id: event.id,
        ruling: event.ruling,
        reason: event.reason,
      })
    case 'findingPromoted':
      return add(timeline, { ...base, type: 'ruling', id: event.id, ruling: 'promoted', reason: '' })
    case 'proofChanged':
      return note(
        timeline,
        event,
        event.proof === null
          ? 'You took the proof away.'
          : `You set the proof: ${event.proof.command} (at most ${event.proof.limitSeconds} s).`,
      )
    case 'proofStarted':
      return proofStarted(timeline, event)
    case 'proofEnded':
      return withProof(timeline, event.run, { endedAt: event.at, result: event.result })
    case 'proofSentBack':
      return event.count === 0 ? timeline : withProof(timeline, event.run, { sentBack: event.count })
    case 'doubleReviewRequested':
      return note(timeline, event, 'You asked for a blind double review.')
    case 'doubleReviewWithdrawn':
      return note(timeline, event, 'You took back the blind double review.')
    case 'doubleReviewStarted':
      return note(timeline, event, 'Blind double review: both review the same tree, each alone.')
    case 'unplannedAccepted':
      return note(timeline, event, `You accepted unplanned files: ${event.files.join(', ')}`)
    case 'restored': {
      const { checkpoint, tree, kept, problem } = event
      return add(timeline, { ...base, type: 'restore', checkpoint, tree, kept, problem })
    }
    case 'capReached':
      return note(timeline, event, `The cap on ${event.cap} is reached: the pair ends when this turn ends.`)
    case 'slept':
      return note(
        timeline,
        event,
        `The machine slept for ${Math.max(1, Math.round(event.ms / 60_000))} min; they do not count.`,
      )
    case 'continued':
      return note({ ...timeline, ended: false }, event, `The pair goes on: ${event.why}.`)
    case 'pullRequestDrafted':
      return note(timeline, event, `You created a draft pull request: ${event.url}`)
    default:
      return assertNever(event)
  }
}

const planProposed = (timeline: Timeline, event: Of<'planProposed'>): Timeline => {
  const { seat, version, items, reason } = event
  return add(
    { ...timeline, plan: items },
    {
      ...start(timeline, event),
      type: 'plan',
      by: seat === null ? 'human' : voice(timeline, seat),
      version,
      items,
      before: timeline.plan,
      reason,
    },
  )
}

const proofStarted = (timeline: Timeline, event: Of<'proofStarted'>): Timeline => {
  const { run, by, proof } = event
  const index = timeline.entries.length
  return add(
    { ...timeline, proof: { run, index } },
    {
      ...start(timeline, event),
      type: 'proof',
      run,
      by,
      command: proof.command,
      endedAt: null,
      result: null,
      sentBack: 0,
    },
  )
}

const withProof = (
  timeline: Timeline,
  run: number,
  change: Partial<{ endedAt: string; result: ProofResult; sentBack: number }>,
): Timeline => {
  const open = timeline.proof
  if (open?.run !== run) return timeline
  const entry = entryAt(timeline.entries, open.index)
  if (entry?.type !== 'proof') return timeline
  return { ...timeline, entries: withEntry(timeline.entries, open.index, { ...entry, ...change }) }
}
