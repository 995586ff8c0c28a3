/**
 * The shape of every event as a journal holds it, told to zod. The compiler keeps them in step with `PairEvent`; what a
 * schema does not name is kept by the codec in `line`, which is all that reads these.
 */
import { z } from 'zod'
import { CommandConfig } from '../agent/command-config'
import type { AgentRequest, Answer, Question, TurnCause, TurnOutcome, Usage } from '../agent/event'
import type { DeliveryId, FindingId, PairId, RequestId, TurnId } from '../ids'
import type { PairEvent } from '../pair/events'
import type { HoldWhy, Measure, ReviewTarget, Terms } from '../pair/model'
import type { SeatConfig, SeatId } from '../pair/seat'
import type { Finding, FindingAnswer, JudgedFinding, Review, Verdict } from '../review/finding'
import type { PlanItem } from '../review/plan'
import type { ProofCommand, ProofOutcome, ProofResult } from '../review/proof'
import type { Report } from '../review/report'

/** A branded id is a string in a file; the brand is only the compiler's. */
const id = <T extends string>(): z.ZodType<T> => z.string() as unknown as z.ZodType<T>
const deliveryId = id<DeliveryId>()
const turnId = id<TurnId>()
const requestId = id<RequestId>()
const text = z.string()
const count = z.number().int()
const seat: z.ZodType<SeatId> = z.enum(['left', 'right'])
const nullableText = text.nullable()

const seatConfig: z.ZodType<SeatConfig> = z.object({
  agent: z.enum(['claude', 'codex', 'opencode', 'practice', 'command']),
  model: text.exactOptional(),
  permissionMode: text.exactOptional(),
  command: CommandConfig.exactOptional(),
})

const diffstat = z.object({
  fileCount: count,
  added: count,
  removed: count,
  files: z.array(z.object({ path: text, added: count, removed: count })),
})
const target: z.ZodType<ReviewTarget> = z.object({ base: text, tree: text })
const measure: z.ZodType<Measure> = z.object({
  diffstat: diffstat.nullable(),
  target: target.nullable(),
  note: text,
  whole: diffstat.nullable().exactOptional(),
  checkpoint: count.exactOptional(),
})

const proofCommand: z.ZodType<ProofCommand> = z.object({ command: text, limitSeconds: z.number() })
const proofOutcome: z.ZodType<ProofOutcome> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('exited'), code: count }),
  z.object({ type: z.literal('signalled'), signal: text }),
  z.object({ type: z.literal('timedOut'), limitSeconds: z.number() }),
  z.object({ type: z.literal('stopped') }),
  z.object({ type: z.literal('notStarted'), message: text }),
])
const proofResult: z.ZodType<ProofResult> = z.object({
  outcome: proofOutcome,
  durationMs: z.number(),
  tail: text,
  bytes: z.number(),
  tree: nullableText,
  changed: z.boolean(),
})
const terms: z.ZodType<Terms> = z.object({
  planFirst: z.enum(['no', 'reviewed', 'approved']),
  proof: proofCommand.nullable(),
  doubleReview: z.boolean(),
  holdUnplanned: z.boolean(),
})
const planItem: z.ZodType<PlanItem> = z.object({ id: text, text, why: text, files: z.array(text) })
const report: z.ZodType<Report> = z.object({
  summary: text,
  planItems: z.array(text),
  files: z.array(text),
  notDone: text,
})

const cause = z.enum(['quota', 'auth', 'model', 'network', 'server', 'crash', 'unknown'])
const turnCause: z.ZodType<TurnCause> = z.union([z.literal('human'), z.object({ delivery: deliveryId })])
const outcome: z.ZodType<TurnOutcome> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('completed') }),
  z.object({ type: z.literal('interrupted') }),
  z.object({ type: z.literal('failed'), cause, detail: text }),
])

