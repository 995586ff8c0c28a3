import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startGuarded } from './guarded'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duologue-guarded-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A server, its pids by a file that is there when all of them run. */
const start = async (script: string) => {
  const server = startGuarded(['/bin/sh', '-c', script, 'server', join(folder, 'pids')], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    platform: process.platform,
    name: 'test',
    log: () => undefined,
  })
  await vi.waitFor(() => expect(existsSync(join(folder, 'pids'))).toBe(true))
  const pids = readFileSync(join(folder, 'pids'), 'utf8').trim().split(/\s+/).map(Number)
  return { server, pids }
}

/** Written as a whole: a file that exists is complete. */
const TELL = 'echo "$$ $child" >"$1.new"; mv "$1.new" "$1"'

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // ESRCH
  }
}

test('when its stop resolves nothing of a server is left, not even a child that would not end', async () => {
  const { server, pids } = await start(
    `sh -c 'trap "" TERM; while :; do sleep 1; done' & child=$!; ${TELL}; wait`,
  )
  expect(pids.map(alive)).toEqual([true, true])
  await server.stop()
  expect(server.alive()).toBe(false)
  expect(pids.map(alive)).toEqual([false, false])
})

test('a server that does not listen to SIGTERM is ended', async () => {
  const { server, pids } = await start(`child=; trap '' TERM; ${TELL}; while :; do sleep 1; done`)
  await server.stop()
  expect(pids.map(alive)).toEqual([false])
})

test('a server that was killed leaves no child', async () => {
  const { server, pids } = await start(`sleep 60 & child=$!; ${TELL}; wait`)
  process.kill(pids[0] ?? 0, 'SIGKILL')
  await server.gone
  await server.stop()
  expect(pids.map(alive)).toEqual([false, false])
})
