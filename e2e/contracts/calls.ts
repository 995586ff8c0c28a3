/** Replies of a scripted model that call Duologue's tools, for each program. */
import * as claude from './claude-model-server'
import * as codex from './codex-model-server'
import * as opencode from './opencode-model-server'

interface Verdict {
  readonly verdict: 'pass' | 'changes'
  readonly summary: string
  readonly findings: readonly Readonly<Record<string, unknown>>[]
}

export const pass: Verdict = { verdict: 'pass', summary: 'Right as it stands.', findings: [] }

export const changes = (text: string): Verdict => ({
  verdict: 'changes',
  summary: 'Not yet.',
  findings: [{ severity: 'major', file: 'retry.js', line: 1, text, inScope: true }],
})

export const PAIR_TOOLS = ['propose_plan', 'report_done', 'answer_findings', 'submit_review'] as const
export type PairTool = (typeof PAIR_TOOLS)[number]
export type Args = Readonly<Record<string, unknown>>

export const claudeCalls = (tool: PairTool, args: Args): claude.Reply => [
  claude.toolCall(`mcp__pair__${tool}`, args),
]
export const codexCalls = (tool: PairTool, args: Args): codex.ModelReply => [codex.call(tool, args)]

export const opencodeCalls = (tool: PairTool, args: Args): opencode.ModelReply => [
  opencode.call(`pair_${tool}`, args),
]

export const claudeReviews = (verdict: Verdict): claude.Reply => claudeCalls('submit_review', { ...verdict })
export const codexReviews = (verdict: Verdict): codex.ModelReply =>
  codexCalls('submit_review', { ...verdict })

export const opencodeReviews = (verdict: Verdict): opencode.ModelReply =>
  opencodeCalls('submit_review', { ...verdict })

export const claudeReports = (summary: string): claude.Reply => claudeCalls('report_done', { summary })

/** A session's very first request can go out before Claude Code has our tools, so a driver looks around first. */
export const claudeLooks = (project: string): claude.Reply => [
  claude.toolCall('Read', { file_path: `${project}/retry.js` }),
]

/** The driver's last two replies: it reports done, then ends its turn with the same words. */
export const claudeDone = (text: string): readonly claude.Reply[] => [claudeReports(text), [claude.say(text)]]
export const codexDone = (text: string): readonly codex.ModelReply[] => [
  codexCalls('report_done', { summary: text }),
  [codex.say(text)],
]
export const opencodeDone = (text: string): readonly opencode.ModelReply[] => [
  opencodeCalls('report_done', { summary: text }),
  [opencode.say(text)],
]

/** What the driver says to findings, by their ids: `fixed`, or why it rejects them. */
type Answers = Readonly<Record<string, string>>
const answersOf = (answers: Answers): Args => ({
  answers: Object.entries(answers).map(([id, answer]) =>
    answer === 'fixed' ? { id, answer } : { id, answer: 'rejected', reason: answer },
  ),
})
export const claudeAnswers = (answers: Answers): claude.Reply =>
  claudeCalls('answer_findings', answersOf(answers))
export const codexAnswers = (answers: Answers): codex.ModelReply =>
  codexCalls('answer_findings', answersOf(answers))
export const opencodeAnswers = (answers: Answers): opencode.ModelReply =>
  opencodeCalls('answer_findings', answersOf(answers))
