/**
 * The driver's work: what fails or was found decides what it changes. It edits only what it knows, and says so
 * when it knows nothing here. Done is claimed by `report_done`, and only when it is.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Brief, BriefFinding } from './brief'
import { answerFindings, reportDone } from './claims'
import { approvedTests, type Desk, forReading, git, inWords, plural, shownTests } from './desk'
import { takeHeard } from './memory'
import { coverPlan } from './planning'
import { onlyFile, type TestCommand, type TestOutcome, testCommand } from './run-tests'
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
  const found = brief.findings.length
  desk.say(found > 0 ? `I go through ${plural(found, 'finding')}.` : 'I read the repository first.')
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
  // What the human sent into this turn meanwhile belongs to it.
  for (let more = takeHeard(desk); more.length > 0; more = takeHeard(desk))
    await round(job, progress, more, [])
  return finish(job, progress)
}

function causesOf({ brief, task, repo, before, desk }: Job): readonly Cause[] {
  const failing: readonly Cause[] = (before?.report?.failures ?? []).map(failure => ({
    from: 'test',
    text: `${failure.name}: ${failure.message}`,
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
      // Of something new only its own tests are run: what else it breaks is what a proof is for.
      progress.command = isNew ? onlyFile(command, task.tests) : command
      progress.tests = await shownTests(desk, progress.command)
    }
  }
  if (findings.length > 0) await answerFindings(desk, answersTo(findings, attempt))
}

const answersTo = (findings: readonly BriefFinding[], attempt: Attempt) => {
  const rejected = findings.flatMap(finding => {
    const found = attempt.rejected.find(({ cause }) => cause.id === finding.id)
    return found === undefined ? [] : [{ finding, reason: found.reason }]
  })
  const deferred = findings.flatMap(finding =>
    attempt.unanswered.some(({ id }) => id === finding.id)
      ? [{ finding, reason: 'The practice agent does not know how to mend this.' }]
      : [],
  )
  const open = [...rejected, ...deferred].map(({ finding }) => finding.id)
  return { fixed: findings.filter(({ id }) => !open.includes(id)), rejected, deferred }
}

async function finish({ desk, brief, repo, task, before }: Job, progress: Progress): Promise<string> {
  const { done, left, tests, command, findings } = progress
  const leftWords = left.length === 0 ? '' : ` I do not know how to mend ${quoted(left)}.`
  const ran = tests === null ? 'The tests were not run.' : `I ran ${command?.text ?? ''}: ${inWords(tests)}.`
  const isDead = brief.proofFailed !== null && done.length === 0
  const complete = tests?.ok !== false && task.served(repo) && !isDead
  const why = before?.ok === false || left.length > 0 ? 'Nothing here is in my repertoire' : 'No test fails'
  const what =
    done.length > 0
      ? `Done: ${done.join('; ')}. ${ran} The API is as it was.`
      : findings.length > 0 || left.length > 0 || !complete
        ? `${why}, so I changed nothing. ${ran}`
        : `No test fails and nothing is left to mend. ${ran}`
  const proof = isDead ? ` Here I find no reason why the proof does not pass (${brief.proofFailed}).` : ''
  const text = `${what}${leftWords}${proof}`
  if (!complete) return text
  const notDone = [
    ...(left.length === 0 ? [] : [`not mended: ${quoted(left)}`]),
    ...(tests === null ? ['the tests were not run'] : []),
  ].join('; ')
  return (await reportDone(desk, text, notDone)) ? text : `${text} The report was not taken.`
}

const quoted = (causes: readonly Cause[]): string => causes.map(({ text }) => `“${text}”`).join(', ')
