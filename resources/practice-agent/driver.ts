/**
 * The driver's work: what fails or was found decides what it changes. It edits only what it knows, and says so
 * when it knows nothing here. Done is claimed by `report_done`, and only when it is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Brief, BriefFinding } from './brief'
import { type Answers, answerFindings, type Given, reportDone } from './claims'
import { approvedTests, type Desk, forReading, git, Interrupted, inWords, plural, shownTests } from './desk'
import { takeHeard } from './memory'
import { coverPlan } from './planning'
import { probeOf } from './probes'
import { onlyFile, type TestCommand, type TestOutcome, testCommand } from './run-tests'
import { callEach } from './sandbox'
import { slugifyTask } from './slugify-task'
import type { Attempt, Cause, Repo, Task } from './task'
import { truncateTask } from './truncate-task'

export const repoOf = ({ folder }: Pick<Desk, 'folder'>): Repo => ({
  read(file) {
    const path = join(folder, file)
    return existsSync(path) ? readFileSync(path, 'utf8') : null
  },
})

export const taskFor = (intent: string, repo: Repo): Task =>
  /\btruncate\b/i.test(intent) || repo.read(truncateTask.source) !== null ? truncateTask : slugifyTask

/** Of one turn. */
interface Job {
  readonly desk: Desk
  readonly brief: Brief
  readonly repo: Repo
  readonly task: Task
  readonly command: TestCommand | null
  /** Null: they were not run. */
  readonly before: TestOutcome | null
}

/** What has become of the job so far. */
interface Progress {
  readonly done: string[]
  readonly left: Cause[]
  readonly findings: BriefFinding[]
  tests: TestOutcome | null
  command: TestCommand | null
}

/** Gives the final message of the turn. */
export async function drive(desk: Desk, brief: Brief): Promise<string> {
  desk.say(firstWords(brief))
  await desk.step('Reading the repository')
  const files = await git(desk, 'ls-files')
  desk.show('List the files', files.code === 0 ? files.output.trim() : 'This folder is not a git repository.')
  const repo = repoOf(desk)
  const task = taskFor(desk.fact('intent') ?? brief.text, repo)
  const command = testCommand(desk.folder)
  const before = command === null ? null : await approvedTests(desk, command)
  const job: Job = { desk, brief, repo, task, command, before }
  if (!task.knows(repo)) return cannot(job)
  const progress: Progress = { done: [], left: [], findings: [], tests: before, command }
  await round(job, progress, [...brief.findings, ...takeHeard(desk)], causesOf(job))
  await hear(job, progress)
  return finish(job, progress)
}

/** What the human sent into this turn meanwhile belongs to it. True when there was something. */
async function hear(job: Job, progress: Progress): Promise<boolean> {
  await job.desk.step('Looking at what is left')
  const heard = takeHeard(job.desk)
  if (heard.length === 0) return false
  await round(job, progress, heard, [])
  await hear(job, progress)
  return true
}

const firstWords = ({ findings, proofFailed }: Brief): string => {
  if (findings.length > 0) return `I go through ${plural(findings.length, 'finding')}.`
  return proofFailed === null
    ? 'I read the repository first.'
    : 'The proof ran more than I did. I look for the cause.'
}

function causesOf({ brief, task, repo, before, desk }: Job): readonly Cause[] {
  // What it ran itself tells more than what a proof printed.
  const failing: readonly Cause[] =
    before === null
      ? brief.proofErrors.map(error => ({ from: 'test', text: `the proof says: ${error}` }))
      : (before.report?.failures ?? []).map(failure => ({
          from: 'test',
          text: `the test “${failure.name}” fails: ${failure.message}`,
        }))
  const unseen = task === truncateTask ? !task.served(repo) : before === null
  if (!unseen || brief.findings.length > 0) return failing
  return [...failing, { from: 'intent', text: desk.fact('intent') ?? brief.text }]
}

async function cannot({ desk, brief, repo, task, command, before }: Job): Promise<string> {
  const why =
    repo.read(task.source) !== null
      ? `${task.source} is not in a shape I know, and I will not overwrite somebody’s work.`
      : 'I am the practice agent: I only know the practice repository, so I changed nothing here.'
  const left = brief.findings.map(finding => ({ finding, reason: why }))
  if (left.length > 0) await answerFindings(desk, { fixed: [], rejected: [], deferred: left })
  if (command === null) return `${why} This folder names no tests to run.`
  return before === null
    ? `${why} The tests were not run.`
    : `${why} I ran ${command.text}: ${inWords(before)}.`
}

