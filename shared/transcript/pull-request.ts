/**
 * What a pair agreed on as the text of a pull request, for people who were not there: intent, proof, plan, findings
 * with their answers, what the human decided, and what is left for later. It tells no more than the journal does.
 */
import type { FindingState, Severity } from '../review/finding'
import { codeSpan, fitting, listed, prose, verbatim } from './github'
import { fence } from './markdown-text'
import { lasted, safe } from './words'

export interface PullRequestFinding {
  readonly id: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly text: string
  /** What is a follow-up stands with `followUps`. */
  readonly state: Exclude<FindingState, 'followUp'>
  /** Why it was answered or ruled so; may be empty. */
  readonly reason: string
  /** Who answered, as a person would read it: `Claude Code`, `the human`. Empty while it is open. */
  readonly by: string
}

export interface FollowUp {
  readonly id: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly text: string
  /** Who raised it, as a person would read it; may be empty. */
  readonly by: string
}

export interface PullRequestInput {
  readonly intent: string
  readonly plan: {
    readonly version: number
    readonly items: readonly { readonly id: string; readonly text: string; readonly why: string }[]
  } | null
  readonly proof: {
    readonly command: string
    /** As `proofWords` says it. */
    readonly words: string
    readonly durationMs: number
    /** Full hash of the tree it ran on; null outside git. */
    readonly tree: string | null
    readonly tail: string
  } | null
  readonly findings: readonly PullRequestFinding[]
  /** What the human decided, a sentence each. */
  readonly decisions: readonly string[]
  readonly followUps: readonly FollowUp[]
  readonly agents: readonly { readonly name: string; readonly role: 'driver' | 'navigator' }[]
  readonly rounds: number
}

/** GitHub refuses a longer body. The parts below add up to less, even where a fence outgrows its text. */
export const MAX_BODY_CHARS = 65_536
const MAX = { intent: 16_000, plan: 8_000, findings: 14_000, decisions: 4_000, followUps: 6_000, tail: 3_000 }
/** One finding or plan item; the whole of it is in the transcript. */
const MAX_ITEM = 2_000
const MAX_SMALL = 500
/** What a list of commits shows without cutting. */
const MAX_TITLE = 72

