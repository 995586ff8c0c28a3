/**
 * The end of a proof run as data. Only exit code 0 of the command itself is a pass; a run that was stopped, timed
 * out or never began proves nothing, whatever it printed.
 */
import { assertNever } from '../result'

export interface ProofCommand {
  /** A line for the shell, run in the workspace. */
  readonly command: string
  readonly limitSeconds: number
}

export type ProofOutcome =
  | { readonly type: 'exited'; readonly code: number }
  /** Ended by a signal that Duologue did not send, e.g. `SIGKILL` from the system when memory ran out. */
  | { readonly type: 'signalled'; readonly signal: string }
  | { readonly type: 'timedOut'; readonly limitSeconds: number }
  /** By the human, or because the pair ended. */
  | { readonly type: 'stopped' }
  | { readonly type: 'notStarted'; readonly message: string }

export interface ProofResult {
  readonly outcome: ProofOutcome
  /** From the start to the end of the command itself; what it left behind is not counted. */
  readonly durationMs: number
  /** The end of the output as plain text, at most `TAIL_CHARS`. */
  readonly tail: string
  /** Bytes of output that were read, before control bytes were taken out. */
  readonly bytes: number
  /** The work tree that it ran on, by full hash; null outside git. */
  readonly tree: string | null
  /** Files changed while it ran: it shows nothing about either tree. */
  readonly changed: boolean
}

/** What the run itself tells; the workspace is looked at by whoever starts it. */
export type ProofEnd = Omit<ProofResult, 'tree' | 'changed'>

/** About 4,000 tokens: what a navigator can be given of a failure without crowding out the work. */
export const TAIL_CHARS = 16_000

export const passed = (outcome: ProofOutcome): boolean => outcome.type === 'exited' && outcome.code === 0

/** It passed, and shows something about the work. */
export const hasPassed = ({ outcome, changed }: ProofResult): boolean => passed(outcome) && !changed

/** What shells mean by these codes (POSIX, Shell Command Language, 2.8.2). */
const meaning = (code: number): string =>
  code === 126 ? ' (cannot be executed)' : code === 127 ? ' (command not found)' : ''

/** `10 min`, `90 s`. */
export const limitWords = (seconds: number): string =>
  seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`

/** Said wherever a result with `changed` is told. */
export const CHANGED_MEANWHILE = 'files changed while it ran, so it does not count'

/** `passed`, `exit 1`, `ended by SIGKILL`, `timed out after 10 min`, `stopped`, `not started: …`. */
export const proofWords = (outcome: ProofOutcome): string => {
  switch (outcome.type) {
    case 'exited':
      return outcome.code === 0 ? 'passed' : `exit ${outcome.code}${meaning(outcome.code)}`
    case 'signalled':
      return `ended by ${outcome.signal}`
    case 'timedOut':
      return `timed out after ${limitWords(outcome.limitSeconds)}`
    case 'stopped':
      return 'stopped'
    case 'notStarted':
      return `not started: ${outcome.message}`
    default:
      return assertNever(outcome)
  }
}
