import { expect, test } from 'vitest'
import { warningsIn } from './warnings'

/** As Codex 0.169 writes it. */
const HOME_IN_TEMP =
  'WARNING: proceeding, even though we could not create PATH aliases: Refusing to create helper binaries under temporary dir "/tmp" (codex_home: AbsolutePathBuf("/tmp/h/.codex"))'

test('a home in the temporary folder is told with what to do', () => {
  const told = warningsIn(`${HOME_IN_TEMP}\ncodex app-server (unix socket)\n`)
  expect(told).toEqual([expect.stringContaining('Set TMPDIR to a folder that does not hold CODEX_HOME')])
})

test('another warning is told in its own words, and nothing else is', () => {
  const stderr =
    'WARNING: failed to clean up stale arg0 temp dirs: denied\n2026-11-22T10:00:00Z WARN codex_core: x\n'
  expect(warningsIn(stderr)).toEqual([
    'Codex warned as it started: failed to clean up stale arg0 temp dirs: denied',
  ])
  expect(warningsIn('')).toEqual([])
})
