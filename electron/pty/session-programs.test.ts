/** Sessions with real programs in real terminals. */
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import { expect, test } from 'vitest'
import type { FromHost } from '../../shared/terminal/wire'
import { spawnNodePty } from './node-pty'
import { createTerminalSession, type TerminalSession } from './session'
import { stateOf } from './state-of'

const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', TERM: 'xterm-256color' }
const nodeSpec = (script: string) => ({
  file: process.execPath,
  args: ['-e', script],
  cwd: process.cwd(),
  env,
})
const shSpec = (script: string) => ({ file: '/bin/sh', args: ['-c', script], cwd: process.cwd(), env })
const size = { cols: 80, rows: 24 }
const newSession = () => createTerminalSession({ ...size, spawn: spawnNodePty })

/** A window's terminal, without the window: applies what it is told and acknowledges it. */
const openWindow = (session: TerminalSession) => {
  const terminal = new Terminal({ ...size, scrollback: 5_000, allowProposedApi: true, logLevel: 'off' })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  const kinds: string[] = []
  let snapshotSeq = 0
  let dataChars = 0
  let data = ''
  const waiting: { readonly text: string; readonly found: () => void }[] = []
  let ended: () => void = () => undefined
  const exit = new Promise<void>(resolve => {
    ended = resolve
  })
  const take = (message: FromHost): void => {
    if (kinds.at(-1) !== message.type) kinds.push(message.type)
    if (message.type === 'snapshot') {
      snapshotSeq = message.seq
      terminal.resize(message.cols, message.rows)
      terminal.write(message.data)
    }
    if (message.type === 'data') {
      dataChars += message.data.length
      data = (data + message.data).slice(-200_000)
      terminal.write(message.data, () => attachment.acknowledge(message.data.length))
      for (const wait of waiting) if (data.includes(wait.text)) wait.found()
    }
    if (message.type === 'resize') terminal.resize(message.cols, message.rows)
    if (message.type === 'exit') terminal.write('', ended)
  }
  const attachment = session.attach(take)
  return {
    terminal,
    attachment,
    exit,
    kinds,
    data: () => data,
    seq: () => snapshotSeq + dataChars,
    /** Once it is parsed too: what has only come is not in the terminal yet. */
    sees: (text: string): Promise<void> =>
      new Promise(resolve => {
        const found = (): void => terminal.write('', resolve)
        if (data.includes(text)) found()
        else waiting.push({ text, found })
      }),
  }
}

/** Numbered coloured lines with wide characters; sequences and lines are cut anywhere by the terminal's chunks. */
const FLOOD = `
  let n = 0
  const line = () => '\\x1b[3' + (n % 8) + 'm' + String(n++).padStart(6, '0') + ' 漢字 \\x1b]0;title ' + n + '\\x07' + 'x'.repeat(n % 90) + '\\x1b[0m\\n'
  const more = () => { while (n < LINES) if (!process.stdout.write(line())) return process.stdout.once('drain', more) }
  more()`
const flood = (lines: number | 'Infinity') => nodeSpec(FLOOD.replace('LINES', String(lines)))

test('windows that come and go in a flood all end with the same terminal', async () => {
  const session = newSession()
  const first = openWindow(session)
  session.run(flood(20_000))
  const late = []
  for (const mark of ['001000 ', '005000 ', '009000 ', '014000 ']) {
    await first.sees(mark)
    late.push(openWindow(session))
  }
  const all = [first, ...late]
  await Promise.all(all.map(window => window.exit))
  const after = openWindow(session)
  await session.screen()
  await new Promise<void>(resolve => after.terminal.write('', resolve))
  const truth = stateOf(first.terminal)
  expect(first.data()).toContain('019999 ')
  for (const window of [...late, after]) {
    expect(window.seq()).toBe(first.seq())
    expect(stateOf(window.terminal)).toEqual(truth)
  }
  // Each began in the middle: the snapshot first, then data.
  for (const window of late) expect(window.kinds.slice(0, 2)).toEqual(['snapshot', 'data'])
  session.dispose()
}, 60_000)

test('Ctrl-C stops a flood', async () => {
  const session = newSession()
  const window = openWindow(session)
  session.run(flood('Infinity'))
  await window.sees('005000 ')
  session.input('\x03')
  await window.exit
  expect(window.terminal.buffer.normal.length).toBeGreaterThan(size.rows)
  session.dispose()
}, 60_000)

test('a program is answered once, also without a window', async () => {
  // Prints what it is sent, byte by byte, until the answer to the last of its queries.
  const ask = nodeSpec(`
    process.stdin.setRawMode(true)
    let got = ''
    process.stdin.on('data', data => {
      got += data
      if (!got.includes('\\x1b[0n')) return
      process.stdout.write('got ' + JSON.stringify(got) + ' end', () => process.exit())
    })
    process.stdout.write('\\x1b[6n\\x1b[c\\x1b]11;?\\x1b\\\\\\x1b[5n')`)
  const answers = String.raw`got "\u001b[1;1R\u001b[?1;2c\u001b]11;rgb:1010/1212/1515\u001b\\\u001b[0n" end`
  const session = newSession()
  const ended = new Promise<void>(resolve => session.run(ask).onExit(() => resolve()))
  await ended
  expect((await session.screen()).replaceAll('\n', '')).toBe(answers)
  session.dispose()
})

test('a resize reaches the program, the mirror and the other windows', async () => {
  const session = newSession()
  const left = openWindow(session)
  const right = openWindow(session)
  session.run(shSpec('trap "stty size; exit" WINCH; echo ready; while :; do sleep 0.05; done'))
  await left.sees('ready')
  for (const cols of [90, 95, 100]) left.attachment.resize(cols, 30)
  await left.exit
  await right.exit
  expect(left.data()).toContain('30 100')
  expect({ cols: right.terminal.cols, rows: right.terminal.rows }).toEqual({ cols: 100, rows: 30 })
  expect(left.kinds).not.toContain('resize')
  session.dispose()
})

test('the last output comes before the exit, and both are there for a window that comes later', async () => {
  const session = newSession()
  const window = openWindow(session)
  session.run(shSpec('printf "\\033]0;done\\007first last"; exit 3'))
  await window.exit
  const messages: FromHost[] = []
  session.attach(message => messages.push(message))
  await session.screen()
  expect(messages).toEqual([
    expect.objectContaining({ type: 'snapshot', title: 'done', exit: { code: 3, signal: null } }),
  ])
  expect(await session.screen()).toBe('first last')
  session.dispose()
})

test('the next program finds no mode of the one before, and the scrollback stays', async () => {
  const session = newSession()
  const window = openWindow(session)
  session.run(
    shSpec(
      'echo before; printf "\\033[?1003h\\033[?1006h\\033[?2004h\\033[?1049h\\033[?25l\\033[31mcrashed\\033[3"',
    ),
  )
  await window.exit
  session.run(shSpec('echo after'))
  await window.sees('after')
  const restored = stateOf(window.terminal)
  expect(await session.screen()).toBe('before\n\nafter')
  expect(restored).toMatchObject({
    active: 'normal',
    cursorHidden: false,
    modes: { mouseTrackingMode: 'none', bracketedPasteMode: false },
  })
  session.dispose()
})

test('a session begins where one ended before', async () => {
  const session = newSession()
  const window = openWindow(session)
  session.run(shSpec('seq 100; printf "\\033[32mgreen"'))
  await window.exit
  const restore = await session.snapshot()
  session.dispose()
  const next = createTerminalSession({ ...size, spawn: spawnNodePty, restore })
  expect(await next.snapshot()).toBe(restore)
  next.dispose()
})
