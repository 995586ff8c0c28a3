import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLoginShell, seatEnv } from './shell-env'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'duologue-shell-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** A login shell whose start-up file does `first`. */
const shell = (first: string): string => {
  const path = join(dir, 'shell')
  writeFileSync(path, `#!/bin/sh\n${first}\nshift 2\nexec /bin/sh "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

test('the login shell’s PATH comes first, and what only we have follows', async () => {
  const told = await readLoginShell(
    shell('echo Welcome!; export PATH=/opt/agents:$PATH'),
    () => undefined,
    10_000,
  )
  expect(told?.PATH?.split(':')[0]).toBe('/opt/agents')
  const env = seatEnv({ PATH: '/usr/bin:/only/ours', HOME: '/h' }, told)
  expect(env.PATH?.split(':')[0]).toBe('/opt/agents')
  expect(env.PATH?.split(':').at(-1)).toBe('/only/ours')
  expect(env.HOME).toBe('/h')
})

test('a shell that never answers is given up, and the log says so', async () => {
  const said: string[] = []
  expect(await readLoginShell(shell('exec sleep 600'), line => said.push(line), 300)).toBeNull()
  expect(said).toHaveLength(1)
})

test('what an enclosing agent session left behind does not reach a seat; what the human chose does', () => {
  const env = seatEnv(
    {
      PATH: '/bin',
      CLAUDECODE: '1',
      CLAUDE_CODE_SESSION: 'x',
      CLAUDE_CODE_USE_BEDROCK: '1',
      ELECTRON_RUN_AS_NODE: '1',
      ANTHROPIC_API_KEY: 'k',
    },
    null,
  )
  expect(env).toEqual({ PATH: '/bin', CLAUDE_CODE_USE_BEDROCK: '1', ANTHROPIC_API_KEY: 'k' })
})
