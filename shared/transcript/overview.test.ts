/** The head and the records of a transcript, from pairs that were really decided. */
import { expect, test } from 'vitest'
import { asFindingId } from '../ids'
import { emptyTimeline, entriesOf, foldTimeline } from '../journal/timeline'
import { Story } from '../pair/story'
import { type Finding, stateOf } from '../review/finding'
import { htmlBody } from './html'
import { htmlHead } from './html-head'
import { markdownEntry } from './markdown'
import { markdownHead } from './markdown-head'
import { emptyOverview, foldOverview } from './overview'
import { missingWords } from './overview-words'

const overviewOf = (story: Story) => story.events.reduce(foldOverview, emptyOverview)
const bodyOf = (story: Story, draw: typeof markdownEntry): string =>
  entriesOf(story.events.reduce(foldTimeline, emptyTimeline)).map(draw).join('')

const finding = (id: string, text: string, change: Partial<Finding> = {}): Finding => ({
  id: asFindingId(id),
  severity: 'major',
  file: 'src/retry.ts',
  line: 42,
  text,
  inScope: true,
  ...change,
})

/** Plan, proof that fails and passes, a fixed, a rejected and a followed-up finding, agreement. */
const whole = (): Story => {
  const story = new Story(10, {
    planFirst: 'reviewed',
    proof: { command: 'npm test', limitSeconds: 90 },
    holdUnplanned: true,
  })
  story.take('left')
  const items = [{ id: '1', text: 'Retry with the old key', why: 'asked for', files: ['src/retry.ts'] }]
  story.call('left', 'propose_plan', { items })
  story.end('left')
  story.judge({ verdict: 'pass', summary: 'Sound.', findings: [] })
  story.take('left')
  story.call('left', 'propose_plan', {
    items: [
      ...items.map(each => ({ ...each, text: 'Retry with the new key' })),
      { id: '2', text: 'Test | it', why: '', files: [] },
    ],
    reason: 'The old key is spent.',
  })
  story.report('Retried.')
  story.end('left')
  story.measured('c1', 'src/retry.ts')
  story.proofEnds({ type: 'exited', code: 1 })
  story.take('left')
  story.report('Mended.')
  story.end('left')
  story.measured('c2', 'src/retry.ts')
  story.proofEnds({ type: 'exited', code: 0 }, 'c2')
  story.judge({
    verdict: 'changes',
    summary: 'Two points.',
    findings: [
      finding('2.1', 'A 409 is an error here'),
      finding('2.2', 'Rename the module', { file: '', severity: 'minor' }),
      finding('2.3', 'The log says nothing', { inScope: false, file: 'src/log.ts' }),
    ],
  })
  story.take('left')
  story.call('left', 'answer_findings', {
    answers: [
      { id: '2.1', answer: 'fixed' },
      { id: '2.2', answer: 'rejected', reason: 'It is public | API.' },
    ],
  })
  story.report('All answered.')
  story.end('left')
  story.measured('c3', 'src/retry.ts')
  story.proofEnds({ type: 'exited', code: 0 }, 'c3')
  story.judge({ verdict: 'pass', summary: 'Right.', findings: [] })
  story.settled('c3')
  return story
}

