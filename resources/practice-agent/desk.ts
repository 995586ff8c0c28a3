/** What a piece of work may use: the repository, the human's answers, Duologue's tools. The engine provides it. */
import type { Question } from '../../shared/agent/event'
import type { ToolReply } from '../../shared/agent/tools'
import { type Ran, runCommand } from './commands'
import { runTests, summary, type TestCommand, type TestOutcome } from './run-tests'

/** Thrown out of a step when the turn is interrupted; only the engine catches it. */
export class Interrupted extends Error {}

/** As if a provider had refused it. */
export class Refused extends Error {}

export interface Desk {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** False: the human chose that nothing is asked before a command runs. */
  readonly asks: boolean
  say(text: string): void
  show(title: string, text: string, good?: boolean): void
  /** A visible step: waits the pace, reads steers, and ends the work when it was interrupted. */
  step(doing: string): Promise<void>
  /** The chosen labels, or the human's own words. */
  ask(question: Omit<Question, 'id'>): Promise<readonly string[]>
  approve(asked: { title: string; body: string; reason: string }): Promise<boolean>
  callTool(name: string, args: unknown): Promise<ToolReply>
  /** Works until the turn is interrupted. */
  untilInterrupted(doing: string): Promise<never>
  flood(lines: number): Promise<void>
  /** Ends the turn as a provider's limit would, that is over in so many seconds. */
  refuse(seconds: number): never
  /** Ends the program at once with this code, as a crash would. */
  crash(code: number): never
  /** What this session keeps: the human's choices. */
  fact(key: string): string | undefined
  setFact(key: string, value: string): void
}

export const git = (desk: Desk, ...args: string[]): Promise<Ran> =>
  runCommand('git', ['--no-pager', '-c', 'core.quotePath=false', '-c', 'color.ui=false', ...args], {
    cwd: desk.folder,
    env: { ...desk.env, GIT_OPTIONAL_LOCKS: '0' },
    signal: desk.signal,
  })

/** A diff as a person reads it: without blob ids and the names said twice. */
export const forReading = (diff: string): string =>
  diff
    .split('\n')
    .filter(line => !/^(?:index [0-9a-f]|--- |\+\+\+ )/.test(line))
    .join('\n')
    .trim()

/** Runs the tests, asked for once a session; null when the human said no or they could not be started. */
export async function approvedTests(desk: Desk, command: TestCommand): Promise<TestOutcome | null> {
  const key = `approved ${command.type}`
  if (desk.asks && desk.fact(key) !== 'yes') {
    const reason = 'To see which tests fail, it runs code of this repository.'
    const allowed = await desk.approve({ title: 'Run the tests', body: command.text, reason })
    if (!allowed) return null
    desk.setFact(key, 'yes')
  }
  return shownTests(desk, command)
}

/** Null when they could not be started. */
export async function shownTests(desk: Desk, command: TestCommand): Promise<TestOutcome | null> {
  await desk.step(`Running ${command.text}`)
  const outcome = await runTests(command, desk)
  if (desk.signal.aborted) throw new Interrupted()
  if (outcome === null) {
    desk.show(`Run ${command.text}`, 'It cannot be started on this machine.', false)
    return null
  }
  const text = outcome.report === null ? outcome.output.trim().slice(-2_000) : summary(outcome.report)
  desk.show(`Run ${command.text}${outcome.note === '' ? '' : ` – ${outcome.note}`}`, text, outcome.ok)
  return outcome
}

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

export const inWords = (outcome: TestOutcome): string => {
  const { report } = outcome
  if (report === null) return outcome.ok ? 'the tests pass' : 'the tests fail'
  return report.failed === 0
    ? `all ${plural(report.passed, 'test')} pass`
    : `${report.failed} of ${plural(report.passed + report.failed, 'test')} fail${report.failed === 1 ? 's' : ''}`
}
