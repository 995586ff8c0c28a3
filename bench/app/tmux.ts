/** tmux as a user would have it otherwise: two panes side by side, and a client in an xterm.js of the same Electron. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BarePage } from '../pages/bare-page'
import { type Bare, openBare } from './bare'
import { buildPages } from './pages'
import { SIDES } from './panes'
import type { Side } from './probe'
import { until } from './until'

const PROGRAM = resolve(__dirname, '..', 'programs', 'pane.sh')

export interface Tmux {
  readonly bare: Bare
  readonly version: string
  tell(side: Side, line: string): Promise<void>
  close(): Promise<void>
}

/** Null where there is none. */
export const tmuxVersion = (): string | null => {
  try {
    return execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim()
  } catch {
    return null // it is not installed
  }
}

/** `size`: of one pane. */
export const openTmux = async (
  folder: string,
  size: { readonly cols: number; readonly rows: number },
): Promise<Tmux> => {
  const bare = await openBare({
    folder,
    page: join(await buildPages(folder), 'terminal.html'),
    programs: true,
  })
  const own = mkdtempSync(join(folder, 'tmux-'))
  const socket = join(own, 'socket')
  const fifo = (side: Side): string => join(own, side)
  const ready = (side: Side): string => join(own, `${side}.ready`)
  const tell = (side: Side, line: string): Promise<void> => writeFile(fifo(side), `${line}\n`)
  const close = async (): Promise<void> => {
    try {
      if (existsSync(socket)) execFileSync('tmux', ['-S', socket, 'kill-server'], { stdio: 'ignore' })
    } finally {
      await bare.close()
    }
  }
  try {
    for (const side of SIDES) execFileSync('mkfifo', ['-m', '600', fifo(side)])
    const shell = (side: Side): string => `sh '${PROGRAM}' '${fifo(side)}'`
    // Both panes, the line between them, and the line of its status.
    const whole = { cols: size.cols * 2 + 1, rows: size.rows + 1 }
    const program = {
      ...whole,
      file: 'tmux',
      args: [
        ...['-S', socket, '-f', '/dev/null', 'new-session', shell('left')],
        ...[';', 'split-window', '-h', shell('right')],
      ],
      env: {
        PATH: process.env.PATH ?? '',
        HOME: own,
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        SHELL: '/bin/sh',
      },
    }
    await bare.page.evaluate(
      ([dimensions, given]) => {
        const { open, run } = Reflect.get(globalThis, 'bench') as BarePage
        open('left', dimensions)
        run('left', given)
      },
      [whole, program] as const,
    )
    for (const side of SIDES) {
      await tell(side, `echo yes > '${ready(side)}'`)
      await until(
        `the ${side} pane of tmux`,
        () => existsSync(ready(side)) && readFileSync(ready(side), 'utf8') !== '',
      )
    }
    return { bare, version: tmuxVersion() ?? '', tell, close }
  } catch (error) {
    await close()
    throw error
  }
}
