/** For tests: the command adapter with the small program of `fixture/tui.mjs`. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandConfig } from '../../../shared/agent/command-config'
import { openTrial, type Trial } from '../trial'
import { createCommand } from './command'

const PROGRAM = join(import.meta.dirname, 'fixture', 'tui.mjs')

export const TUI: CommandConfig = {
  name: 'tui',
  command: process.execPath,
  args: [PROGRAM, '--new', '{session}'],
  resumeArgs: [PROGRAM, '--resume', '{session}'],
  quietMs: 400,
  interruptKey: '\x1b',
}

export interface CommandBench {
  open(config?: CommandConfig, more?: Partial<Parameters<typeof openTrial>[1]>): Promise<Trial>
  /** The seat's private folder. */
  readonly dir: string
  entries(): Promise<readonly Readonly<Record<string, string>>[]>
  received(): Promise<readonly string[]>
  clear(): Promise<void>
}

export const commandBench = async (): Promise<CommandBench> => {
  const root = await mkdtemp(join(tmpdir(), 'command-seat-'))
  const trials: Trial[] = []
  const record = join(root, 'received.jsonl')
  await mkdir(join(root, 'project'))
  const entries = async () =>
    (await readFile(record, 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as Record<string, string>)
  return {
    dir: join(root, 'seat'),
    entries,
    received: async () =>
      (await entries()).flatMap(({ received }) => (received === undefined ? [] : [received])),
    async open(config = TUI, more = {}) {
      const hooks = config.hooks === undefined ? {} : { TUI_HOOKS: '1' }
      const opened = await openTrial(createCommand(), {
        config: {
          agent: 'command',
          command: { ...config, env: { TUI_RECORD: record, ...hooks, ...config.env } },
        },
        folder: join(root, 'project'),
        dir: join(root, more.seat === 'right' ? 'right' : 'seat'),
        env: { PATH: process.env.PATH ?? '', HOME: root, LANG: 'C.UTF-8' },
        ...more,
      })
      if (!opened.ok) throw new Error(opened.error.message)
      trials.push(opened.value)
      return opened.value
    },
    async clear() {
      await Promise.all(trials.map(({ seat }) => seat.stop()))
      for (const { terminal } of trials) terminal.dispose()
      await rm(root, { recursive: true, force: true })
    },
  }
}
