import { expect, test } from 'vitest'
import { HIGH_MARK } from '../../shared/terminal/flow'
import type { FromHost } from '../../shared/terminal/wire'
import { createFakeSpawner } from './fake-pty'
import { spawnNodePty } from './node-pty'
import { createTerminalSession, type TerminalSession } from './session'

const env = { PATH: process.env.PATH ?? '/usr/bin:/bin', TERM: 'xterm-256color' }
const nodeSpec = (script: string) => ({
  file: process.execPath,
  args: ['-e', script],
  cwd: process.cwd(),
  env,
})
const size = { cols: 80, rows: 24 }

/** A window that acknowledges when it is told to; `all` ends with the exit. */
const openWindow = (
  session: TerminalSession,
  take: (chars: number, acknowledge: (chars: number) => void) => void,
) => {
  let data = ''
  let ended: () => void = () => undefined
  const all = new Promise<string>(resolve => {
    ended = () => resolve(data)
  })
  const attachment = session.attach((message: FromHost) => {
    if (message.type === 'data') {
      data += message.data
      take(message.data.length, attachment.acknowledge)
    }
    if (message.type === 'exit') ended()
  })
  return { all, attachment }
}

test('a flood reaches a slow window whole and in order, and the program waits for it', async () => {
  const lines = 200_000
  const line = (n: number): string => `\x1b[3${n % 8}m${String(n).padStart(8, '0')} ${'·'.repeat(80)}\x1b[0m`
  let pauses = 0
  let resumes = 0
  let catchUp = (): void => undefined
  const session = createTerminalSession({
    ...size,
    spawn: spec => {
      const pty = spawnNodePty(spec)
      const { pause, resume } = pty
      return {
        ...pty,
        pause: () => {
          pauses += 1
          pause()
          setImmediate(catchUp)
        },
        resume: () => {
          resumes += 1
          resume()
        },
      }
    },
  })
  // The slowest window there is: it takes nothing in until the program waits.
  let owed = 0
  const { all, attachment } = openWindow(session, chars => {
    owed += chars
  })
  catchUp = () => {
    attachment.acknowledge(owed)
    owed = 0
  }
  session.run(
    nodeSpec(`
      const line = ${line.toString()}
      let n = 0
      const more = () => { while (n < ${lines}) if (!process.stdout.write(line(n++) + '\\n')) return process.stdout.once('drain', more) }
      more()`),
  )
  const seen = (await all).split('\r\n')
  const wrong = seen.slice(0, lines).findIndex((text, n) => text !== line(n))
  expect({ lines: seen.length - 1, wrong, paused: pauses > 50, even: pauses - resumes }).toEqual({
    lines,
    wrong: -1,
    paused: true,
    even: 0,
  })
  session.dispose()
}, 60_000)

test('what is gathered is told once, to a window that comes and to one that was there', async () => {
  const { spawn, spawned } = createFakeSpawner()
  const session = createTerminalSession({ ...size, spawn })
  const told = (): FromHost[] => {
    const messages: FromHost[] = []
    session.attach(message => messages.push(message))
    return messages
  }
  session.run(nodeSpec(''))
  const before = told()
  await session.screen()
  spawned[0]?.say('first ')
  spawned[0]?.say('second ')
  const after = told()
  expect(await session.screen()).toBe('first second')
  spawned[0]?.say('third ')
  spawned[0]?.say('fourth')
  expect(await session.screen()).toBe('first second third fourth')
  const text = (messages: readonly FromHost[]) =>
    messages.map(message => (message.type === 'data' ? message.data : '')).join('')
  expect([text(before), after[0]]).toMatchObject([
    'first second third fourth',
    { type: 'snapshot', seq: 'first second '.length },
  ])
  expect(text(after)).toBe('third fourth')
  session.dispose()
})

test('a window that dies owes nothing', async () => {
  const { spawn, spawned } = createFakeSpawner()
  const session = createTerminalSession({ ...size, spawn })
  const { attachment } = openWindow(session, () => undefined)
  session.run(nodeSpec(''))
  spawned[0]?.say('x'.repeat(HIGH_MARK + 1))
  await session.screen()
  expect(spawned[0]?.paused()).toBe(true)
  attachment.detach()
  expect(spawned[0]?.paused()).toBe(false)
  session.dispose()
})
