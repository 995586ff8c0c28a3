/** Detection against real little programs that answer as the CLI does. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { detectClaude } from './detect'

let root: string
let bin: string
let env: Record<string, string>

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'duologue-detect-'))
  bin = join(root, 'bin')
  mkdirSync(bin)
  for (const name of ['sh', 'sleep']) symlinkSync(`/bin/${name}`, join(bin, name))
  writeFileSync(join(bin, 'curl'), '#!/bin/sh\n', { mode: 0o755 })
  env = { PATH: bin, HOME: join(root, 'home') }
})
afterEach(() => rmSync(root, { recursive: true }))

const install = (folder: string, version: string, auth: string): string => {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'claude')
  const script = `#!/bin/sh
case "$1" in
  --version) echo '${version}' ;;
  auth) echo '${auth}'; exit 1 ;;
esac
`
  writeFileSync(path, script, { mode: 0o755 })
  return path
}
const signedIn = '{"loggedIn":true,"authMethod":"claude.ai"}'
const signedOut = '{"loggedIn":false,"authMethod":"none"}'
const stateOf = async () => (await detectClaude(env)).state

describe('detecting Claude Code', () => {
  test('on the PATH, signed in, of a known version', async () => {
    const path = install(bin, '2.1.330 (Claude Code)', signedIn)
    expect(await stateOf()).toEqual({ type: 'ready', path, version: '2.1.330' })
  })

  test('where its installer puts it, or where the environment says', async () => {
    const local = install(join(root, 'home/.local/bin'), '2.1.197 (Claude Code)', signedIn)
    expect(await stateOf()).toMatchObject({ type: 'ready', path: local })
    const given = install(join(root, 'elsewhere'), '2.1.330 (Claude Code)', signedIn)
    env.DUOLOGUE_CLAUDE = given
    expect(await stateOf()).toMatchObject({ type: 'ready', path: given })
  })

  test('of a version that nobody has tried: it runs, with a warning', async () => {
    install(bin, '2.2.0 (Claude Code)', signedIn)
    expect(await stateOf()).toMatchObject({ type: 'ready', warning: expect.stringContaining('2.2.0') })
  })

  test('too old', async () => {
    install(bin, '2.1.99 (Claude Code)', signedIn)
    expect(await stateOf()).toMatchObject({ type: 'tooOld', version: '2.1.99' })
  })

  test('signed out, unless a key stands in the environment', async () => {
    const path = install(bin, '2.1.330 (Claude Code)', signedOut)
    expect(await stateOf()).toMatchObject({ type: 'signedOut', path, version: '2.1.330' })
    env.ANTHROPIC_API_KEY = 'key'
    expect(await stateOf()).toMatchObject({ type: 'ready' })
  })

  test('missing, broken, or hanging', async () => {
    expect(await stateOf()).toMatchObject({ type: 'missing' })
    const path = install(bin, 'Segmentation fault', signedIn)
    expect(await stateOf()).toMatchObject({ type: 'missing', todo: expect.stringContaining(path) })
    writeFileSync(path, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
    expect(await stateOf()).toMatchObject({ type: 'missing' })
  })

  test('without curl', async () => {
    install(bin, '2.1.330 (Claude Code)', signedIn)
    rmSync(join(bin, 'curl'))
    expect(await stateOf()).toMatchObject({ type: 'missing', todo: expect.stringContaining('curl') })
  })
})
