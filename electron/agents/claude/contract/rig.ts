/**
 * A room for the real Claude Code in tests: a home and a configuration of its own, a scripted model, a real
 * terminal, and the seat under test. Nothing is inherited from the machine but `/usr/bin`, `/bin`.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  type ModelServer,
  type Reply,
  say,
  startClaudeModel,
} from '../../../../e2e/contracts/claude-model-server'
import type { AgentEvent } from '../../../../shared/agent/event'
import type { ToolReply } from '../../../../shared/agent/tools'
import { asDeliveryId, asPairId } from '../../../../shared/ids'
import { spawnNodePty } from '../../../pty/node-pty'
import type { Pty } from '../../../pty/pty'
import type { Message, Seat, SeatContext } from '../../agent'
import { createClaude } from '../claude'

const MODULES = join(__dirname, '../../../../e2e/contracts/node_modules')
export const PROGRAMS = [
  ['2.1.330', join(MODULES, '@anthropic-ai/claude-code-linux-x64/claude')],
  ['2.1.197', join(MODULES, 'claude-code-197/claude')],
] as const

type Respond = Parameters<typeof startClaudeModel>[0]['respond']

export interface Room {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly model: ModelServer
  script(respond: Respond): void
  sit(more?: Partial<SeatContext>): Promise<Sitting>
  /** What was asked of hosts beyond loopback, as `METHOD host`; must stay empty. */
  readonly strangers: readonly string[]
  leave(): Promise<void>
}

export interface Sitting {
  readonly seat: Seat
  readonly pty: Pty
  readonly events: readonly AgentEvent[]
  readonly calls: { readonly name: string; readonly args: unknown }[]
  readonly logs: readonly string[]
  /** The first event from `from` on that fits; rejects after 30 s with all events. */
  until<T extends AgentEvent['type']>(
    type: T,
    fits?: (event: Extract<AgentEvent, { type: T }>) => boolean,
    from?: number,
  ): Promise<Extract<AgentEvent, { type: T }>>
  /** Types a prompt as a human does: text, then Enter once the text is on the screen. */
  type(text: string): Promise<void>
  /** The terminal has shown this since the last `type`. */
  shown(text: string): Promise<void>
}

export const message = (id: string, text: string): Message => ({
  id: asDeliveryId(id),
  text: `[duologue ${id}] ${text}`,
  summary: 'Message from the partner',
})

const WAIT_MS = 30_000

/** Checks again whenever `subscribe` calls, until `look` finds something. */
const waitFor = <T>(
  look: () => T | undefined,
  subscribe: (check: () => void) => () => void,
  tell: () => string,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      clearTimeout(limit)
      unsubscribe()
      act()
    }
    const check = (): void => {
      const found = look()
      if (found !== undefined) finish(() => resolve(found))
    }
    const limit = setTimeout(() => finish(() => reject(new Error(`nothing came: ${tell()}`))), WAIT_MS)
    const unsubscribe = subscribe(check)
    check()
  })

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b./g

const takeSeat = async (
  context: Omit<SeatContext, 'emit' | 'callTool' | 'spawn' | 'log'>,
): Promise<Sitting> => {
  const events: AgentEvent[] = []
  const calls: { name: string; args: unknown }[] = []
  const logs: string[] = []
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of [...listeners]) listener()
  }
  let output = ''
  let pty: Pty | undefined
  const started = await createClaude({ newId: randomUUID, now: Date.now }).start({
    ...context,
    emit: event => {
      events.push(event)
      changed()
    },
    callTool: async (name, args): Promise<ToolReply> => {
      calls.push({ name, args })
      return { ok: true, text: 'The review is recorded.' }
    },
    spawn: spec => {
      pty = spawnNodePty({ ...spec, cols: 120, rows: 40 })
      pty.onData(data => {
        output += data
        changed()
      })
      return pty
    },
    log: line => logs.push(line),
  })
  if (!started.ok) throw new Error(started.error.message)
  if (!pty) throw new Error('no terminal was started')
  let mark = 0
  const screen = (): string => output.slice(mark).replace(ESCAPES, ' ').replace(/\s+/g, ' ')
  const subscribe = (check: () => void): (() => void) => {
    listeners.add(check)
    return () => listeners.delete(check)
  }
  const terminal = pty
  const tail = (): string => screen().slice(-1500)
  const shown = async (text: string): Promise<void> => {
    const squeezed = text.replace(/\s+/g, '')
    await waitFor(() => (screen().replace(/ /g, '').includes(squeezed) ? true : undefined), subscribe, tail)
  }
  return {
    seat: started.value,
    pty: terminal,
    events,
    calls,
    logs,
    shown,
    until: (type, fits = () => true, from = 0) =>
      waitFor(
        () =>
          events
            .slice(from)
            .filter((event): event is Extract<AgentEvent, { type: typeof type }> => event.type === type)
            .find(fits),
        subscribe,
        () =>
          `${type}\n${events.map(event => JSON.stringify(event)).join('\n')}\n${tail()}\n${logs.join('\n')}`,
      ),
    type: async text => {
      mark = output.length
      terminal.write(text)
      await shown(text)
      terminal.write('\r')
    },
  }
}

