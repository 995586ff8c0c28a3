import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { DARK_COLOURS } from '../../shared/terminal/colours'
import { HIGH_MARK } from '../../shared/terminal/flow'
import type { FromHost, FromWindow } from '../../shared/terminal/wire'
import { createFakeSpawner } from '../pty/fake-pty'
import { createTerminalSession } from '../pty/session'
import { attachPort, type Port } from './terminal-port'

/** Electron's port gives an event with `data`, Node's gives the data. */
const asPort = (port: MessagePort): Port => ({
  postMessage: message => port.postMessage(message),
  on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) =>
    event === 'message'
      ? port.on('message', data => listener({ data }))
      : port.on('close', () => listener({ data: undefined })),
  start: () => port.start(),
  close: () => port.close(),
})

const setUp = () => {
  const { spawn, spawned } = createFakeSpawner()
  const session = createTerminalSession({ cols: 80, rows: 24, spawn })
  session.run({ file: 'x', args: [], cwd: '/', env: {} })
  const pty = spawned[0]
  if (!pty) throw new Error('nothing was started')
  const { port1, port2 } = new MessageChannel()
  const refused: string[] = []
  const detach = attachPort(asPort(port1), session, why => refused.push(why))
  const told: FromHost[] = []
  const waiting = new Set<() => void>()
  port2.on('message', (message: FromHost) => {
    told.push(message)
    for (const check of waiting) check()
  })
  return {
    session,
    pty,
    port: port2,
    refused,
    told,
    detach,
    send: (message: FromWindow | unknown) => port2.postMessage(message),
    /** Resolves when `holds`, looked at after each message to the window. */
    until: (holds: () => boolean): Promise<void> =>
      new Promise(resolve => {
        const check = (): void => {
          if (!holds()) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    stop: () => {
      detach()
      session.dispose()
    },
  }
}

test('what was said before the port comes as a snapshot, what is said after as data', async () => {
  const { pty, told, until, stop } = setUp()
  pty.say('hello')
  pty.end()
  await until(() => told.some(message => message.type === 'exit'))
  expect(told).toEqual([
    { type: 'snapshot', data: expect.any(String), cols: 80, rows: 24, seq: 0, title: '' },
    { type: 'data', data: 'hello' },
    { type: 'exit', exit: { code: 0, signal: null } },
  ])
  stop()
})

test('input, colours and sizes go to the program; what does not parse goes nowhere', async () => {
  const { pty, send, refused, told, until, stop } = setUp()
  await until(() => told.length > 0)
  send({ type: 'input', data: 'typed' })
  send({ type: 'input', data: 7 })
  send({ type: 'resize', cols: -1, rows: 5 })
  send({ type: 'kill' })
  send({ type: 'colours', colours: { ...DARK_COLOURS, background: '#ffffff' } })
  send({ type: 'input', data: ' more' })
  pty.say('mark')
  // The port keeps order, so an answer to something sent last comes after all of them.
  const written = (): boolean => pty.written().includes('more')
  while (!written()) await new Promise(resolve => setImmediate(resolve))
  expect({ written: pty.written(), refused: refused.length }).toEqual({ written: 'typed more', refused: 3 })
  stop()
})

test('a port that closes owes nothing', async () => {
  const { session, pty, port, told, until, stop } = setUp()
  await until(() => told.length > 0)
  pty.say('x'.repeat(HIGH_MARK + 1))
  await session.screen()
  expect(pty.paused()).toBe(true)
  const closed = new Promise(resolve => port.once('close', resolve))
  port.close()
  await closed
  while (pty.paused()) await new Promise(resolve => setImmediate(resolve))
  stop()
})
