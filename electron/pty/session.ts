/**
 * One seat's terminal: the program's bytes go to the mirror, the recording and every window that is attached,
 * each once and in order, and the program waits when one of them cannot follow. Nothing is decided from them.
 */

import { DARK_COLOURS } from '../../shared/terminal/colours'
import { acknowledged, type Flow, noDebt, sent } from '../../shared/terminal/flow'
import { KEYFRAME_SCROLLBACK } from '../../shared/terminal/keyframe'
import { unfinished } from '../../shared/terminal/tail'
import type { FromHost, ProgramExit, TermColours } from '../../shared/terminal/wire'
import { gatherer } from './gather'
import { createMirror, type Mirror } from './mirror'
import type { Pty, PtySpec, SpawnPty } from './pty'

/** Where output is kept. `electron/store/recordings.ts` is one. */
export interface OutputRecorder {
  output(data: string): void
  resize(cols: number, rows: number): void
  /** When a keyframe is due: takes the state of the terminal after all that was recorded until this call. */
  keyframe(): KeepState | undefined
}

/** `screen`: text that gives the state to an empty terminal of this size. */
export type KeepState = (state: {
  readonly cols: number
  readonly rows: number
  readonly screen: string
}) => void

export interface TerminalSession {
  /**
   * Runs a program here, after the one before has ended. The `Pty` is for the program's adapter: its size and
   * its flow are this session's, so `resize` goes through the session and `pause` adds to its own reasons.
   */
  run(spec: Omit<PtySpec, 'cols' | 'rows'>): Pty
  attach(window: (message: FromHost) => void): Attachment
  /** What the human typed. Dropped when no program runs. */
  input(data: string): void
  /** Called with what the human typed, before the program gets it. Returns its unsubscribe. */
  onHumanInput(listener: (data: string) => void): () => void
  /** Whether the program has switched bracketed paste on, after everything that came until now. */
  bracketedPaste(): Promise<boolean>
  /** How often a text stands on the screen; line ends inside it do not count. */
  echoes(typed: string): Promise<number>
  /** Told to program, mirror and recording at the end of a burst. */
  resize(cols: number, rows: number): void
  setColours(colours: TermColours): void
  /** The screen as text, after everything that came until now. */
  screen(): Promise<string>
  /** The text that restores this terminal, after everything that came until now. */
  snapshot(): Promise<string>
  /** Ends the session and what it keeps; the program is hung up. */
  dispose(): void
}

export interface Attachment {
  /** Characters of `data` messages that the window has parsed. */
  acknowledge(chars: number): void
  resize(cols: number, rows: number): void
  /** What the window still owes is forgiven. */
  detach(): void
}

export interface SessionDeps {
  readonly spawn: SpawnPty
  readonly cols: number
  readonly rows: number
  readonly recorder?: OutputRecorder
  /** A snapshot to begin with, from before a restart. */
  readonly restore?: string
}

/** A drag of a divider resizes at every frame; programs repaint at every resize. */
const RESIZE_QUIET_MS = 50

/** Undoes what a program that crashed may leave on: alternate screen, mouse, focus and paste modes, cursor, colours. */
const AFTER_PROGRAM =
  '\x1b[?1049l\x1b[?9;1000;1002;1003;1006;1016;1004;2004;2026l\x1b[?25h\x1b[!p\x1b[0 q\x1b[m\r\n'

interface Window {
  readonly tell: (message: FromHost) => void
  flow: Flow
  /** Output since the attachment, until the snapshot is taken. */
  early: FromHost[] | undefined
}

/** What was true where the stream was cut. */
interface Cut {
  readonly tail: string
  readonly seq: number
  readonly size: Size
  readonly exit: ProgramExit | undefined
}

interface Size {
  readonly cols: number
  readonly rows: number
}

export const createTerminalSession = (deps: SessionDeps): TerminalSession => new Session(deps)

class Session implements TerminalSession {
  readonly #deps: SessionDeps
  readonly #mirror: Mirror
  /** What was read and not yet delivered. Whoever asks for a state, or changes it, flushes first. */
  readonly #gathered = gatherer(data => this.#output(data))
  readonly #windows = new Set<Window>()
  readonly #inputListeners = new Set<(data: string) => void>()
  #pty: Pty | undefined
  #exit: ProgramExit | undefined
  #size: Size
  /** The size the program knows. */
  #told: Size
  #colours = DARK_COLOURS
  #mirrorFlow = noDebt
  #held = false
  #paused = false
  #tail = ''
  #seq = 0
  #resizing: NodeJS.Timeout | undefined

