/** The smallest terminal port we need. Only `node-pty.ts` implements it for real, `fake-pty.ts` for tests. */
export interface PtySpec {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment; nothing is inherited behind the caller's back. */
  readonly env: Readonly<Record<string, string>>
  readonly cols: number
  readonly rows: number
}

export interface PtyExit {
  readonly code: number | null
  readonly signal: string | null
}

export interface Pty {
  readonly pid: number
  /** Raw output as decoded UTF-8 text, in order. Returns its unsubscribe. */
  onData(listener: (data: string) => void): () => void
  /** Once, after the last data. */
  onExit(listener: (exit: PtyExit) => void): () => void
  write(data: string): void
  resize(cols: number, rows: number): void
  pause(): void
  resume(): void
  /** Sends the signal to the terminal's whole process group. */
  kill(signal: 'SIGHUP' | 'SIGTERM' | 'SIGKILL' | 'SIGINT'): void
}

export type SpawnPty = (spec: PtySpec) => Pty
