/**
 * Claude Code's own files, followed as they change: the transcript (append-only JSON lines) and the status file of the
 * process. Rules: read-only; `fs.watch` makes it quick and a slow poll makes it sure; only whole lines are handed on.
 */
import { type FSWatcher, watch } from 'node:fs'
import { open, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { ClaudeStatus } from '../../../shared/agent/claude-turns'

/** File events can be lost; this bounds how late we are then. */
const POLL_MS = 500

export interface Following {
  /** Reads what is there now, and resolves when it has been handed on. */
  refresh(): Promise<void>
  stop(): void
}

/** Calls `read` whenever something in `folder` changes, never twice at once. */
const follow = (folder: string, read: () => Promise<void>, log: (line: string) => void): Following => {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  const pass = async (): Promise<void> => {
    do {
      again = false
      try {
        await read()
      } catch (error) {
        log(`cannot read in ${folder}: ${String(error)}`)
      }
    } while (again && !stopped)
    running = null
  }
  const refresh = (): Promise<void> => {
    if (stopped) return Promise.resolve()
    if (running) again = true
    else running = pass()
    return running ?? Promise.resolve()
  }
  let watcher: FSWatcher | null = null
  const attach = (): void => {
    try {
      watcher = watch(folder, () => void refresh())
      watcher.on('error', () => {
        watcher?.close()
        watcher = null
      })
    } catch {
      // The folder is made by the CLI later; the poll tries again.
      watcher = null
    }
  }
  attach()
  const poll = setInterval(() => {
    if (!watcher) attach()
    void refresh()
  }, POLL_MS)
  const stop = (): void => {
    stopped = true
    clearInterval(poll)
    watcher?.close()
  }
  void refresh()
  return { refresh, stop }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

const CHUNK_BYTES = 256 * 1024

/** Hands on the lines of `path` from its first byte; `end` is called when all that was there has been read. */
export const followLines = (
  path: string,
  onLine: (line: string) => void,
  onEnd: () => void,
  log: (line: string) => void,
): Following => {
  let offset = 0
  let rest: Buffer = Buffer.alloc(0)
  const read = async (): Promise<void> => {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })
    if (!file) return onEnd()
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset)
        if (bytesRead === 0) break
        offset += bytesRead
        rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
        for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
          onLine(rest.subarray(0, at).toString('utf8'))
          rest = rest.subarray(at + 1)
        }
      }
    } finally {
      await file.close()
    }
    onEnd()
  }
  return follow(dirname(path), read, log)
}

const statusFile = z.object({
  pid: z.number(),
  sessionId: z.string(),
  status: z.string().optional(),
  statusUpdatedAt: z.number().optional(),
})
type StatusFile = z.infer<typeof statusFile>

const readStatus = async (path: string): Promise<StatusFile | null> => {
  try {
    const parsed = statusFile.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    // Missing, or caught in the middle of a write; the next look will tell.
    return null
  }
}

const STATUSES: readonly string[] = ['busy', 'idle', 'waiting', 'shell']
const isStatus = (value: string): value is ClaudeStatus => STATUSES.includes(value)

/** Reports every status, with the CLI's own time of its change in milliseconds since the epoch. */
export const followStatus = (
  configDir: string,
  pid: number,
  onStatus: (status: ClaudeStatus, since: number) => void,
  log: (line: string) => void,
): Following => {
  let last = ''
  const folder = join(configDir, 'sessions')
  const read = async (): Promise<void> => {
    const file = await readStatus(join(folder, `${pid}.json`))
    if (!file?.status || !isStatus(file.status)) return
    const key = `${file.status} ${file.statusUpdatedAt ?? ''}`
    if (key === last) return
    last = key
    onStatus(file.status, file.statusUpdatedAt ?? 0)
  }
  return follow(folder, read, log)
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Empty when there is no such folder. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })

/** The process in which this session is open now; the CLI itself lets two of them write one transcript. */
export const processOf = async (configDir: string, session: string): Promise<number | null> => {
  const folder = join(configDir, 'sessions')
  const names = await namesIn(folder)
  const files = await Promise.all(
    names.filter(n => n.endsWith('.json')).map(n => readStatus(join(folder, n))),
  )
  const found = files.find(file => file?.sessionId === session && isAlive(file.pid))
  return found?.pid ?? null
}

/** The transcript of a session, by its exact id; `null` when there is none. */
export const transcriptOf = async (configDir: string, session: string): Promise<string | null> => {
  const projects = join(configDir, 'projects')
  for (const folder of await namesIn(projects)) {
    const names = await namesIn(join(projects, folder))
    if (names.includes(`${session}.jsonl`)) return join(projects, folder, `${session}.jsonl`)
  }
  return null
}