const findingId = id<FindingId>()
const findingFields = {
  id: findingId,
  severity: z.enum(['blocker', 'major', 'minor']),
  file: text,
  line: count,
  text,
  inScope: z.boolean(),
}
const finding: z.ZodType<Finding> = z.object(findingFields)
const judgedFinding: z.ZodType<JudgedFinding> = z.object({
  ...findingFields,
  seenBy: z.enum(['driver', 'navigator', 'both']).exactOptional(),
  repeats: findingId.exactOptional(),
  silenced: z.boolean().exactOptional(),
})
const findingAnswer: z.ZodType<FindingAnswer> = z.object({
  id: findingId,
  answer: z.enum(['fixed', 'rejected', 'deferred']),
  reason: text,
})
const review: z.ZodType<Review> = z.object({
  verdict: z.enum(['pass', 'changes']),
  summary: text,
  findings: z.array(finding),
})
const givenVerdict = z.enum(['pass', 'changes'])
const verdict: z.ZodType<Verdict> = z.enum(['pass', 'changes', 'unclear', 'error'])

const question: z.ZodType<Question> = z.object({
  id: text,
  header: text,
  text,
  options: z.array(z.object({ label: text, description: text })),
  multiple: z.boolean(),
  freeText: z.boolean(),
})
const choice = z.enum(['allow', 'allowForSession', 'deny'])
const request: z.ZodType<AgentRequest> = z.union([
  z.object({
    type: z.literal('approval'),
    id: requestId,
    title: text,
    body: text,
    reason: text,
    choices: z.array(choice),
    covers: z.exactOptional(z.array(text)),
  }),
  z.object({ type: z.literal('question'), id: requestId, questions: z.array(question) }),
])
const answer: z.ZodType<Answer> = z.union([
  z.object({ type: z.literal('approval'), choice, message: text.exactOptional() }),
  z.object({ type: z.literal('question'), answers: z.record(text, z.array(text)) }),
])

const usage: z.ZodType<Usage> = z.object({
  inputTokens: z.number(),
  cachedTokens: z.number(),
  outputTokens: z.number(),
  contextTokens: z.number().exactOptional(),
  contextWindow: z.number().exactOptional(),
  costUsd: z.number().exactOptional(),
})

const holdWhy: z.ZodType<HoldWhy> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('paused') }),
  z.object({ type: z.literal('interrupted'), seat }),
  z.object({ type: z.literal('trouble'), seat, cause, detail: text }),
  z.object({ type: z.literal('quota'), seat, detail: text, resetsAt: nullableText }),
  z.object({ type: z.literal('unclear'), seat }),
  z.object({ type: z.literal('notAccepted'), delivery: deliveryId, detail: text }),
  z.object({ type: z.literal('noPlan'), seat }),
  z.object({ type: z.literal('planApproval') }),
  z.object({ type: z.literal('unplanned'), files: z.array(text) }),
  z.object({ type: z.literal('repetition'), seat, detail: text }),
])
const holdType = z.enum([
  'paused',
  'interrupted',
  'trouble',
  'quota',
  'unclear',
  'notAccepted',
  'noPlan',
  'planApproval',
  'unplanned',
  'repetition',
])

/** Everything of an event but its `type`; the mapped type makes a missing or wrong schema a compile error. */
type EventSchemas = {
  readonly [T in PairEvent['type']]: z.ZodType<Omit<Extract<PairEvent, { type: T }>, 'type'>>
}

