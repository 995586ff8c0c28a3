/**
 * A reviewer's work, the navigator's or in a blind double review also the driver's: it reads the diff, runs the
 * tests, tries the changed functions, and submits a review.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Brief } from './brief'
import { approvedTests, type Desk, forReading, git, Interrupted, inWords, plural, shownTests } from './desk'
import { keepRaised, raisedBefore, ruledOut } from './memory'
import { callWords, type Probe, probesFor } from './probes'
import {
  bounded,
  type Diff,
  type Finding,
  fromDiff,
  fromProbe,
  fromProof,
  fromTests,
  readDiff,
  verdictOf,
} from './review'
import { type TestCommand, type TestOutcome, testCommand } from './run-tests'
import { type Called, callEach } from './sandbox'
import { decisionIn, README_FILE } from './truncate'

/** Gives the final message of the turn. */
export async function review(desk: Desk, brief: Brief): Promise<string> {
  desk.say(
    brief.blind
      ? 'I review this alone, as if somebody else had written it.'
      : 'I review the change: the diff first, then the tests.',
  )
  const diff = await lookAtDiff(desk, brief)
  const command = testCommand(desk.folder)
  const tests = command === null ? null : await reviewTests(desk, command)
  const found = [
    ...(tests === null ? [] : fromTests(tests)),
    ...(tests?.ok === false ? [] : fromProof(brief.proofFailed)),
    ...(await probe(desk, brief, diff)),
    ...fromDiff(diff),
  ]
  const out = [...ruledOut(desk), ...brief.ruledOut]
  const findings = bounded(found.filter(({ text }) => !out.some(ruled => ruled.endsWith(text))))
  keepRaised(
    desk,
    findings.map(({ text }) => text),
  )
  return submit(desk, findings, `${plural(diff.files.length, 'file')} looked at; ${wordsFor(tests)}`)
}

const wordsFor = (tests: TestOutcome | null): string =>
  tests === null ? 'the tests were not run' : inWords(tests)

async function submit(desk: Desk, findings: readonly Finding[], looked: string): Promise<string> {
  const verdict = verdictOf(findings)
  const summary = `${looked}; ${countOf(findings)}.`
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

/** Tries what the change can alter, file by file, and leaves out what was settled before. */
async function probe(desk: Desk, brief: Brief, diff: Diff): Promise<readonly Finding[]> {
  if (!isPractice(desk)) return []
  const probes = probesFor(diff.files, brief.role ?? 'navigator').filter(({ file }) =>
    existsSync(join(desk.folder, file)),
  )
  const names = [...new Set(probes.map(({ name }) => name))]
  const findings: Finding[] = []
  for (const name of names) {
    const some = probes.filter(each => each.name === name)
    const file = join(desk.folder, some[0]?.file ?? '')
    await desk.step(`Trying ${name}()`)
    const results = await callEach(
      file,
      name,
      some.map(({ args }) => args),
      desk.signal,
    )
    if (desk.signal.aborted) throw new Interrupted()
    desk.show(`Try ${name}()`, some.map((each, at) => tried(each, results[at])).join('\n'))
    const source = readFileSync(file, 'utf8')
    findings.push(
      ...some.flatMap((each, at) => {
        const finding = fromProbe(each, source, results[at])
        return finding === null || isSettled(desk, each, finding) ? [] : [finding]
      }),
    )
  }
  return findings
}

function tried(probe: Probe, result: Called | undefined): string {
  const got = result === undefined ? '?' : 'value' in result ? `"${result.value}"` : result.error
  const good = result !== undefined && 'value' in result && result.value === probe.want
  return `${good ? '✓' : '✗'} ${callWords(probe)} → ${got}`
}

/**
 * What was raised before and still stands is looked up before it is raised again: a decision of the project
 * settles it. A follow-up is said once.
 */
function isSettled(desk: Desk, probe: Probe, finding: Finding): boolean {
  if (!raisedBefore(desk).includes(finding.text)) return false
  if (!finding.inScope) return true
  const readme = join(desk.folder, README_FILE)
  const decision = probe.decidable && existsSync(readme) ? decisionIn(readFileSync(readme, 'utf8')) : null
  if (decision === null) return false
  const where = `${README_FILE}:${decision.line}`
  desk.show(`Read ${where}`, decision.text)
  desk.say(`${callWords(probe)}: ${where} decides that, so I do not raise it again.`)
  return true
}

const countOf = (findings: readonly Finding[]): string => {
  const inScope = findings.filter(finding => finding.inScope).length
  const later = findings.length - inScope
  const points = inScope === 0 ? 'nothing to mend' : `${inScope} to mend`
  return later === 0 ? points : `${points}, ${later} for later`
}

const asLine = (finding: Finding): string => {
  const place = `${finding.file}${finding.line === undefined ? '' : `:${finding.line}`}`
  return `· ${finding.severity} ${place} ${finding.text}${finding.inScope ? '' : ' (out of scope)'}`
}
