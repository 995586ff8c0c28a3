import { expect, test } from 'vitest'
import { spawnNodePty } from './node-pty'
import type { Pty, PtyExit } from './pty'

const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', TERM: 'xterm-256color' }
const sh = (script: string, more: Record<string, string> = {}): Pty =>
  spawnNodePty({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: process.cwd(),
    env: { ...env, ...more },
    cols: 80,
    rows: 24,
  })
const node = (script: string): Pty =>
  spawnNodePty({ file: process.execPath, args: ['-e', script], cwd: process.cwd(), env, cols: 80, rows: 24 })

const wholeOutput = (pty: Pty): Promise<{ output: string; exit: PtyExit }> =>
  new Promise(resolve => {
    let output = ''
    pty.onData(data => {
      output += data
    })
    pty.onExit(exit => resolve({ output, exit }))
  })
const outputHas = (pty: Pty, text: string): Promise<void> =>
  new Promise(resolve => {
    let output = ''
    const stop = pty.onData(data => {
      output += data
      if (!output.includes(text)) return
      stop()
      resolve()
    })
  })

test('the last output comes before the exit, with its code', async () => {
  expect(await wholeOutput(sh('printf first; printf last; exit 7'))).toEqual({
    output: 'firstlast',
    exit: { code: 7, signal: null },
  })
})

test('a signal is named and leaves no code', async () => {
  const pty = sh('echo up; sleep 60')
  const whole = wholeOutput(pty)
  await outputHas(pty, 'up')
  pty.kill('SIGTERM')
  expect((await whole).exit).toEqual({ code: null, signal: 'SIGTERM' })
  pty.kill('SIGTERM')
})

test('the signal reaches the whole group', async () => {
  const pty = sh('sleep 61 & echo child $!; wait')
  const whole = wholeOutput(pty)
  await outputHas(pty, '\n')
  pty.kill('SIGKILL')
  const child = Number(/child (\d+)/.exec((await whole).output)?.[1])
  // A zombie still answers to signal 0 until init reaps it, so its state is what counts.
  const state = await wholeOutput(sh(`ps -o stat= -p ${child} || echo gone`))
  expect(state.output.trim()).toMatch(/^(gone|Z.*)$/)
})

test('nothing is lost when the program ends while paused', async () => {
  const pty = node(`process.stdout.write('x'.repeat(12_000) + 'END')`)
  pty.pause()
  const whole = wholeOutput(pty)
  // Another terminal's life, longer than node-pty's own patience with an unread one.
  await wholeOutput(sh('sleep 0.6'))
  pty.resume()
  expect((await whole).output).toBe(`${'x'.repeat(12_000)}END`)
})

test('a character split over two writes arrives whole', async () => {
  const script = `
    const bytes = Buffer.from('é漢😀|'); let i = 0
    const next = () => { if (i < bytes.length) process.stdout.write(bytes.subarray(i, ++i), () => setTimeout(next, 5)) }
    next()`
  expect((await wholeOutput(node(script))).output).toBe('é漢😀|')
})

test('the environment is only what was given', async () => {
  const { output } = await wholeOutput(sh('env', { ONLY: 'this' }))
  const names = output
    .split(/\r?\n/)
    .filter(Boolean)
    .map(line => line.split('=')[0])
  expect(new Set(names)).toEqual(
    new Set(['ONLY', 'PATH', 'TERM', 'PWD', ...names.filter(n => n === '_' || n === 'OLDPWD')]),
  )
})

test('a resize reaches the program', async () => {
  const pty = sh('stty size; read x; stty size')
  const whole = wholeOutput(pty)
  await outputHas(pty, '24 80')
  pty.resize(100, 30)
  pty.write('\n')
  expect((await whole).output).toContain('30 100')
})