/** One go at some causes: the edits, the tests, and an answer for each finding. */
async function round(
  job: Job,
  progress: Progress,
  findings: readonly BriefFinding[],
  others: readonly Cause[],
): Promise<void> {
  const { desk, repo, task, command } = job
  const asCauses = findings.map(
    (finding): Cause => ({ from: 'finding', id: finding.id, text: finding.text, upheld: finding.upheld }),
  )
  const isNew = repo.read(task.source) === null
  const attempt = await task.attempt(desk, repo, [...others, ...asCauses])
  await coverPlan(desk, attempt, [...others, ...asCauses][0])
  for (const edit of attempt.edits) {
    await desk.step(`Editing ${edit.file}`)
    const path = join(desk.folder, edit.file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, edit.content)
    progress.done.push(...edit.done)
  }
  progress.left.push(...attempt.unanswered)
  progress.findings.push(...findings)
  if (attempt.edits.length > 0) {
    const diff = await git(desk, 'diff', '--no-ext-diff', '--unified=1', 'HEAD')
    desk.show('Look at the diff', forReading(diff.output) || attempt.edits.map(edit => edit.file).join('\n'))
    if (command !== null && job.before !== null) {
      // Of something new only its own tests are run, where all passed before: what it breaks is for a proof to show.
      progress.command = isNew && job.before.ok ? onlyFile(command, task.tests) : command
      progress.tests = await shownTests(desk, progress.command)
    }
  }
  if (findings.length > 0) await answerFindings(desk, await answersTo(desk, findings, attempt))
}

/** `fixed` is said of what was tried again and now gives what it should. */
async function answersTo(desk: Desk, findings: readonly BriefFinding[], attempt: Attempt): Promise<Answers> {
  const rejected = findings.flatMap(finding => {
    const found = attempt.rejected.find(({ cause }) => cause.id === finding.id)
    return found === undefined ? [] : [{ finding, reason: found.reason }]
  })
  const deferred: Given[] = []
  const fixed: BriefFinding[] = []
  for (const finding of findings.filter(({ id }) => !rejected.some(each => each.finding.id === id))) {
    const unknown = attempt.unanswered.some(({ id }) => id === finding.id)
    const still = unknown
      ? 'The practice agent does not know how to mend this.'
      : await stillWrong(desk, finding)
    if (still === null) fixed.push(finding)
    else deferred.push({ finding, reason: still })
  }
  return { fixed, rejected, deferred }
}

/** Null when it is right now, or nothing that can be tried. */
async function stillWrong(desk: Desk, { text }: BriefFinding): Promise<string | null> {
  const probe = probeOf(text)
  if (probe === undefined) return null
  const [result] = await callEach(join(desk.folder, probe.file), probe.name, [probe.args], desk.signal)
  if (desk.signal.aborted) throw new Interrupted()
  if (result === undefined || ('value' in result && result.value === probe.want)) return null
  return `It still gives ${'value' in result ? `"${result.value}"` : result.error}, and the practice agent knows no better.`
}

async function finish(job: Job, progress: Progress): Promise<string> {
  const { desk, brief, repo, task, before } = job
  const { done, tests, command, findings } = progress
  const left = progress.left.filter(({ from }) => from !== 'test' || tests?.ok !== true)
  const leftWords = left.length === 0 ? '' : ` I do not know how to mend: ${textsOf(left)}.`
  const ran = tests === null ? 'The tests were not run.' : `I ran ${command?.text ?? ''}: ${inWords(tests)}.`
  const isDead = brief.proofFailed !== null && done.length === 0
  const complete = tests?.ok !== false && task.served(repo) && !isDead
  const why = before?.ok === false || left.length > 0 ? 'Nothing here is in my repertoire' : 'No test fails'
  const what =
    done.length > 0
      ? `Done: ${done.join('; ')}. ${ran} ${task.kept}`
      : findings.length > 0 || left.length > 0 || !complete
        ? `${why}, so I changed nothing. ${ran}`
        : `No test fails and nothing is left to mend. ${ran}`
  const proof = isDead ? ` Here I find no reason why the proof does not pass (${brief.proofFailed}).` : ''
  const text = `${what}${leftWords}${proof}`
  if (!complete) return text
  const notDone = [
    ...(left.length === 0 ? [] : [`not mended: ${textsOf(left)}`]),
    ...(tests === null ? ['the tests were not run'] : []),
  ].join('; ')
  const summary = text.replace(/^Done: /, '')
  const unanswered = await reportDone(desk, summary, notDone)
  if (unanswered.length === 0) return text
  if (await hear(job, progress)) return finish(job, progress)
  // It never reached this program, e.g. because the human changed the message that brought it.
  const reason = 'It was not in the message that I got.'
  const deferred = unanswered.map(id => ({ finding: { id }, reason }))
  await answerFindings(desk, { fixed: [], rejected: [], deferred })
  await reportDone(desk, summary, notDone)
  return text
}

const textsOf = (causes: readonly Cause[]): string => causes.map(({ text }) => text).join('; ')
