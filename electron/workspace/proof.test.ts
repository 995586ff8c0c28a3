import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProofEnd } from '../../shared/review/proof'
import { type ProofRun, startProof } from './proof'

let folder: string
let outputFile: string
let live: string[]
const env = { PATH: process.env.PATH ?? '' }

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'duologue-proof-')))
  outputFile = join(folder, 'kept', 'proof-1.log')
  live = []
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Heard {
  readonly limitSeconds?: number
  readonly heard?: (all: string, run: ProofRun) => void
  readonly env?: Readonly<Record<string, string>>
}

const start = (command: string, { limitSeconds = 30, heard, ...rest }: Heard = {}): ProofRun => {
  const onOutput = (text: string): void => {
    live.push(text)
    heard?.(live.join(''), run)
  }
  const run = startProof({ command, folder, env: rest.env ?? env, limitSeconds, onOutput, outputFile })
  return run
}
const prove = (command: string, how: Heard = {}): Promise<ProofEnd> => start(command, how).done
const outcome = (result: ProofEnd): unknown => result.outcome
const kept = (): string => readFileSync(outputFile, 'utf8')

/** Living processes whose command line holds the mark. */
const running = (mark: string): readonly string[] =>
  execFileSync('ps', ['-A', '-o', 'stat=,pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(mark) && !line.startsWith('Z'))
/** Seconds that no other process sleeps for: a mark in the list of processes. */
const mark = (): string => `3${process.pid}.${Math.floor(Math.random() * 1e9)}`

test('a command that passes: its output in the order it was written, live, in the file and as the tail', async () => {
  const result = await prove('echo one; echo two >&2; echo three; printf four')
  const text = 'one\ntwo\nthree\nfour'
  expect(outcome(result)).toEqual({ type: 'exited', code: 0 })
  expect([live.join(''), kept(), result.tail]).toEqual([text, text, text])
  expect(result.bytes).toBe(18)
  expect(statSync(outputFile).mode & 0o777).toBe(0o600)
})

test.each([
  ['exit 3', { type: 'exited', code: 3 }],
  ['no-such-command-here', { type: 'exited', code: 127 }],
  ['kill -KILL $$', { type: 'signalled', signal: 'SIGKILL' }],
  ['true "', { type: 'exited', code: 2 }],
])('%s', async (command, expected) => {
  expect(outcome(await prove(command))).toEqual(expected)
})

test('it has nothing to read, no terminal, and CI set', async () => {
  const command =
    'read line || echo "nothing to read"; test -t 0 || test -t 1 || echo "no tty"; echo "CI=$CI"'
  expect((await prove(command)).tail).toBe('nothing to read\nno tty\nCI=1\n')
  expect((await prove('echo "CI=$CI"', { env: { ...env, CI: 'false' } })).tail).toBe('CI=false\n')
})

test('a script may write to /dev/stdout and /dev/stderr', async () => {
  const result = await prove('echo one > /dev/stdout; echo two | tee /dev/stderr')
  expect(outcome(result)).toEqual({ type: 'exited', code: 0 })
  expect(result.tail).toBe('one\ntwo\ntwo\n')
})

test('output is shown before the command ends, a character cut between two writes whole', async () => {
  const seen = join(folder, 'seen')
  const command = `printf 'caf\\303'; sleep 0.3; printf '\\251 \\033[31mred'; while ! test -e '${seen}'; do sleep 0.05; done; printf ' end\\033[0m\\n'`
  const result = await prove(command, {
    heard: all => {
      if (all.endsWith('red')) writeFileSync(seen, '')
    },
  })
  expect(live.join('')).toBe('café red end\n')
  expect(result.tail).toBe('café red end\n')
})

test('a progress bar is one line in the end', async () => {
  const result = await prove("printf ' 10%%\\r'; printf ' 50%%\\r'; printf '100%%\\n'; echo done")
  expect(result.tail).toBe('100%\ndone\n')
})

test('the time that the machine sleeps does not count towards the limit', async () => {
  const go = join(folder, 'go')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  try {
    const proof = start(`until [ -e '${go}' ]; do sleep 0.05; done; echo awake`, { limitSeconds: 10 })
    vi.advanceTimersByTime(8_000)
    vi.setSystemTime(Date.now() + 8 * 3_600_000)
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    writeFileSync(go, '')
    const result = await proof.done
    expect([outcome(result), result.tail]).toEqual([{ type: 'exited', code: 0 }, 'awake\n'])
  } finally {
    vi.useRealTimers()
  }
})

test('a flood is bounded everywhere and ended with all its processes at the limit', async () => {
  const sleep = mark()
  const before = process.memoryUsage().arrayBuffers
  const result = await prove(`sleep ${sleep} & yes 'a long line of no use'`, { limitSeconds: 1 })
  expect(outcome(result)).toEqual({ type: 'timedOut', limitSeconds: 1 })
  // Twice the reading rate, for the second and what it takes to end.
  expect(result.bytes).toBeLessThan(60_000_000)
  expect(result.bytes).toBeGreaterThan(5_000_000)
  expect(live.length).toBeLessThan(60)
  expect(Math.max(...live.map(text => text.length))).toBeLessThan(17_000)
  expect(result.tail.length).toBe(16_000)
  expect(statSync(outputFile).size).toBeLessThan(5_000_100)
  expect(kept().endsWith('[Cut here: only the first 5 MB are kept.]\n')).toBe(true)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
  expect([...running(sleep), ...running('a long line of no use')]).toEqual([])
})

test('what ignores SIGTERM is killed', async () => {
  const sleep = mark()
  const command = `trap '' TERM; echo ready; while :; do sleep ${sleep}; done`
  const result = await prove(command, { heard: (all, run) => all.includes('ready') && run.stop() })
  expect(outcome(result)).toEqual({ type: 'stopped' })
  expect(running(sleep)).toEqual([])
})

test('a command may tidy up when it is stopped', async () => {
  const tidy = join(folder, 'tidied')
  const command = `trap "touch '${tidy}'; echo bye; exit 0" TERM; echo ready; while :; do sleep 0.05; done`
  const result = await prove(command, { heard: (all, run) => all.includes('ready') && run.stop() })
  expect(outcome(result)).toEqual({ type: 'stopped' })
  expect(existsSync(tidy)).toBe(true)
  expect(result.tail.endsWith('bye\n')).toBe(true)
})

test('a child left behind with the output is not waited for, and is ended', async () => {
  const sleep = mark()
  const result = await prove(`sleep ${sleep} & echo started`)
  expect(outcome(result)).toEqual({ type: 'exited', code: 0 })
  expect(result.tail).toBe('started\n')
  expect(running(sleep)).toEqual([])
})

test('nor is one that goes on talking, nor one that has closed the output', async () => {
  const [talking, silent] = [mark(), mark()]
  const result = await prove(
    `sleep ${silent} >/dev/null 2>&1 & (while :; do echo still; sleep 0.05; : ${talking}; done) & exit 4`,
  )
  expect(outcome(result)).toEqual({ type: 'exited', code: 4 })
  expect([...running(silent), ...running(talking)]).toEqual([])
})

test('what cannot be started says why', async () => {
  rmSync(folder, { recursive: true })
  expect(outcome(await prove('true'))).toEqual({ type: 'notStarted', message: `${folder} is not there` })
  expect(outcome(await prove('  '))).toEqual({ type: 'notStarted', message: 'there is no proof command' })
  expect(outcome(await prove('true\0'))).toMatchObject({ type: 'notStarted' })
})

test('a file that cannot be written is told and changes nothing else', async () => {
  outputFile = '/dev/null/no/file'
  const result = await prove('echo fine')
  expect(outcome(result)).toEqual({ type: 'exited', code: 0 })
  expect(result.tail).toBe('fine\n')
  expect(live.join('')).toMatch(/^\[The output is not kept: .*\]\nfine\n$/)
})

test('stopping twice, or after the end, does nothing', async () => {
  const run = start('true')
  const result = await run.done
  run.stop()
  run.stop()
  expect(outcome(result)).toEqual({ type: 'exited', code: 0 })
})