const shortened = (text: string, max: number): string => {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** The first line that says something, without Markdown's signs for headings, lists and quotes. */
const firstLine = (text: string): string =>
  safe(text.slice(0, 10_000))
    .split('\n')
    .map(line =>
      line
        .replace(/^[\s#>*+-]+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .find(line => /[\p{L}\p{N}]/u.test(line)) ?? ''

const titleOf = (text: string, otherwise: string): string =>
  shortened(firstLine(text), MAX_TITLE) || otherwise

const place = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  file === '' ? '' : fitting(line > 0 ? `${file}:${line}` : file, MAX_SMALL, codeSpan)

const item = (head: readonly string[], text: string): string =>
  `- ${[...head, fitting(text, MAX_ITEM, each => prose(each, '  '))].filter(Boolean).join(' ')}`

const answerWords = ({ state, by, reason }: PullRequestFinding): string => {
  const words = {
    open: 'not answered',
    fixed: 'fixed',
    rejected: 'rejected',
    deferred: 'deferred',
    dismissed: 'dismissed',
  }
  const who = by === '' ? '' : ` by ${fitting(by, MAX_SMALL, prose)}`
  const why = reason.trim() === '' ? '' : `: ${fitting(reason, MAX_ITEM, each => prose(each, '    '))}`
  return `  - **${words[state]}**${who}${why}`
}

const section = (title: string, ...parts: readonly string[]): string => {
  const text = parts.filter(Boolean).join('\n\n')
  return text === '' ? '' : `## ${title}\n\n${text}`
}

const proofSection = (proof: PullRequestInput['proof']): string => {
  if (proof === null) return section('Proof', 'No proof command was set.')
  const { command, words, durationMs, tree, tail } = proof
  const facts = [
    `**${fitting(words, MAX_SMALL, prose)}**`,
    fitting(command, MAX_ITEM, codeSpan),
    lasted(Math.round(durationMs / 1000)),
    tree === null ? '' : `tree ${codeSpan(tree.slice(0, 12))}`,
  ]
  const clean = safe(tail.slice(-4 * MAX.tail)).trim()
  const end = clean.slice(-MAX.tail).replace(/^[\udc00-\udfff]/, '')
  const output =
    clean === '' ? '' : `<details><summary>The end of its output</summary>\n\n${fence(end)}\n\n</details>`
  return section('Proof', facts.filter(Boolean).join(' · '), output)
}

const planSection = (plan: PullRequestInput['plan']): string => {
  if (plan === null) return ''
  const items = plan.items.map(({ id, text, why }) => {
    const reason =
      why.trim() === '' ? '' : `\n  ${fitting(why, MAX_ITEM, each => `*Why:* ${prose(each, '  ')}`)}`
    return `${item([`**${fitting(id, MAX_SMALL, prose)}**`], text)}${reason}`
  })
  return section(`Plan, version ${plan.version}`, listed(items, MAX.plan))
}

const findingItem = (finding: PullRequestFinding): string =>
  `${item([`**${fitting(finding.id, MAX_SMALL, prose)} · ${finding.severity}**`, place(finding)], finding.text)}\n${answerWords(finding)}`

const followUpItem = (followUp: FollowUp): string =>
  item([`**${fitting(followUp.id, MAX_SMALL, prose)}**`, place(followUp)], followUp.text)

const made = ({ agents, rounds }: PullRequestInput): string => {
  const who = agents.slice(0, 4).map(({ name, role }) => `${fitting(name, MAX_SMALL, prose)} (${role})`)
  return `---\nMade by a pair in Duologue: ${who.join(' and ')}, ${rounds} round${rounds === 1 ? '' : 's'}.`
}

/** The body is at most `MAX_BODY_CHARS`; what does not fit is left out with a word about it. */
export const pullRequestText = (
  input: PullRequestInput,
): { readonly title: string; readonly body: string } => {
  const { intent, findings, decisions, followUps } = input
  const decided = decisions.map(text => item([], text))
  const parts = [
    section('Intent', fitting(intent.trim(), MAX.intent, verbatim)),
    proofSection(input.proof),
    planSection(input.plan),
    section('Review', listed(findings.map(findingItem), MAX.findings) || 'No findings.'),
    section('Decided by the human', listed(decided, MAX.decisions)),
    section('Left for later', listed(followUps.map(followUpItem), MAX.followUps)),
    made(input),
  ]
  return { title: titleOf(intent, 'Work of a pair'), body: `${parts.filter(Boolean).join('\n\n')}\n` }
}

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')

export interface Issue {
  /** Safe on every file system, and unlike that of any other id; ends with `.md`. */
  readonly fileName: string
  readonly title: string
  readonly body: string
}

/** One follow-up as an issue. As a file of its own it is `# title`, an empty line, and the body. */
export const followUpIssue = (followUp: FollowUp): Issue => {
  const { id, severity, by, text } = followUp
  const title = titleOf(text, `Follow-up ${safe(id)}`)
  const facts = [
    place(followUp) && `- Where: ${place(followUp)}`,
    `- Severity: ${severity}`,
    by.trim() === '' ? '' : `- Raised by: ${fitting(by, MAX_SMALL, prose)}`,
  ]
  const whole = fitting(text.trim(), MAX_BODY_CHARS - 4 * MAX_ITEM, prose)
  const name = ['follow-up', slug(id), slug(title)].filter(Boolean).join('-')
  return {
    fileName: `${name}.md`,
    title,
    body: `${whole}\n\n${facts.filter(Boolean).join('\n')}\n\nFound while a pair worked on something else in Duologue, and left out of that work.\n`,
  }
}
