/** The navigator's work: it reads the diff, runs the tests, tries the changed function, and submits a review. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Brief } from './brief'
import { approvedTests, type Desk, forReading, git, Interrupted, inWords, plural, shownTests } from './desk'
import { PROBES, SOURCE_FILE } from './repertoire'
import {
  bounded,
  type Diff,
  type Finding,
  fromDiff,
  fromProbes,
  fromTests,
  readDiff,
  verdictOf,
} from './review'
import { type TestCommand, type TestOutcome, testCommand } from './run-tests'
import { callEach } from './sandbox'

/** Gives the final message of the turn. */
export async function navigate(desk: Desk, brief: Brief): Promise<string> {
  desk.say('I review the change: the diff first, then the tests.')
  const diff = await lookAtDiff(desk, brief)
  const command = testCommand(desk.folder)
  const tests = command === null ? null : await reviewTests(desk, command)
  const findings = bounded([
    ...(tests === null ? [] : fromTests(tests)),
    ...(await probe(desk)),
    ...fromDiff(diff),
  ])
  const verdict = verdictOf(findings)
  const proof = tests === null ? 'the tests were not run' : inWords(tests)
  const summary = `${plural(diff.files.length, 'file')} looked at; ${proof}; ${countOf(findings)}.`
  await desk.step('Submitting the review')
  const reply = await desk.callTool('submit_review', { verdict, summary, findings })
  desk.show(`submit_review: ${verdict}`, [summary, ...findings.map(asLine)].join('\n'), reply.ok)
  if (!reply.ok) return `I could not submit the review: ${reply.text}`
  return verdict === 'pass' ? `I pass this: ${summary}` : `I ask for changes: ${summary}`
}

async function lookAtDiff(desk: Desk, brief: Brief): Promise<Diff> {
  await desk.step('Reading the diff')
  const pinned = brief.target === null ? null : await diffOf(desk, brief.target.base, brief.target.tree)
  if (pinned !== null) {
    desk.show(
      `git diff ${brief.target?.base.slice(0, 8)}..${brief.target?.tree.slice(0, 8)}`,
      forReading(pinned),
    )
    return readDiff(pinned)
  }
  const base = brief.target?.base ?? 'HEAD'
  const working = (await diffOf(desk, base)) ?? (await diffOf(desk, 'HEAD')) ?? ''
  const others = await git(desk, 'ls-files', '--others', '--exclude-standard')
  const untracked = others.code === 0 ? others.output.split('\n').filter(name => name !== '') : []
  desk.show(
    'git diff HEAD',
    [forReading(working), ...untracked.map(name => `new file: ${name}`)].join('\n').trim() || '(empty)',
  )
  return readDiff(working, untracked)
}

async function diffOf(desk: Desk, ...range: string[]): Promise<string | null> {
  const ran = await git(desk, 'diff', '--no-ext-diff', '--unified=1', ...range)
  if (desk.signal.aborted) throw new Interrupted()
  return ran.code === 0 ? ran.output.trim() : null
}

/** The practice repository is Duologue's own, so its code may be run unasked; anybody else's may not. */
const isPractice = (desk: Desk): boolean => {
  const manifest = join(desk.folder, 'package.json')
  return existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"duologue-practice"')
}

const reviewTests = (desk: Desk, command: TestCommand): Promise<TestOutcome | null> =>
  isPractice(desk) ? shownTests(desk, command) : approvedTests(desk, command)

async function probe(desk: Desk): Promise<readonly Finding[]> {
  const file = join(desk.folder, SOURCE_FILE)
  if (!isPractice(desk) || !existsSync(file)) return []
  await desk.step('Trying slugify() on a few titles')
  const results = await callEach(
    file,
    'slugify',
    PROBES.map(item => item.input),
    desk.signal,
  )
  if (desk.signal.aborted) throw new Interrupted()
  const shown = PROBES.map((item, at) => {
    const result = results[at]
    const got = result === undefined ? '?' : 'value' in result ? `"${result.value}"` : result.error
    const good = result !== undefined && 'value' in result && result.value === item.want
    return `${good ? '✓' : '✗'} "${item.input}" → ${got}`
  })
  desk.show('Try slugify()', shown.join('\n'))
  return fromProbes(readFileSync(file, 'utf8'), results)
}

const countOf = (findings: readonly Finding[]): string => {
  const inScope = findings.filter(finding => finding.inScope).length
  const later = findings.length - inScope
  const points = inScope === 0 ? 'nothing to mend' : `${inScope} to mend`
  return later === 0 ? points : `${points}, ${later} for later`
}

const asLine = (finding: Finding): string => {
  const place = `${finding.file}${finding.line === undefined ? '' : `:${finding.line}`}`
  return `- ${finding.severity} ${place} ${finding.text}${finding.inScope ? '' : ' (out of scope)'}`
}
