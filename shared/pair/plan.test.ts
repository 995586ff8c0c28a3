/** Plan first: no code before the navigator passed a plan, nor, where asked for, before the human approved it. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import type { Review } from '../review/finding'
import { pass, Story } from './story'

const item = { id: '1', text: 'Clear the timer', why: 'it leaks', files: ['a.ts'] }
const changes: Review = {
  verdict: 'changes',
  summary: '',
  findings: [
    {
      ...{ id: asFindingId('1.1'), severity: 'major', file: '', line: 0 },
      ...{ text: 'It forgets the retry.', inScope: true },
    },
  ],
}

const propose = (story: Story, items: readonly object[] = [item], reason = ''): string => {
  story.take('left')
  const reply = story.call('left', 'propose_plan', { items, reason })
  story.end('left')
  return reply
}

test('the driver plans, the navigator reviews the plan, and then the work begins', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  expect(story.state.outbox[0]?.text).toContain('propose_plan')
  expect(propose(story)).toContain('plan version 1')
  const request = story.sent().at(-1)
  expect(request?.seat).toBe('right')
  expect(request?.text).toContain('  1. Clear the timer\n     why: it leaks\n     files: a.ts')
  expect(story.state.stage).toMatchObject({ phase: 'planReview', version: 1 })
  story.judge(pass)
  expect(story.sent().at(-1)?.text).toContain('The plan is settled.')
  expect(story.state).toMatchObject({ stage: { phase: 'driving' }, planSettled: { version: 1 } })
})

test('changes bring another version, with its reason', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  propose(story)
  story.judge(changes)
  expect(story.sent().at(-1)?.text).toContain('- 1.1 major (no file) It forgets the retry.')
  story.take('left')
  expect(story.call('left', 'propose_plan', { items: [item, { ...item, id: '2' }] })).toContain(
    'needs its reason',
  )
  story.call('left', 'propose_plan', { items: [item, { ...item, id: '2' }], reason: 'the retry' })
  story.end('left')
  expect(story.sent().at(-1)?.text).toContain('version 2 by Claude Code (changed because: the retry')
})

test('with approval asked for, nothing begins before the human approves', () => {
  const story = new Story(10, { planFirst: 'approved' })
  propose(story)
  story.judge(pass)
  expect(story.holds()).toEqual(['planApproval'])
  expect(story.kinds()).toEqual([])
  story.command({ type: 'editPlan', items: [{ ...item, text: 'Clear both timers' }], reason: 'both leak' })
  expect(story.holds()).toEqual(['planApproval'])
  story.command({ type: 'approvePlan' })
  const [message] = story.sent().slice(-1)
  expect(message?.text).toContain('version 2 by your human (changed because: both leak')
  expect(message?.text).toContain('Clear both timers')
})

test('no plan is reminded once, then held; the human may let the work begin without', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  story.take('left')
  story.end('left', 'I would do this and that.')
  expect(story.kinds()).toEqual(['reminder left sending'])
  story.take('left')
  story.end('left', 'As I said.')
  expect(story.holds()).toEqual(['noPlan'])
  story.command({ type: 'skipPlan' })
  expect(story.holds()).toEqual([])
  expect(story.sent().at(-1)?.text).toContain('begin without a plan')
  expect(story.state.stage.phase).toBe('driving')
})

test('report_done is refused while planning, and so is a plan of the navigator', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  story.take('left')
  expect(story.call('left', 'report_done', { summary: 'x' })).toContain('the plan comes first')
  expect(story.call('right', 'propose_plan', { items: [item] })).toContain('you are the navigator')
})

test('a later change of the human is told to a driver at work at once', () => {
  const story = new Story()
  story.take('left')
  story.command({ type: 'editPlan', items: [item], reason: 'to be sure' })
  const [message] = story.sent().slice(-1)
  expect(message).toMatchObject({ seat: 'left', mode: 'steer' })
  expect(message?.text).toContain('I changed the plan')
})

test('a plan that waits for approval is not judged a second time by what its reviewer does meanwhile', () => {
  const story = new Story(10, { planFirst: 'approved' })
  propose(story)
  const followUp = { severity: 'minor', file: 'b.ts', line: 0, text: 'Rename it.', inScope: false }
  story.take('right')
  story.call('right', 'submit_review', { verdict: 'pass', summary: '', findings: [followUp] })
  story.end('right')
  expect(story.holds()).toEqual(['planApproval'])
  story.humanTurn('right')
  expect(story.call('right', 'submit_review', { verdict: 'pass', summary: '' })).toContain('judged already')
  story.end('right')
  expect(story.events.filter(({ type }) => type === 'reviewed')).toHaveLength(1)
  expect(story.state.findings).toHaveLength(1)
  expect(story.holds()).toEqual(['planApproval'])
})

const restore = (story: Story): void => {
  story.command({ type: 'restore', checkpoint: 0 })
  const done = { checkpoint: 0, tree: 'b0', kept: 30, keptTree: 'c1', problem: null }
  story.give({ type: 'signal', signal: { type: 'restored', ...done } })
  story.command({ type: 'resume' })
}

test('a restore that takes back the findings on a plan gives them with the word to go on, and planning goes on', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  propose(story)
  story.take('right')
  story.review(changes)
  story.command({ type: 'pause', now: false })
  story.end('right')
  expect(story.kinds()).toEqual(['handoff left waiting'])
  restore(story)
  const [message] = story.sent().slice(-1)
  expect(message?.text).toContain('Plan first: change no files yet.')
  expect(message?.text).toContain('- 1.1 major (no file) It forgets the retry.')
  expect(message?.text).toContain('The plan, version 1 by Claude Code')
  expect(message?.text).toContain('I put the workspace back to checkpoint 0')
  story.take('left')
  expect(story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'fixed' }] })).toContain(
    'Recorded',
  )
})

test('a plan whose review a restore took back goes to review again, as it is', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  story.command({ type: 'pause', now: false })
  propose(story)
  restore(story)
  expect(story.sent().at(-1)?.text).toContain('This plan goes to review when your turn ends.')
  story.take('left')
  story.end('left')
  expect(story.sent().at(-1)).toMatchObject({ seat: 'right' })
  expect(story.state.stage).toMatchObject({ phase: 'planReview', version: 1 })
})

test('the reminder of a plan that was judged carries what it lacks', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  propose(story)
  story.judge(changes)
  story.take('left')
  story.end('left', 'I would mend it.')
  const [message] = story.sent().slice(-1)
  expect(message?.text).toContain('Your turn ended without a plan.')
  expect(message?.text).toContain('- 1.1 major (no file) It forgets the retry.')
  expect(message?.text).toContain('The plan, version 1 by Claude Code')
})

test('a review of a plan that the human ends is no leave to begin', () => {
  const story = new Story(10, { planFirst: 'reviewed' })
  propose(story)
  story.take('right')
  story.command({ type: 'endRound' })
  story.end('right', '', { type: 'interrupted' })
  const [message] = story.sent().slice(-1)
  expect(message?.text).toContain('No verdict on the plan')
  expect(message?.text).toContain('Plan first: change no files yet.')
  expect(message?.text).not.toContain('report_done')
})

test('what a restore left waiting in planning goes when the human approves the plan', () => {
  const story = new Story(10, { planFirst: 'approved' })
  propose(story)
  story.judge(pass)
  restore(story)
  expect(story.kinds()).toContain('handoff left waiting')
  story.command({ type: 'approvePlan' })
  const left = story.sent().filter(({ seat }) => seat === 'left')
  expect(left).toHaveLength(1)
  expect(left[0]?.text).toContain('The plan is settled.')
  expect(left[0]?.text).toContain('I put the workspace back to checkpoint 0')
})