  constructor(deps: SessionDeps) {
    this.#deps = deps
    this.#size = this.#told = { cols: deps.cols, rows: deps.rows }
    this.#mirror = createMirror({
      ...this.#size,
      // A terminal's answer to its program is no key of the human's.
      reply: data => this.#pty?.write(data),
      titled: title => this.#tell({ type: 'title', title }),
      colours: () => this.#colours,
    })
    if (deps.restore) {
      this.#mirror.write(deps.restore)
      deps.recorder?.output(deps.restore)
    }
  }

  run(spec: Omit<PtySpec, 'cols' | 'rows'>): Pty {
    if (this.#pty) throw new Error('a program already runs in this terminal')
    this.#applySize()
    if (this.#seq > 0) this.#output(this.#tail === '' ? AFTER_PROGRAM : `\x18${AFTER_PROGRAM}`)
    const pty = this.#deps.spawn({ ...spec, ...this.#size })
    this.#pty = pty
    this.#exit = undefined
    this.#paused = this.#held = false
    pty.onData(data => this.#gathered.take(data))
    pty.onExit(exit => this.#ended(exit))
    this.#settle()
    return this.#seenByAdapter(pty)
  }

  attach(tell: (message: FromHost) => void): Attachment {
    // Before there is this window: the snapshot has it.
    this.#gathered.flush()
    const window: Window = { tell, flow: noDebt, early: [] }
    this.#windows.add(window)
    this.#whenParsed(cut => {
      if (!this.#windows.has(window)) return
      tell({
        type: 'snapshot',
        data: this.#mirror.serialize() + cut.tail,
        ...cut.size,
        seq: cut.seq,
        title: this.#mirror.title(),
        ...(cut.exit ? { exit: cut.exit } : {}),
      })
      const early = window.early ?? []
      window.early = undefined
      for (const message of early) tell(message)
    })
    return {
      acknowledge: chars => {
        window.flow = acknowledged(window.flow, chars)
        this.#settle()
      },
      resize: (cols, rows) => this.#resizeFrom(window, cols, rows),
      detach: () => {
        this.#windows.delete(window)
        this.#settle()
      },
    }
  }

  input(data: string): void {
    for (const listener of this.#inputListeners) listener(data)
    this.#pty?.write(data)
  }

  onHumanInput(listener: (data: string) => void): () => void {
    this.#inputListeners.add(listener)
    return () => this.#inputListeners.delete(listener)
  }

  bracketedPaste(): Promise<boolean> {
    return new Promise(resolve => this.#whenParsed(() => resolve(this.#mirror.bracketedPaste())))
  }

  async echoes(typed: string): Promise<number> {
    return (await this.screen()).replaceAll('\n', '').split(typed).length - 1
  }

  resize(cols: number, rows: number): void {
    this.#resizeFrom(undefined, cols, rows)
  }

  setColours(colours: TermColours): void {
    this.#colours = colours
  }

  screen(): Promise<string> {
    return new Promise(resolve => this.#whenParsed(() => resolve(this.#mirror.screen())))
  }

  snapshot(): Promise<string> {
    return new Promise(resolve => this.#whenParsed(cut => resolve(this.#mirror.serialize() + cut.tail)))
  }

  dispose(): void {
    this.#gathered.flush()
    clearTimeout(this.#resizing)
    this.#windows.clear()
    this.#settle()
    this.#pty?.kill('SIGHUP')
    this.#mirror.dispose()
  }

  /** `act` runs when the mirror shows exactly what came until now, with what was true at this cut. */
  #whenParsed(act: (cut: Cut) => void): void {
    this.#gathered.flush()
    const cut = { tail: this.#tail, seq: this.#seq, size: this.#told, exit: this.#exit }
    this.#mirror.write('', () => act(cut))
  }

  #output(data: string): void {
    this.#tail = unfinished(this.#tail, data)
    this.#seq += data.length
    this.#deps.recorder?.output(data)
    this.#mirrorFlow = sent(this.#mirrorFlow, data.length)
    this.#mirror.write(data, () => {
      this.#mirrorFlow = acknowledged(this.#mirrorFlow, data.length)
      this.#settle()
    })
    for (const window of this.#windows) window.flow = sent(window.flow, data.length)
    this.#tell({ type: 'data', data })
    this.#keyframe()
    this.#settle()
  }

  #keyframe(): void {
    const keep = this.#deps.recorder?.keyframe()
    if (!keep) return
    this.#whenParsed(({ size, tail }) =>
      keep({ ...size, screen: this.#mirror.serialize(KEYFRAME_SCROLLBACK) + tail }),
    )
  }

  #ended(exit: ProgramExit): void {
    this.#gathered.flush()
    this.#pty = undefined
    this.#exit = exit
    this.#tell({ type: 'exit', exit })
  }

  #tell(message: FromHost, except?: Window): void {
    for (const window of this.#windows) {
      if (window === except) continue
      if (!window.early) window.tell(message)
      // A title that is parsed before the snapshot is in the snapshot.
      else if (message.type !== 'title') window.early.push(message)
    }
  }

  #settle(): void {
    const full = [...this.#windows].some(window => window.flow.paused)
    const paused = this.#held || this.#mirrorFlow.paused || full
    if (paused === this.#paused) return
    this.#paused = paused
    if (paused) this.#pty?.pause()
    else this.#pty?.resume()
  }

  #resizeFrom(window: Window | undefined, cols: number, rows: number): void {
    this.#size = { cols, rows }
    clearTimeout(this.#resizing)
    this.#resizing = setTimeout(() => this.#applySize(window), RESIZE_QUIET_MS)
  }

  #applySize(from?: Window): void {
    clearTimeout(this.#resizing)
    const { cols, rows } = this.#size
    if (cols === this.#told.cols && rows === this.#told.rows) return
    this.#gathered.flush()
    this.#told = this.#size
    this.#mirror.resize(cols, rows)
    this.#pty?.resize(cols, rows)
    this.#deps.recorder?.resize(cols, rows)
    this.#keyframe()
    this.#tell({ type: 'resize', cols, rows }, from)
  }

  #seenByAdapter(pty: Pty): Pty {
    const hold = (held: boolean) => (): void => {
      this.#held = held
      this.#settle()
    }
    return {
      pid: pty.pid,
      onData: pty.onData,
      onExit: pty.onExit,
      write: pty.write,
      kill: pty.kill,
      resize: (cols, rows) => this.resize(cols, rows),
      pause: hold(true),
      resume: hold(false),
    }
  }
}
