import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type FollowUp,
  followUpIssue,
  MAX_BODY_CHARS,
  type PullRequestInput,
  pullRequestText,
} from './pull-request'

const followUp: FollowUp = {
  id: '2.3',
  severity: 'minor',
  file: 'src/crème.ts',
  line: 7,
  text: 'Titles in `Straße` lose their ß.\nAsk @ada.',
  by: 'Codex',
}
const input: PullRequestInput = {
  intent: '# Fix the *flaky* upload retry\n\nKeep the public API, @ada says.',
  plan: { version: 2, items: [{ id: 'p1', text: 'Wait with a signal', why: 'A sleep is a guess' }] },
  proof: {
    command: 'npm test',
    words: 'passed',
    durationMs: 130_400,
    tree: '9fceb02d0ae598e95dc970b74767f19372d61af8',
    tail: 'ok 41\n```\n# pass 41\n',
  },
  findings: [
    {
      id: '1.1',
      severity: 'major',
      file: 'src/retry.ts',
      line: 12,
      text: 'The timer is never cleared.',
      state: 'fixed',
      reason: '',
      by: 'Claude Code',
    },
    {
      id: '1.2',
      severity: 'minor',
      file: '',
      line: 0,
      text: 'Rename it',
      state: 'rejected',
      reason: 'The name is public',
      by: 'Claude Code',
    },
    { id: '1.3', severity: 'minor', file: 'a', line: 0, text: 'x', state: 'open', reason: '', by: '' },
  ],
  decisions: ['Finding 1.2: keep the name.'],
  followUps: [followUp],
  agents: [
    { name: 'Claude Code 2.1', role: 'driver' },
    { name: 'Codex 0.169', role: 'navigator' },
  ],
  rounds: 2,
}

test('a pull request reads well', () => {
  expect(pullRequestText(input)).toEqual({
    title: 'Fix the *flaky* upload retry',
    body: `## Intent

> #<!-- --> Fix the \\*flaky\\* upload retry
>
> Keep the public API, @<!-- -->ada says.

## Proof

**passed** · \`npm test\` · 2m10s · tree \`9fceb02d0ae5\`

<details><summary>The end of its output</summary>

\`\`\`\`
ok 41
\`\`\`
# pass 41
\`\`\`\`

</details>

## Plan, version 2

- **p1** Wait with a signal
  *Why:* A sleep is a guess

## Review

- **1.1 · major** \`src/retry.ts:12\` The timer is never cleared.
  - **fixed** by Claude Code
- **1.2 · minor** Rename it
  - **rejected** by Claude Code: The name is public
- **1.3 · minor** \`a\` x
  - **not answered**

## Decided by the human

- Finding 1.2: keep the name.

## Left for later

- **2.3** \`src/crème.ts:7\` Titles in \`Straße\` lose their ß.
  Ask @<!-- -->ada.

---
Made by a pair in Duologue: Claude Code 2.1 (driver) and Codex 0.169 (navigator), 2 rounds.
`,
  })
})

test('what there was not is not claimed', () => {
  const bare = { ...input, plan: null, proof: null, findings: [], decisions: [], followUps: [], rounds: 1 }
  expect(pullRequestText({ ...bare, intent: '  \n---\n' })).toEqual({
    title: 'Work of a pair',
    body: `## Intent

> \\---

## Proof

No proof command was set.

## Review

No findings.

---
Made by a pair in Duologue: Claude Code 2.1 (driver) and Codex 0.169 (navigator), 1 round.
`,
  })
})

test('secrets are redacted, in title and body, also where text is cut', () => {
  const secret = `ghp_${'aB3dE6gH'.repeat(5)}`
  const { title, body } = pullRequestText({
    ...input,
    intent: `Use ${secret} ${'and '.repeat(20)}`,
    proof: {
      ...(input.proof ?? never()),
      command: `T=${secret} npm test`,
      tail: `${secret}${' x'.repeat(1480)}`,
    },
    decisions: [`${secret} it is`],
  })
  expect(title + body).not.toMatch(/ghp_|aB3dE6gH/)
  expect(title).toBe('Use [redacted: GitHub token] and and and and and and and and and and…')
})
const never = (): never => {
  throw new Error('the proof is there')
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc
    .tuple(
      fc.constantFrom('`', '@a ', '#1\n', '    x\n', '\n', '</details>', '😀', '&', '- '),
      fc.nat(20_000),
    )
    .map(([piece, count]) => piece.repeat(count)),
)
test('whatever the texts are, the body fits, and no title is empty or long', () => {
  fc.assert(
    fc.property(hostile, hostile, fc.nat(60), (one, two, count) => {
      const finding = {
        ...(input.findings[0] ?? never()),
        id: two,
        file: one,
        text: two,
        reason: one,
        by: two,
      }
      const { title, body } = pullRequestText({
        intent: one,
        plan: { version: 1, items: Array.from({ length: count }, () => ({ id: one, text: two, why: one })) },
        proof: { command: two, words: one, durationMs: 0, tree: one, tail: two },
        findings: Array.from({ length: count }, () => finding),
        decisions: Array.from({ length: count }, () => one),
        followUps: Array.from({ length: count }, () => finding),
        agents: Array.from({ length: count }, () => ({ name: one, role: 'driver' as const })),
        rounds: 1,
      })
      expect(body.length).toBeLessThanOrEqual(MAX_BODY_CHARS)
      expect(title.length).toBeGreaterThan(0)
      expect(title.length).toBeLessThanOrEqual(72)
      const issue = followUpIssue(finding)
      expect(issue.body.length).toBeLessThanOrEqual(MAX_BODY_CHARS)
      expect(issue.fileName).toMatch(/^follow-up(-[a-z0-9]+)*\.md$/)
      expect(issue.fileName.length).toBeLessThan(120)
    }),
    { numRuns: 30, endOnFailure: true },
  )
})

test.each(['`', '@a ', 'word ', '&', 'line\n', '😀'])('all parts full of %j fit together', piece => {
  const long = piece.repeat(20_000)
  const many = <T>(one: T): readonly T[] => Array.from({ length: 60 }, () => one)
  const finding = { ...(input.findings[0] ?? never()), text: long, reason: long, file: long, by: long }
  const { body } = pullRequestText({
    intent: long,
    plan: { version: 1, items: many({ id: long, text: long, why: long }) },
    proof: { command: long, words: long, durationMs: 0, tree: long, tail: long },
    findings: many(finding),
    decisions: many(long),
    followUps: many(finding),
    agents: many({ name: long, role: 'driver' as const }),
    rounds: 1,
  })
  expect(body.length).toBeLessThanOrEqual(MAX_BODY_CHARS)
  expect(body).toContain('… and')
  expect(body.endsWith('1 round.\n')).toBe(true)
})

test('a follow-up is an issue of its own', () => {
  expect(followUpIssue(followUp)).toEqual({
    fileName: 'follow-up-2-3-titles-in-stra-e-lose-their.md',
    title: 'Titles in `Straße` lose their ß.',
    body: `Titles in \`Straße\` lose their ß.
Ask @<!-- -->ada.

- Where: \`src/crème.ts:7\`
- Severity: minor
- Raised by: Codex

Found while a pair worked on something else in Duologue, and left out of that work.
`,
  })
})
