/** One seat's live terminal. It belongs to its connection: a new `connect` opens a new terminal in its place. */
import '@xterm/xterm/css/xterm.css'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { SeatId } from '../../shared/pair/seat'
import type { ProgramExit } from '../../shared/terminal/wire'
import type { TerminalPort } from './connection'
import type { ShownScreen } from './make-terminal'
import { type OpenTerminal, openTerminal } from './open-terminal'
import './terminal.css'

export interface TerminalHandle {
  /** As soon as it is there. */
  focus(): void
}

export interface TerminalProps {
  readonly seat: SeatId
  /** Names the terminal for assistive technology, such as "Driver, Claude Code". */
  readonly label: string
  /** Asks the host for a port to this seat's terminal. Must be stable between renders. */
  readonly connect: () => Promise<TerminalPort>
  /** The port could not be had. */
  readonly onTrouble: (error: unknown) => void
  /** Keys that the app takes before the program does. */
  readonly isAppKey: (event: KeyboardEvent) => boolean
  readonly onCopy: (text: string) => void
  /** A link was followed; only `http:` and `https:` arrive here. */
  readonly onLink: (url: string) => void
  readonly onTitle?: (title: string) => void
  /** Undefined while a program runs. */
  readonly onExit?: (exit: ProgramExit | undefined) => void
  readonly screenReader?: boolean
  /** For tests: gets what is shown, returns its removal. */
  readonly exposeScreen?: (seat: SeatId, screen: ShownScreen) => () => void
  readonly ref?: Ref<TerminalHandle>
}

export function Terminal(props: TerminalProps) {
  const { seat, label, connect, screenReader = false, ref } = props
  const element = useRef<HTMLDivElement>(null)
  const open = useRef<OpenTerminal>(undefined)
  const latest = useRef(props)
  latest.current = props
  const wanted = useRef(false)
  useImperativeHandle(
    ref,
    () => ({
      focus: () => {
        if (open.current) open.current.focus()
        else wanted.current = true
      },
    }),
    [],
  )
  useEffect(() => {
    const stop = new AbortController()
    if (element.current) startIn(element.current, connect, { latest, open, wanted }, stop.signal)
    return () => stop.abort()
  }, [connect])
  useEffect(() => open.current?.setScreenReader(screenReader), [screenReader])
  return (
    <section className="seat-terminal" aria-label={label} data-testid={`terminal-${seat}`}>
      <div className="seat-terminal-screen" ref={element} />
    </section>
  )
}

interface Refs {
  readonly latest: { readonly current: TerminalProps }
  readonly open: { current: OpenTerminal | undefined }
  /** The focus was asked for before there was a terminal. */
  readonly wanted: { current: boolean }
}

const startIn = (
  element: HTMLElement,
  connect: () => Promise<TerminalPort>,
  { latest, open, wanted }: Refs,
  stopped: AbortSignal,
): void => {
  const { label, screenReader = false, seat } = latest.current
  openTerminal(
    {
      element,
      connect,
      label,
      screenReader,
      isAppKey: event => latest.current.isAppKey(event),
      onCopy: text => latest.current.onCopy(text),
      onLink: url => latest.current.onLink(url),
      onTitle: title => latest.current.onTitle?.(title),
      onExit: exit => latest.current.onExit?.(exit),
    },
    stopped,
  ).then(
    terminal => {
      if (!terminal) return
      open.current = terminal
      const hide = latest.current.exposeScreen?.(seat, terminal.shown)
      const close = (): void => {
        hide?.()
        terminal.dispose()
        if (open.current === terminal) open.current = undefined
      }
      if (stopped.aborted) return close()
      stopped.addEventListener('abort', close)
      if (wanted.current) terminal.focus()
      wanted.current = false
    },
    error => latest.current.onTrouble(error),
  )
}
