/**
 * What a pair's draft pull request tells, taken from its state and its journal, and what it leaves for later. Nothing
 * is counted as shown that the state does not count: a proof on other work is told as such.
 */
import type { PairEvent } from '../pair/events'
import type { PairState } from '../pair/model'
import { otherSeat } from '../pair/seat'
import { nameOf, planOf } from '../pair/view'
import { type FindingRecord, type Ruling, stateOf } from '../review/finding'
import { decisionWords, raisedBy } from './finding-words'
import { proofSentence } from './proof-words'
import type { FollowUp, PullRequestFinding, PullRequestInput } from './pull-request'

const followUp = (state: PairState, record: FindingRecord): FollowUp => {
  const { id, severity, file, line, text } = record.finding
  return { id, severity, file, line, text, by: raisedBy(state, record) }
}

/** Said once: what repeats another of them is left out. */
const once = (records: readonly FindingRecord[]): readonly FindingRecord[] => {
  const ids = new Set<string>(records.map(({ finding }) => finding.id))
  return records.filter(({ finding: { repeats } }) => repeats === undefined || !ids.has(repeats))
}

/** Follow-ups, and what was in scope and deferred: each is work for another day. */
export const leftForLater = (state: PairState): readonly FollowUp[] =>
  once(state.findings.filter(record => ['followUp', 'deferred'].includes(stateOf(record)))).map(record =>
    followUp(state, record),
  )

const reviewFinding = (state: PairState, record: FindingRecord): readonly PullRequestFinding[] => {
  const is = stateOf(record)
  if (is === 'followUp') return []
  const { id, severity, file, line, text } = record.finding
  return [{ id, severity, file, line, text, state: is, ...decisionWords(state, record, 'others') }]
}

const RULED: Readonly<Record<Ruling, string>> = {
  upheld: 'Upheld finding',
  dismissed: 'Dismissed finding',
  deferred: 'Left for later finding',
}

const because = (reason: string): string => (reason.trim() === '' ? '.' : `: ${reason.trim()}`)

/** A sentence for what the human decided; null for what is no decision of theirs. */
const decisionOf = (event: PairEvent): string | null => {
  switch (event.type) {
    case 'planProposed':
      return event.seat === null
        ? `Changed the plan, now version ${event.version}${because(event.reason)}`
        : null
    case 'planSettled':
      if (event.by !== 'human') return null
      return event.version === null
        ? 'Let the work begin without an agreed plan.'
        : `Approved the plan, version ${event.version}.`
    case 'findingRuled':
      return `${RULED[event.ruling]} ${event.id}${because(event.reason)}`
    case 'findingPromoted':
      return `Brought finding ${event.id} into scope.`
    case 'proofChanged':
      return event.proof === null ? 'Took the proof away.' : `Set the proof: \`${event.proof.command}\``
    case 'reviewed':
      return event.by === 'human' ? `Counted a review as ${event.verdict}.` : null
    case 'unplannedAccepted':
      return `Accepted files that no plan item names: ${event.files.map(file => `\`${file}\``).join(', ')}`
    case 'restored':
      return event.problem === null ? `Restored checkpoint ${event.checkpoint}.` : null
    default:
      return null
  }
}

/** `events`: the whole journal that `state` is folded from. */
export const pullRequestInput = (state: PairState, events: readonly PairEvent[]): PullRequestInput => {
  const { driver, findings } = state
  const plan = planOf(state)
  const navigator = otherSeat(driver)
  return {
    intent: state.intent,
    plan: plan && { version: plan.version, items: plan.items },
    proof: proofSentence(state),
    findings: findings.flatMap(record => reviewFinding(state, record)),
    decisions: events.flatMap(event => decisionOf(event) ?? []),
    followUps: once(findings.filter(record => stateOf(record) === 'followUp')).map(record =>
      followUp(state, record),
    ),
    agents: [
      { name: nameOf(state, driver), role: 'driver' },
      { name: nameOf(state, navigator), role: 'navigator' },
    ],
    rounds: state.round,
  }
}

/** Why there is no pull request to make of this pair; null when there is one. */
export const whyNoPullRequest = ({ git, pullRequest, stage }: PairState): string | null => {
  if (!git) return 'Outside git there is no branch to make a pull request of.'
  if (pullRequest !== null) return `There is a draft already: ${pullRequest}`
  return stage.phase === 'ended' && stage.reason === 'agreed'
    ? null
    : 'A draft pull request is made of work that the pair agreed on, and it has not agreed.'
}
