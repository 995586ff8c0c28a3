/** The one fake terminal for tests: what the program says is said by the test, what it is told is kept. */
import type { Pty, PtyExit, PtySpec, SpawnPty } from './pty'

export interface FakePty extends Pty {
  readonly spec: PtySpec
  /** Everything written to the program, joined. */
  written(): string
  /** Every resize as `[cols, rows]`. */
  readonly resizes: readonly (readonly [number, number])[]
  readonly signals: readonly string[]
  paused(): boolean
  /** Output of the program. Kept back while paused, as the kernel does. */
  say(data: string): void
  /** The program ends; told after the output that is still kept back. */
  end(exit?: PtyExit): void
}

const createFakePty = (spec: PtySpec): FakePty => {
  const data = new Set<(data: string) => void>()
  const exits = new Set<(exit: PtyExit) => void>()
  const resizes: (readonly [number, number])[] = []
  const signals: string[] = []
  let input = ''
  let held: string[] = []
  let paused = false
  let ended: PtyExit | undefined
  let told = false
  const flush = (): void => {
    while (!paused && held.length > 0) {
      const [next = '', ...rest] = held
      held = rest
      for (const listener of data) listener(next)
    }
    if (paused || !ended || told) return
    told = true
    for (const listener of exits) listener(ended)
  }
  return {
    spec,
    pid: 1,
    resizes,
    signals,
    written: () => input,
    paused: () => paused,
    onData: listener => subscribe(data, listener),
    onExit: listener => subscribe(exits, listener),
    write: text => {
      input += text
    },
    resize: (cols, rows) => {
      resizes.push([cols, rows])
    },
    pause: () => {
      paused = true
    },
    resume: () => {
      paused = false
      flush()
    },
    kill: signal => {
      signals.push(signal)
    },
    say: text => {
      held.push(text)
      flush()
    },
    end: (exit = { code: 0, signal: null }) => {
      ended ??= exit
      flush()
    },
  }
}

/** A spawner that keeps what it spawned, in order. */
export const createFakeSpawner = (): { readonly spawn: SpawnPty; readonly spawned: readonly FakePty[] } => {
  const spawned: FakePty[] = []
  return {
    spawned,
    spawn: spec => {
      const pty = createFakePty(spec)
      spawned.push(pty)
      return pty
    },
  }
}

const subscribe = <Listener>(listeners: Set<Listener>, listener: Listener): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