const nothing = z.object({})
export const eventSchemas: EventSchemas = {
  pairStarted: z.object({
    pair: id<PairId>(),
    salt: text,
    intent: text,
    folder: text,
    branch: nullableText,
    git: z.boolean(),
    base: nullableText,
    seats: z.object({ left: seatConfig, right: seatConfig }),
    driver: seat,
    caps: z.object({
      rounds: count,
      minutes: z.number().exactOptional(),
      tokens: z.number().exactOptional(),
    }),
    intentHash: text.exactOptional(),
    terms: terms.exactOptional(),
  }),
  pairReopened: nothing,
  seatStarting: z.object({ seat, resume: nullableText }),
  seatReady: z.object({ seat, session: text, version: text, model: nullableText }),
  seatFailed: z.object({ seat, message: text }),
  seatExited: z.object({ seat, code: z.number().nullable(), signal: nullableText, resumable: z.boolean() }),
  deliveryQueued: z.object({
    id: deliveryId,
    to: seat,
    kind: z.enum(['opening', 'handoff', 'steer', 'reminder', 'notice']),
    when: z.enum(['now', 'next']),
    text,
  }),
  deliveryEdited: z.object({ id: deliveryId, text }),
  deliveryDropped: z.object({ id: deliveryId, why: text }),
  deliverySending: z.object({
    id: deliveryId,
    carries: z.array(deliveryId),
    mode: z.enum(['launch', 'message', 'steer']),
  }),
  deliveryAccepted: z.object({ id: deliveryId, via: text }),
  deliveryChecking: z.object({ id: deliveryId }),
  deliveryReturned: z.object({ id: deliveryId, why: text }),
  turnStarted: z.object({ seat, turn: turnId, cause: turnCause }),
  said: z.object({ seat, turn: turnId, text }),
  turnEnded: z.object({ seat, turn: turnId, outcome, text }),
  turnMeasured: z.object({ turn: turnId, measure }),
  reviewSubmitted: z.object({ seat, review }),
  reviewed: z.object({
    seat,
    verdict,
    by: z.enum(['navigator', 'human', 'both']),
    summary: text,
    findings: z.array(judgedFinding),
    plan: count.exactOptional(),
    target: target.nullable().exactOptional(),
    matches: z.array(z.object({ navigator: findingId, driver: findingId, why: text })).exactOptional(),
    verdicts: z.object({ left: givenVerdict, right: givenVerdict }).exactOptional(),
    nothingNew: z.boolean().exactOptional(),
  }),
  planProposed: z.object({
    seat: seat.nullable(),
    version: count,
    items: z.array(planItem),
    reason: text,
  }),
  planSettled: z.object({ version: count.nullable(), by: z.enum(['navigator', 'human']) }),
  doneReported: z.object({ seat, report }),
  followUpsNamed: z.object({ seat, findings: z.array(judgedFinding) }),
  findingsAnswered: z.object({ seat, answers: z.array(findingAnswer) }),
  findingRuled: z.object({
    id: findingId,
    ruling: z.enum(['upheld', 'dismissed', 'deferred']),
    reason: text,
  }),
  findingPromoted: z.object({ id: findingId }),
  proofChanged: z.object({ proof: proofCommand.nullable() }),
  proofStarted: z.object({
    run: count,
    by: z.enum(['report', 'human']),
    proof: proofCommand,
    again: z.boolean().exactOptional(),
  }),
  proofStopping: z.object({ run: count }),
  proofEnded: z.object({ run: count, result: proofResult }),
  proofSentBack: z.object({ run: count, count }),
  doubleReviewRequested: nothing,
  doubleReviewWithdrawn: nothing,
  doubleReviewStarted: z.object({ target: target.nullable() }),
  agreementChecking: nothing,
  unplannedAccepted: z.object({ files: z.array(text) }),
  restoring: z.object({ checkpoint: count, tree: text }),
  restored: z.object({
    checkpoint: count,
    tree: text,
    kept: count,
    keptTree: nullableText,
    problem: nullableText,
  }),
  capReached: z.object({ cap: z.enum(['minutes', 'tokens']) }),
  slept: z.object({ ms: z.number().min(0) }),
  continued: z.object({ why: text }),
  pullRequestDrafted: z.object({ url: text }),
  requestOpened: z.object({ seat, request }),
  requestAnswered: z.object({ id: requestId, answer }),
  requestClosed: z.object({ id: requestId, by: z.enum(['inbox', 'terminal', 'agent']), summary: text }),
  held: z.object({ why: holdWhy }),
  released: z.object({ why: holdType }),
  stepAllowed: nothing,
  turnInterrupting: z.object({ seat, purpose: z.enum(['hold', 'handOver']) }),
  handingOver: z.object({ turn: turnId }),
  swapRequested: nothing,
  swapWithdrawn: nothing,
  rolesSwapped: z.object({ driver: seat }),
  roundStarted: z.object({ round: count }),
  seatQuiet: z.object({ seat, since: text, last: text }),
  seatHeard: z.object({ seat }),
  limitTold: z.object({ seat, resetsAt: text }),
  goOnPlanned: z.object({ seat }),
  goOnWithdrawn: z.object({ seat }),
  limitOver: z.object({ seat }),
  usageReported: z.object({ seat, usage }),
  noticed: z.object({ seat: seat.nullable(), text }),
  ended: z.object({
    reason: z.enum(['agreed', 'converged', 'cap', 'human', 'failed', 'passed']),
    detail: text,
  }),
}
