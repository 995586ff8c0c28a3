/** Findings: the driver answers each, the human rules, and what was ruled out is not raised again. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import { type JudgedFinding, stateOf } from '../review/finding'
import { Story } from './story'
import { judgeFindings } from './verdict'

const leak = {
  ...{ severity: 'major', file: 'src/retry.ts', line: 42, inScope: true },
  text: 'The timer is never cleared when the upload is aborted.',
} as const
const docs = {
  ...{ severity: 'minor', file: 'README.md', line: 0, inScope: false },
  text: 'The option is not documented.',
} as const

const reviewed = (): Story => {
  const story = new Story()
  story.drive()
  story.take('right')
  story.call('right', 'submit_review', { verdict: 'changes', summary: '', findings: [leak, docs] })
  story.end('right')
  return story
}
const states = (story: Story) => story.state.findings.map(record => [record.finding.id, stateOf(record)])

test('the driver answers what it was given; done is not reported with findings unanswered', () => {
  const story = reviewed()
  story.take('left')
  expect(story.call('left', 'report_done', { summary: 'x' })).toContain('findings 1.1 wait for your answer')
  expect(story.call('left', 'answer_findings', { answers: [{ id: '1.2', answer: 'fixed' }] })).toContain(
    'no finding 1.2; you were given 1.1',
  )
  expect(story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'rejected' }] })).toContain(
    'needs a reason',
  )
  const reason = 'The caller clears it.'
  story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'rejected', reason }] })
  expect(states(story)).toEqual([
    ['1.1', 'rejected'],
    ['1.2', 'followUp'],
  ])
  story.report()
  story.end('left')
  story.measured('c2')
  expect(story.sent().at(-1)?.text).toContain('- 1.1 rejected: The caller clears it.')
})

test('a finding that the human dismissed is not raised again: alone it is a pass', () => {
  const story = reviewed()
  story.command({ type: 'ruleFinding', id: asFindingId('1.1'), ruling: 'dismissed', reason: 'not here' })
  expect(states(story)[0]).toEqual(['1.1', 'dismissed'])
  story.take('left')
  const told = story.state.outbox.find(({ kind, to }) => kind === 'steer' && to === 'left')
  if (told) story.agent('left', { type: 'messageTaken', id: told.id, via: 'test' })
  story.report()
  story.end('left')
  story.measured('c2')
  expect(story.sent().at(-1)?.text).toContain('Your human has ruled on these; do not raise them again')
  story.take('right')
  story.call('right', 'submit_review', { verdict: 'changes', summary: '', findings: [{ ...leak, line: 44 }] })
  story.end('right')
  expect(story.events.filter(({ type }) => type === 'reviewed').at(-1)).toMatchObject({
    verdict: 'pass',
    findings: [{ repeats: '1.1', silenced: true }],
  })
  story.settled('c2')
  expect(story.state.stage).toMatchObject({ reason: 'agreed' })
})

test('what the human dismissed stays out however often it is raised', () => {
  const story = reviewed()
  const key = { ...leak, line: 7, text: 'No key is sent: a second attempt stores the file twice.' }
  const raise = (tree: string, ...findings: readonly object[]) => {
    story.end('left')
    story.measured(tree)
    story.take('right')
    story.call('right', 'submit_review', { verdict: 'changes', summary: '', findings })
    story.end('right')
    return story.events.filter(({ type }) => type === 'reviewed').at(-1)
  }
  story.take('left')
  story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'rejected', reason: 'no' }] })
  story.command({ type: 'ruleFinding', id: asFindingId('1.1'), ruling: 'dismissed', reason: '' })
  expect(raise('c2', leak, key)).toMatchObject({ verdict: 'changes', findings: [{ silenced: true }, {}] })
  story.take('left')
  expect(raise('c3', leak)).toMatchObject({ verdict: 'pass', findings: [{ repeats: '2.1', silenced: true }] })
})

test('nor when it is said for the third time, until the human upholds it', () => {
  const story = reviewed()
  story.command({ type: 'ruleFinding', id: asFindingId('1.1'), ruling: 'dismissed', reason: '' })
  const [first] = story.state.findings
  if (!first) throw new Error('there is a first finding')
  const said = (id: string): JudgedFinding => ({
    ...leak,
    severity: 'major',
    id: asFindingId(id),
    text: `Again: ${leak.text}`,
  })
  const [second] = judgeFindings([first], [said('2.1')])
  if (!second) throw new Error('one in, one out')
  const again = { ...first, finding: second, ruling: null }
  expect(judgeFindings([first, again], [said('3.1')])).toEqual([
    { ...said('3.1'), repeats: '2.1', silenced: true },
  ])
  // A ruling is on all tellings of it.
  const ruling = { type: 'upheld', reason: '', at: '' } as const
  const upheld = [first, again].map(record => ({ ...record, ruling }))
  expect(judgeFindings(upheld, [said('3.1')])).toEqual([{ ...said('3.1'), repeats: '2.1' }])
  expect(upheld.map(stateOf)).toEqual(['open', 'open'])
})

test('what the human upholds goes to the driver again, though it was rejected', () => {
  const story = reviewed()
  story.take('left')
  const answers = [{ id: '1.1', answer: 'rejected', reason: 'no' }]
  story.call('left', 'answer_findings', { answers })
  story.sent()
  story.command({ type: 'ruleFinding', id: asFindingId('1.1'), ruling: 'upheld', reason: 'it does leak' })
  expect(story.sent()).toMatchObject([{ seat: 'left', mode: 'steer' }])
  expect(states(story)[0]).toEqual(['1.1', 'open'])
})

test('a promoted follow-up comes into scope, also of a pair that has ended', () => {
  const story = reviewed()
  story.take('left')
  story.call('left', 'answer_findings', { answers: [{ id: '1.1', answer: 'fixed' }] })
  story.report()
  story.end('left')
  story.measured('c2')
  story.take('right')
  story.call('right', 'submit_review', { verdict: 'pass', summary: '' })
  story.end('right')
  story.settled('c2')
  expect(story.state.stage.phase).toBe('ended')
  story.sent()
  story.command({ type: 'promoteFinding', id: asFindingId('1.2') })
  expect(story.state.stage.phase).toBe('driving')
  const [message] = story.sent()
  expect(message?.text).toContain('- 1.2 minor README.md The option is not documented.')
  expect(story.refusalOf({ type: 'promoteFinding', id: asFindingId('1.2') })).toBe('It is in scope already.')
})

test('the driver’s own follow-ups wait with the others', () => {
  const story = new Story()
  story.take('left')
  story.call('left', 'report_done', { summary: 'Done.', followUps: ['Write the docs.'] })
  expect(states(story)).toEqual([['1.f1', 'followUp']])
})

test('a restore keeps the present, pauses, and tells both', () => {
  const story = new Story()
  story.drive('one', 'c1')
  expect(story.refusalOf({ type: 'restore', checkpoint: 99 })).toBe('There is no such checkpoint.')
  story.take('right')
  expect(story.refusalOf({ type: 'restore', checkpoint: 0 })).toContain('A turn is running')
  story.end('right', '', { type: 'interrupted' })
  story.command({ type: 'restore', checkpoint: 0 })
  expect(story.effects.at(-1)).toMatchObject({ type: 'restore', checkpoint: 0, tree: 'b0' })
  expect(story.refusalOf({ type: 'restore', checkpoint: 0 })).toBe('A restore is under way.')
  const restore = story.effects.at(-1)
  story.effects = []
  story.command({ type: 'reopen' })
  expect(story.effects).toContainEqual({ ...restore, again: true })
  for (const seat of ['left', 'right'] as const) {
    story.agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })
  }
  story.give({
    type: 'signal',
    signal: { type: 'restored', checkpoint: 0, tree: 'b0', kept: 30, keptTree: 'c1', problem: null },
  })
  expect(story.holds()).toEqual(['paused'])
  expect(story.state.checkpoints.at(-1)).toMatchObject({ number: 30, tree: 'c1', why: 'beforeRestore' })
  story.sent()
  story.command({ type: 'resume' })
  const [driver] = story.sent()
  expect(driver?.seat).toBe('left')
  expect(driver?.text).toContain('I put the workspace back to checkpoint 0 (tree b0)')
  story.take('left')
  story.end('left')
  story.measured('c5')
  expect(story.sent()[0]?.text).toContain('I put the workspace back to checkpoint 0')
})

test('findings that a restore took back on their way go with the word to go on', () => {
  const story = new Story()
  story.drive('one', 'c1')
  story.take('right')
  story.call('right', 'submit_review', { verdict: 'changes', summary: '', findings: [leak] })
  story.command({ type: 'pause', now: false })
  story.end('right')
  story.command({ type: 'restore', checkpoint: 0 })
  const done = { checkpoint: 0, tree: 'b0', kept: 30, keptTree: 'c1', problem: null }
  story.give({ type: 'signal', signal: { type: 'restored', ...done } })
  story.sent()
  story.command({ type: 'resume' })
  const [driver] = story.sent()
  expect(driver?.seat).toBe('left')
  expect(driver?.text).toContain('Findings in scope:\n- 1.1 ')
})