/** A dialog takes no key in its first moments (the CLI's guard against keys meant for the composer): press again. */
export const pressing = <T>(pty: Pty, key: string, done: Promise<T>): Promise<T> => {
  const press = setInterval(() => pty.write(key), 400)
  return done.finally(() => clearInterval(press))
}

/** A proxy that lets nothing through and tells who was asked for. */
const startProxy = async (onAsked: (asked: string) => void) => {
  const server = createServer((request, response) => {
    onAsked(`${request.method} ${request.url}`)
    response.writeHead(502)
    response.end()
  })
  server.on('connect', (request, socket) => {
    onAsked(`CONNECT ${request.url}`)
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, stop }
}

export const enterRoom = async (program: string): Promise<Room> => {
  const root = mkdtempSync(join(tmpdir(), 'duologue-claude-'))
  const [home, config, folder] = [join(root, 'home'), join(root, 'config'), join(root, 'project')]
  for (const path of [home, config, folder]) mkdirSync(path)
  const trusted = { hasCompletedOnboarding: true, projects: { [folder]: { hasTrustDialogAccepted: true } } }
  writeFileSync(join(config, '.claude.json'), JSON.stringify(trusted))
  let respond: Respond = (): Reply => [say('Done.')]
  const model = await startClaudeModel({ respond: request => respond(request) })
  const strangers: string[] = []
  const proxy = await startProxy(asked => strangers.push(asked))
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    SHELL: '/bin/bash',
    TMPDIR: root,
    CLAUDE_CONFIG_DIR: config,
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_AUTH_TOKEN: 'test',
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    NO_PROXY: '127.0.0.1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_MAX_RETRIES: '0',
    DUOLOGUE_CLAUDE: program,
    DUOLOGUE_TEST_ROOM: root,
  }
  const sittings: Sitting[] = []
  return {
    folder,
    env,
    model,
    strangers,
    script: next => {
      respond = next
    },
    sit: async more => {
      const sitting = await takeSeat({
        pair: asPairId('pair'),
        seat: 'left',
        config: { agent: 'claude', permissionMode: 'default' },
        folder,
        dir: join(root, 'seat'),
        env,
        instructions: 'You are one of a pair. INSTRUCTIONS-MARK',
        tools: [
          {
            name: 'submit_review',
            description: 'Submit your review.',
            inputSchema: { type: 'object', properties: { verdict: { type: 'string' } } },
          },
        ],
        ...more,
      })
      sittings.push(sitting)
      return sitting
    },
    leave: async () => {
      for (const { seat } of sittings) await seat.stop()
      await model.stop()
      await proxy.stop()
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** Ends every sitting; nothing may be left of it, and nothing may have left the machine. */
export const leaveRoom = async (room: Room): Promise<void> => {
  await room.leave()
  expect(processesOf(room)).toEqual([])
  expect(room.strangers).toEqual([])
}

/** Command lines of the processes that were started in this room, however they were detached. */
const processesOf = (room: Room): readonly string[] => {
  const mark = `DUOLOGUE_TEST_ROOM=${room.env.DUOLOGUE_TEST_ROOM}`
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && read(`/proc/${name}/environ`).includes(mark))
    .map(name => read(`/proc/${name}/cmdline`).replaceAll('\0', ' '))
    .filter(line => line !== '')
}