test('the head tells intent, terms, proof, plan, and how each finding ended', () => {
  const story = whole()
  expect(story.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
  const overview = overviewOf(story)
  expect(overview.state.findings.map(stateOf)).toEqual(story.state.findings.map(stateOf))
  const head = markdownHead(overview)
  expect(head).toContain('- Outcome: **Agreed**. Proof: npm test.')
  expect(head).not.toContain('lacks')
  expect(head).toContain('- Proof: `npm test` · passed · 1s · run 3 · tree c3')
  expect(head).toContain(
    '- Terms: plan first, reviewed, proof within 90 s, one reviewer, unplanned files hold, at most 10 rounds',
  )
  expect(head).toContain('- Intent, SHA-256: `h0`')
  expect(head).toContain('## Plan, version 2 by Claude Code')
  expect(head.split('\n').filter(line => line.startsWith('| 2.'))).toEqual([
    '| 2.1 major | src/retry.ts:42 A 409 is an error here | Codex, round 2 | **fixed by Claude Code** |  |',
    '| 2.2 minor | Rename the module | Codex, round 2 | **rejected by Claude Code** | It is public \\| API. |',
  ])
  expect(head).toContain('## Follow-ups\n\n- [ ] **2.3** src/log.ts:42 The log says nothing (Codex, round 2)')
  const html = htmlHead(overview, null)
  expect(html).toContain('<b class="end-fixed">fixed by Claude Code</b>')
  expect(html).toContain('<b class="end-rejected">rejected by Claude Code</b><p>It is public | API.</p>')
})

test('the entries show what changed in the plan, and proofs with their output folded', () => {
  const markdown = bodyOf(whole(), markdownEntry)
  expect(markdown).toContain('- *changed* **1** Retry with the new key\n  - Was: Retry with the old key')
  expect(markdown).toContain('- *added* **2** Test | it')
  expect(markdown).toContain('Proof, run 1: exit 1\n\n`npm test` · took 1s · tree c1')
  expect(markdown).toContain('<details><summary>Output</summary>\n\n```\nthe end\n```\n\n</details>')
  expect(markdown).toContain('- *rejected* **2.2** It is public | API.')
  const html = bodyOf(whole(), htmlBody)
  expect(html).toContain('Retry with the <del>old</del><ins>new</ins> key')
  expect(html).toContain('<summary><span>Output</span></summary><pre>the end</pre></details>')
})

test('a double review shows who saw what, why two are one, and both verdicts', () => {
  const story = new Story(10, { doubleReview: true })
  story.finish()
  for (const [seat, own] of [
    ['right', 'The file leaks'],
    ['left', 'No test covers this'],
  ] as const) {
    story.take(seat)
    story.review(
      {
        verdict: 'changes',
        summary: `By ${seat}.`,
        findings: [
          finding(`${seat}1`, 'A conflict answer 409 counts as failure'),
          finding(`${seat}2`, own, { file: `${seat}.ts` }),
        ],
      },
      seat,
    )
    story.end(seat)
  }
  const markdown = bodyOf(story, markdownEntry)
  expect(markdown).toContain('Blind double review, round 1 · **Changes**')
  expect(markdown).toContain('*driver: changes · navigator: changes*')
  expect(markdown).toMatch(/\*\*right1 major\*\* \(seen by both\)/)
  expect(markdown).toMatch(/\*\*right2 major\*\* \(seen only by the navigator\)/)
  expect(markdown).toMatch(/\*\*left2 major\*\* \(seen only by the driver\)/)
  expect(markdown).toContain('- right1 (navigator) and left1 (driver) are one: ')
  expect(markdownHead(overviewOf(story))).toContain('| double review, only driver, round 1 |')
})

test('a pair that ended otherwise tells what it lacks, and one that goes on has not ended', () => {
  const story = new Story(1, { proof: { command: 'npm test', limitSeconds: 60 } })
  story.drive()
  story.judge({ verdict: 'changes', summary: '', findings: [finding('1.1', 'Not yet')] })
  expect(markdownHead(overviewOf(story))).toContain(
    'To have agreed it lacks: a report by the driver that it is done, a proof that passed on the work as it is, a review that passes the work as it is',
  )
  expect(missingWords(new Story(1, { planFirst: 'reviewed' }).state)).toEqual(['a plan'])
  const goesOn = new Story(2)
  goesOn.finish()
  goesOn.judge({ verdict: 'pass', summary: '', findings: [finding('1.1', 'Later', { inScope: false })] })
  goesOn.settled()
  expect(markdownHead(overviewOf(goesOn))).toContain('**Agreed**')
  goesOn.command({ type: 'promoteFinding', id: asFindingId('1.1') })
  expect(markdownHead(overviewOf(goesOn))).toContain('**Not ended · last verdict: Pass**')
  expect(markdownHead(overviewOf(goesOn))).toContain('| **not answered** | brought into scope by you |')
})

test('the head stays small: messages and older plans are let go, long texts cut', () => {
  const story = new Story(10)
  story.drive('x'.repeat(50_000))
  story.judge({
    verdict: 'changes',
    summary: 'y'.repeat(50_000),
    findings: Array.from({ length: 700 }, (_, at) => finding(`1.${at}`, 'w'.repeat(5_000))),
  })
  const overview = overviewOf(story)
  expect(overview.leftOut).toBe(200)
  expect(JSON.stringify(overview).length).toBeLessThan(600_000)
})
