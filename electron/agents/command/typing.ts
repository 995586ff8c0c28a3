/**
 * A message typed into a program's prompt. Rule: no key goes anywhere but into an idle prompt without a draft, and
 * Enter only after our own mark was seen there; what went wrong on the way is told, and never typed a second time by
 * itself.
 */
import { QUIET_MS, SUBMIT_MS } from '../../../shared/agent/command'
import type { CommandConfig } from '../../../shared/agent/command-config'
import { ok, type Result } from '../../../shared/result'
import { pasted, stripControl } from '../../../shared/terminal/paste'
import type { Pty } from '../../pty/pty'
import type { DeliverError, Message, SeatTerminal } from '../agent'
import { notNow, notSent } from '../delivered'
import type { Watch } from './watch'

/** Milliseconds until the prompt must show our mark; it takes some ten. */
const ECHO_MS = 5_000
/** Milliseconds that a long paste may take to be drawn. */
const DRAWN_MS = 10_000
/** Milliseconds that a message waits for the prompt to be free; below the time in which acceptance is expected. */
const GATE_MS = 20_000
/** Milliseconds between two looks at whether the prompt is free. */
const LOOK_MS = 100

export interface Prompt {
  readonly config: CommandConfig
  readonly pty: Pty
  readonly terminal: SeatTerminal
  readonly watch: Watch
  /** Why nothing may be typed now, in words; null when it may. */
  readonly blocked: () => string | null
  /** Its program has ended. */
  readonly gone: () => boolean
  /** How many times the human has pressed a key. */
  readonly humanKeys: () => number
  /** The human is told once for each message that waits. */
  readonly waiting: (why: string) => void
  /** Something of ours may stand in the prompt: nothing more is typed until the human has looked. */
  readonly spoil: () => void
}

export const hasHooks = ({ hooks }: CommandConfig): boolean => hooks !== undefined && hooks !== 'none'

/** Waits until the prompt is free. The error says what it waited for. */
export const awaitFree = async (prompt: Prompt): Promise<Result<void, DeliverError>> => {
  const deadline = performance.now() + GATE_MS
  const reason = (): string | null => {
    const why = prompt.blocked()
    if (why !== null) return why
    const quiet = hasHooks(prompt.config) ? SUBMIT_MS : (prompt.config.quietMs ?? QUIET_MS)
    return prompt.watch.silentFor() < quiet ? 'It is still writing to its terminal.' : null
  }
  let told: string | null = null
  for (;;) {
    if (prompt.gone()) return notSent('Its program has ended.')
    const why = reason()
    if (why === null) return ok(undefined)
    if (performance.now() > deadline) return notNow(why)
    if (why === prompt.blocked() && why !== told) {
      told = why
      prompt.waiting(why)
    }
    await new Promise(resolve => setTimeout(resolve, LOOK_MS))
  }
}

/** Types the message and presses Enter. An error means that Enter was not pressed. */
export const typeMessage = async (
  prompt: Prompt,
  { id, text }: Message,
): Promise<Result<void, DeliverError>> => {
  const { pty, terminal, watch, config } = prompt
  const mark = `[duologue ${id}]`
  const keys = prompt.humanKeys()
  const bracketed = await terminal.bracketedPaste()
  const before = await terminal.echoes(mark)
  const fail = (why: string): Result<void, DeliverError> => {
    prompt.spoil()
    return notSent(why)
  }
  const disturbed = (): string | null =>
    prompt.humanKeys() === keys ? prompt.blocked() : 'You typed while the message was being put in.'

  // Between the gates and here the terminal was asked twice; a key may have come.
  const late = disturbed()
  if (late !== null) return notNow(late)
  pty.write(pasted(mark, bracketed))
  if (!(await echoed(prompt, mark, before)))
    return fail('Its prompt did not show the message: a dialog may be open. Nothing was sent.')
  const meddled = disturbed()
  if (meddled !== null)
    return fail(`${meddled} The message was not sent; its beginning stands in the prompt.`)
  pty.write(
    pasted(
      asTyped(text.startsWith(mark) ? text.slice(mark.length) : ` ${text}`, config, bracketed),
      bracketed,
    ),
  )
  // A program that has not drawn it yet may send what it had before: Enter would submit the mark alone.
  if (!(await watch.output(DRAWN_MS))) return fail('It did not show the message. Nothing was sent.')
  const drawn = await watch.quiet(config.submitMs ?? SUBMIT_MS, DRAWN_MS)
  if (!drawn && !hasHooks(config)) return fail('It did not come to rest after the paste. Nothing was sent.')
  const last = disturbed()
  if (last !== null) return fail(`${last} The message stands in the prompt and was not sent.`)
  pty.write('\r')
  return ok(undefined)
}

const echoed = async ({ terminal, watch }: Prompt, mark: string, before: number): Promise<boolean> => {
  const deadline = performance.now() + ECHO_MS
  for (;;) {
    if ((await terminal.echoes(mark)) > before) return true
    const left = deadline - performance.now()
    if (left <= 0 || !(await watch.output(left))) return (await terminal.echoes(mark)) > before
  }
}

/** Where a paste has no brackets, a line end would be Enter and a tab a completion. */
const asTyped = (text: string, { defuse }: CommandConfig, bracketed: boolean): string => {
  const plain = stripControl(text)
  const safe = Object.entries(defuse ?? {}).reduce((done, [from, to]) => done.replaceAll(from, to), plain)
  return bracketed ? safe : safe.replace(/\s*[\n\t]\s*/g, ' ')
}
