/** What the draft of a pair tells, from pairs that were played out. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import { Story } from '../pair/story'
import { leftForLater, pullRequestInput, whyNoPullRequest } from './pr-input'
import { pullRequestText } from './pull-request'

const proof = { command: 'npm test', limitSeconds: 60 }
const item = { id: 'p1', text: 'Clear the timer', why: 'it leaks', files: ['a.ts'] }
const found = (text: string, inScope: boolean, file = 'a.ts') => ({
  ...{ severity: 'major', file, line: 3, text, inScope },
})

const passed = { type: 'exited', code: 0 } as const
const proven = (story: Story, tree: string): void => {
  story.take('left')
  if (story.state.findings.length > 0) {
    const answers = [
      { id: '2.1', answer: 'fixed' },
      { id: '2.2', answer: 'rejected', reason: 'The caller does.' },
      { id: '2.3', answer: 'deferred', reason: 'It needs a migration.' },
    ]
    story.call('left', 'answer_findings', { answers })
  }
  story.report()
  story.end('left')
  story.measured(tree, 'b.ts')
  story.proofEnds(passed, tree)
}

/** A plan that the human changed and approved, a review with findings of every kind, and files that were unplanned. */
const agreed = (): Story => {
  const story = new Story(10, { planFirst: 'approved', proof, holdUnplanned: true })
  story.take('left')
  story.call('left', 'propose_plan', { items: [item] })
  story.end('left')
  story.judge({ verdict: 'pass', summary: '', findings: [] })
  story.command({ type: 'editPlan', items: [{ ...item, text: 'Clear both timers' }], reason: 'both leak' })
  story.command({ type: 'approvePlan' })
  proven(story, 'c1')
  story.take('right')
  const findings = [
    found('The timer is never cleared when the upload is aborted.', true),
    found('Nobody checks for null.', true, 'b.ts'),
    found('Old uploads have no retry at all.', true, 'c.ts'),
    found('The option is not documented.', false, 'README.md'),
    found('Wrong name of a variable here.', false, 'd.ts'),
  ]
  story.call('right', 'submit_review', { verdict: 'changes', summary: '', findings })
  story.end('right')
  story.command({ type: 'ruleFinding', id: asFindingId('2.5'), ruling: 'dismissed', reason: 'it is right' })
  for (const steer of story.state.outbox.filter(
    ({ kind, status }) => kind === 'steer' && status === 'sending',
  ))
    story.agent(steer.to, { type: 'messageTaken', id: steer.id, via: 'test' })
  proven(story, 'c2')
  story.judge({ verdict: 'pass', summary: '', findings: [] })
  story.settled('c2')
  story.command({ type: 'acceptUnplanned' })
  story.settled('c2')
  return story
}

test('an agreed pair tells plan, proof, each finding’s end, what the human decided, and what is left', () => {
  const { state, events } = agreed()
  expect(whyNoPullRequest(state)).toBeNull()
  const input = pullRequestInput(state, events)
  expect(input.plan).toMatchObject({ version: 2, items: [{ id: 'p1', text: 'Clear both timers' }] })
  expect(input.proof).toEqual({
    ...{ command: 'npm test', words: 'passed', durationMs: 1_200, tree: 'c2', tail: 'the end' },
  })
  expect(input.findings.map(({ id, state: is, by, reason }) => [id, is, by, reason])).toEqual([
    ['2.1', 'fixed', 'Claude Code', ''],
    ['2.2', 'rejected', 'Claude Code', 'The caller does.'],
    ['2.3', 'deferred', 'Claude Code', 'It needs a migration.'],
    ['2.5', 'dismissed', 'the human', 'it is right'],
  ])
  expect(input.followUps.map(({ id, by }) => [id, by])).toEqual([['2.4', 'Codex']])
  expect(input.decisions).toEqual([
    'Changed the plan, now version 2: both leak',
    'Approved the plan, version 2.',
    'Dismissed finding 2.5: it is right',
    'Accepted files that no plan item names: `b.ts`',
  ])
  expect(input.agents).toEqual([
    { name: 'Claude Code', role: 'driver' },
    { name: 'Codex', role: 'navigator' },
  ])
  expect(input.rounds).toBe(3)
  const { title, body } = pullRequestText(input)
  expect(title).toBe('Fix the upload.')
  for (const part of ['> Keep the API.', '**passed**', 'Clear both timers', 'The caller does.', 'documented'])
    expect(body).toContain(part)
})

test('follow-ups and what was deferred are left for later; dismissed and promoted ones are not', () => {
  const story = agreed()
  expect(leftForLater(story.state).map(({ id }) => id)).toEqual(['2.3', '2.4'])
  story.command({ type: 'promoteFinding', id: asFindingId('2.4') })
  expect(leftForLater(story.state).map(({ id }) => id)).toEqual(['2.3'])
})

test('a follow-up that is raised again is one', () => {
  const { state } = agreed()
  const last = state.findings.find(({ finding }) => finding.id === '2.4')
  if (!last) throw new Error('no follow-up')
  const again = { ...last.finding, id: asFindingId('9.1'), repeats: asFindingId('2.4') }
  const repeated = { ...state, findings: [...state.findings, { ...last, finding: again }] }
  expect(leftForLater(repeated).map(({ id }) => id)).toEqual(['2.3', '2.4'])
  expect(pullRequestInput(repeated, []).followUps.map(({ id }) => id)).toEqual(['2.4'])
})

test('a proof is told as what it shows now', () => {
  const { state } = agreed()
  const run = state.proof
  if (!run?.result) throw new Error('no proof')
  const words = (change: Partial<typeof state>) => pullRequestInput({ ...state, ...change }, []).proof?.words
  expect(words({ proof: { ...run, result: { ...run.result, tree: 'c1' } } })).toBe(
    'passed, on work that was changed since',
  )
  expect(words({ proof: { ...run, result: { ...run.result, changed: true } } })).toBe(
    'passed, but files changed while it ran, so it does not count',
  )
  expect(words({ proof: null })).toBe('has not run')
  expect(words({ proof: null, terms: { ...state.terms, proof: null } })).toBeUndefined()
})

test('only agreed work in git becomes a draft, and only one', () => {
  const { state } = agreed()
  const going = new Story()
  expect(whyNoPullRequest(going.state)).toContain('it has not agreed')
  expect(whyNoPullRequest({ ...state, git: false })).toContain('Outside git')
  expect(whyNoPullRequest({ ...state, pullRequest: 'https://x/7' })).toContain('https://x/7')
  const capped = { ...state, stage: { phase: 'ended', reason: 'cap', detail: '' } } as const
  expect(whyNoPullRequest(capped)).toContain('it has not agreed')
})
