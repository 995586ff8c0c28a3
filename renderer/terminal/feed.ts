/**
 * What has come for a terminal, in order. xterm.js parses all that it was given before anything else has a turn, so it is
 * given little at a time, and nothing while another terminal goes first.
 */
import type { Precedence } from './precedence'

/** Characters: some milliseconds of parsing. More comes as soon as it is parsed, within the same turn. */
const MOST_GIVEN = 32_000

export interface Feed {
  /** Output: `write` gives it to the terminal and calls back when it is parsed. */
  output(chars: number, write: (parsed: () => void) => void): void
  /** Anything else that must keep its place between the outputs. */
  then(act: () => void): void
  /** What still waits is dropped. */
  stop(): void
}

interface Step {
  readonly chars: number
  readonly run: (parsed: () => void) => void
}

export const createFeed = (terminal: object, precedence: Precedence): Feed => {
  let waiting: Step[] = []
  let given = 0
  let going = false
  const go = (): void => {
    // A callback that comes at once, within the loop, leaves the next step to the loop.
    if (going) return
    going = true
    while (waiting.length > 0 && given < MOST_GIVEN && precedence.mayGo(terminal)) {
      const step = waiting.shift()
      if (!step) break
      given += step.chars
      step.run(() => {
        given -= step.chars
        go()
      })
    }
    going = false
  }
  const add = (step: Step): void => {
    waiting.push(step)
    go()
  }
  const forget = precedence.onFree(go)
  return {
    output: (chars, run) => add({ chars, run }),
    then: act => add({ chars: 0, run: act }),
    stop: () => {
      forget()
      waiting = []
    },
  }
}
