/**
 * What stands at the head of a transcript: the pair's own state, folded in a first pass and kept small. Messages, older
 * plans and checkpoints are let go at once and long texts are cut, so memory does not grow with the journal.
 */
import { isKnown, type JournalEvent } from '../journal/line'
import type { Stamped } from '../pair/events'
import { evolve } from '../pair/evolve'
import { nothing } from '../pair/initial'
import type { PairState } from '../pair/model'
import type { SeatId } from '../pair/seat'
import { stateOf, type Verdict } from '../review/finding'

export interface Overview {
  readonly state: PairState
  /** Who drove first. */
  readonly driver: SeatId
  readonly verdict: Verdict | null
  /** Findings that there was no room for. */
  readonly leftOut: number
}

export const emptyOverview: Overview = { state: nothing, driver: 'left', verdict: null, leftOut: 0 }

/** A finding or a reason in the head; the whole of it stands in its entry. */
const MAX_CHARS = 600
/** A table of more is no overview; the settled ones are left out first. */
const MAX_FINDINGS = 500

const cut = (text: string): string =>
  text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS).replace(/[\ud800-\udbff]$/, '')} …`

/** The event without what the head does not tell. */
const slimEvent = (event: Stamped): Stamped => {
  switch (event.type) {
    case 'said':
    case 'turnEnded':
    case 'deliveryQueued':
    case 'deliveryEdited':
      return { ...event, text: '' }
    case 'reviewSubmitted':
      return { ...event, review: { ...event.review, summary: '', findings: [] } }
    case 'reviewed':
    case 'followUpsNamed':
      return {
        ...event,
        findings: event.findings.map(each => ({ ...each, text: cut(each.text), file: cut(each.file) })),
      }
    case 'findingsAnswered':
      return { ...event, answers: event.answers.map(each => ({ ...each, reason: cut(each.reason) })) }
    case 'findingRuled':
      return { ...event, reason: cut(event.reason) }
    default:
      return event
  }
}

const slimState = (state: PairState): PairState =>
  state.plans.length > 1 || state.checkpoints.length > 0
    ? { ...state, plans: state.plans.slice(-1), checkpoints: [] }
    : state

const withoutSome = (overview: Overview): Overview => {
  const { state, leftOut } = overview
  const tooMany = state.findings.length - MAX_FINDINGS
  if (tooMany <= 0) return overview
  const isSettled = state.findings.map(record => !['open', 'followUp'].includes(stateOf(record)))
  let settled = Math.min(tooMany, isSettled.filter(Boolean).length)
  let others = tooMany - settled
  const findings = state.findings.filter((_, at) => (isSettled[at] ? settled-- : others--) <= 0)
  return { ...overview, leftOut: leftOut + tooMany, state: { ...state, findings } }
}

export const foldOverview = (before: Overview, event: JournalEvent): Overview => {
  if (!isKnown(event)) return { ...before, state: { ...before.state, lastAt: event.at } }
  const state = slimState(evolve(before.state, slimEvent(event)).state)
  const next = withoutSome({ ...before, state })
  switch (event.type) {
    case 'pairStarted':
      return { ...next, driver: event.driver }
    case 'reviewed':
      return event.plan === undefined ? { ...next, verdict: event.verdict } : next
    default:
      return next
  }
}
