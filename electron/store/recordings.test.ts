import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Terminal } from '@xterm/headless'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseCastHeader, parseCastLine } from '../../shared/terminal/cast'
import { spawnNodePty } from '../pty/node-pty'
import { createTerminalSession } from '../pty/session'
import { stateOf } from '../pty/state-of'
import { openRecorder, type Recorder } from './recordings'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'duologue-recordings-'))
  path = join(folder, 'left.cast')
})
afterEach(() => rmSync(folder, { recursive: true }))

let clock = 0
const opened = (
  at = path,
  failed: (error: Error) => void = error => expect.fail(error.message),
): Recorder => {
  const recorder = openRecorder({ path: at, cols: 80, rows: 24, title: 'Driver', now: () => clock, failed })
  if (!recorder.ok) throw recorder.error
  return recorder.value
}
const linesOf = (): string[] => readFileSync(path, 'utf8').trimEnd().split('\n')

test('a recording is an asciicast that goes on after a restart', () => {
  clock = 1_700_000_000_000
  const first = opened()
  clock += 1500
  first.output('héé \x1b[31m"quoted"\r\n')
  clock += 500
  first.resize(100, 30)
  first.marker('Handoff 1')
  first.close()
  first.output('after the end')
  clock += 3_600_000
  const second = opened()
  clock += 250
  second.output('again')
  second.close()
  expect(parseCastHeader(linesOf()[0] ?? '')).toEqual({
    version: 2,
    width: 80,
    height: 24,
    timestamp: 1_700_000_000,
    title: 'Driver',
  })
  expect(linesOf().slice(1).map(parseCastLine)).toEqual([
    [0, 'm', 'Run began 2023-11-14T22:13:20.000Z'],
    [1.5, 'o', 'héé \x1b[31m"quoted"\r\n'],
    [2, 'r', '100x30'],
    [2, 'm', 'Handoff 1'],
    // A new run begins a little later, with an empty terminal.
    [2.001, 'r', '80x24'],
    [2.001, 'o', '\x18\x1bc\x1b[?25h\x1b]2;\x1b\\'],
    [2.001, 'm', 'Run began 2023-11-14T23:13:22.000Z'],
    [2.251, 'o', 'again'],
  ])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a torn last line is cut', () => {
  clock = 1_700_000_000_000
  writeFileSync(path, '{"version":2,"width":80,"height":24}\n[3.5,"o","whole"]\n[4.0,"o","to')
  const recorder = opened()
  recorder.output('next')
  recorder.close()
  expect(linesOf().slice(1).map(parseCastLine)).toEqual([
    [3.5, 'o', 'whole'],
    [3.501, 'r', '80x24'],
    [3.501, 'o', '\x18\x1bc\x1b[?25h\x1b]2;\x1b\\'],
    [3.501, 'm', 'Run began 2023-11-14T22:13:20.000Z'],
    [3.501, 'o', 'next'],
  ])
})

test('a clock that is set back does not take the recording back', () => {
  clock = 5000
  const recorder = opened()
  clock = 6000
  recorder.output('a')
  clock = 2000
  recorder.output('b')
  recorder.close()
  expect(linesOf().slice(1).map(parseCastLine)).toEqual([
    [0, 'm', 'Run began 1970-01-01T00:00:05.000Z'],
    [1, 'o', 'a'],
    [1, 'o', 'b'],
  ])
})

test.runIf(process.platform === 'linux')('a full disk is an error to open', () => {
  const told: string[] = []
  const result = openRecorder({
    path: '/dev/full',
    cols: 80,
    rows: 24,
    title: '',
    now: () => clock,
    failed: error => told.push(error.message),
  })
  // The header is written at once, so a disk that is full already is an error to open.
  expect(result).toMatchObject({ ok: false, error: { code: 'ENOSPC' } })
  expect(told).toEqual([])
})

test('a folder that is not there is an error to open', () => {
  const at = join(folder, 'none', 'left.cast')
  const result = openRecorder({
    path: at,
    cols: 80,
    rows: 24,
    title: '',
    now: () => 0,
    failed: () => undefined,
  })
  expect(result).toMatchObject({ ok: false, error: { code: 'ENOENT' } })
})

test('a recording plays back to the same terminal, and what was typed is not in it', async () => {
  const size = { cols: 80, rows: 24 }
  const recorder = opened()
  const session = createTerminalSession({ ...size, spawn: spawnNodePty, recorder })
  const script = `stty -echo; printf 'password: '; read secret; i=0
    while [ $i -lt 300 ]; do printf '\\033[3%dmline %d 漢字\\033[0m\\n' $((i % 8)) $i; i=$((i+1)); done
    printf '\\033[?1003h\\033[5;7Hhere'`
  const pty = session.run({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
  })
  await new Promise<void>(resolve => {
    pty.onData(data => {
      if (data.includes('password')) session.input('hunter2\r')
    })
    pty.onExit(() => resolve())
  })
  const snapshot = await session.snapshot()
  session.dispose()
  recorder.close()
  expect(readFileSync(path, 'utf8')).not.toContain('hunter2')
  const newTerminal = () => new Terminal({ ...size, scrollback: 5_000, allowProposedApi: true })
  const [played, live] = [newTerminal(), newTerminal()]
  for (const event of linesOf().slice(1).map(parseCastLine)) if (event?.[1] === 'o') played.write(event[2])
  await Promise.all([
    new Promise<void>(resolve => played.write('', resolve)),
    new Promise<void>(resolve => live.write(snapshot, resolve)),
  ])
  expect(stateOf(played)).toEqual(stateOf(live))
  expect(stateOf(played).normal.length).toBeGreaterThan(290)
})
