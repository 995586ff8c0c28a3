/** The navigator's replies that end a review, for either program. */
import * as claude from './claude-model-server'
import * as codex from './codex-model-server'

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

export const claudeReviews = (verdict: Verdict): claude.Reply => [claude.submitReview({ ...verdict })]
export const codexReviews = (verdict: Verdict): codex.ModelReply => [codex.call('submit_review', verdict)]
