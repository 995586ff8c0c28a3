/**
 * The tools of a pair, and what a call means: a signal for the machine with the words to answer by, or the reason why
 * it is out of turn or malformed, told so that the agent can do better.
 */
import type { ToolSpec } from '../agent/tools'
import type { Signal } from '../pair/inputs'
import type { PairState } from '../pair/model'
import type { SeatId } from '../pair/seat'
import { lastFinding, openFindings, planOf, roleOf } from '../pair/view'
import { err, ok, type Result } from '../result'
import { answerFindings, parseAnswers } from './answer-findings'
import { parsePlan, proposePlan } from './propose-plan'
import { parseReport, reportDone } from './report-done'
import { parseReview, submitReview } from './submit-review'

export const pairTools: readonly ToolSpec[] = [proposePlan, reportDone, answerFindings, submitReview]

export interface ToolCall {
  readonly signal: Signal
  /** What the agent reads when it is recorded. */
  readonly reply: string
}

/** The error is for the agent to read. */
export const readCall = (
  state: PairState,
  seat: SeatId,
  name: string,
  args: unknown,
): Result<ToolCall, string> => {
  switch (name) {
    case submitReview.name:
      return review(state, seat, args)
    case proposePlan.name:
      return asDriver(state, seat, name) ?? plan(state, seat, args)
    case reportDone.name:
      return asDriver(state, seat, name) ?? report(state, seat, args)
    case answerFindings.name:
      return asDriver(state, seat, name) ?? answers(state, seat, args)
    default:
      return err(`There is no tool ${name} here. There are ${pairTools.map(tool => tool.name).join(', ')}.`)
  }
}

/** Undefined when it is the driver's turn and this seat drives. */
const asDriver = (state: PairState, seat: SeatId, name: string): Result<never, string> | undefined => {
  if (state.stage.phase === 'ended') return err('Not recorded: the pair has ended.')
  if (roleOf(state, seat) !== 'driver') {
    return err(
      `Not recorded: you are the navigator; ${name} is for the driver. Give your verdict with submit_review.`,
    )
  }
  if (state.stage.phase === 'doubleReview') {
    return err('Not recorded: you are reviewing now. Give your verdict with submit_review.')
  }
  return state.stage.phase === 'planReview' || state.stage.phase === 'reviewing'
    ? err('Not recorded: your work is under review now; you are told what comes of it.')
    : undefined
}

const review = (state: PairState, seat: SeatId, args: unknown): Result<ToolCall, string> => {
  const { stage, round } = state
  const isDriver = roleOf(state, seat) === 'driver'
  if (stage.phase === 'ended') return err('Not recorded: the pair has ended.')
  if (isDriver && stage.phase !== 'doubleReview') {
    return err(
      'Not recorded: you are the driver; the navigator gives the verdict. Use report_done when the work is complete.',
    )
  }
  if (stage.phase === 'planReview' && state.planJudged >= stage.version) {
    return err('Not recorded: this plan has been judged already.')
  }
  if (stage.phase !== 'reviewing' && stage.phase !== 'planReview' && stage.phase !== 'doubleReview') {
    return err('Not recorded: nothing is under review now.')
  }
  const prefix = `${round}.${isDriver ? 'd' : ''}`
  const parsed = parseReview(args, prefix, lastFinding(state, prefix))
  if (!parsed.ok) return parsed
  return ok({
    signal: { type: 'review', seat, review: parsed.value },
    reply: `Recorded: ${parsed.value.verdict}. End your turn now.`,
  })
}

const plan = (state: PairState, seat: SeatId, args: unknown): Result<ToolCall, string> => {
  const before = planOf(state)
  const parsed = parsePlan(args, before?.items ?? null)
  if (!parsed.ok) return parsed
  const next = state.stage.phase === 'planning' ? 'End your turn now; your partner reviews it.' : 'Go on.'
  return ok({
    signal: { type: 'plan', seat, ...parsed.value },
    reply: `Recorded: plan version ${(before?.version ?? 0) + 1}. ${next}`,
  })
}

const report = (state: PairState, seat: SeatId, args: unknown): Result<ToolCall, string> => {
  if (state.stage.phase === 'planning') {
    return err('Not recorded: the plan comes first. Call propose_plan and end your turn.')
  }
  const given = openFindings(state).filter(({ handoff }) => handoff !== null)
  const parsed = parseReport(
    args,
    planOf(state)?.items ?? null,
    given.map(({ finding }) => finding.id),
  )
  if (!parsed.ok) return parsed
  return ok({
    signal: { type: 'report', seat, ...parsed.value },
    reply:
      state.terms.proof === null
        ? 'Recorded. End your turn now; your partner reviews.'
        : `Recorded. End your turn now; then Duologue runs \`${state.terms.proof.command}\`.`,
  })
}

/** An answer may be changed for as long as the human has not ruled. */
const answers = (state: PairState, seat: SeatId, args: unknown): Result<ToolCall, string> => {
  const known = state.findings.filter(({ handoff, promotedAt }) => handoff !== null || promotedAt !== null)
  const parsed = parseAnswers(
    args,
    known.map(({ finding }) => finding.id),
  )
  if (!parsed.ok) return parsed
  return ok({
    signal: { type: 'answers', seat, answers: parsed.value },
    reply: `Recorded: ${parsed.value.map(({ id, answer }) => `${id} ${answer}`).join(', ')}.`,
  })
}
