/** The waiter as the CLI runs it: real `sh` and `curl`, against the real server. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LoopbackServer, startLoopback } from '../mcp/loopback'
import { writeSeatFiles } from './files'
import { createMailbox, type Mailbox } from './mailbox'

const TOKEN = 'c0ffee'.repeat(10)
const PATIENCE_MS = 10_000

let dir: string
let server: LoopbackServer
let mailbox: Mailbox
/** Resolves when the next waiter is parked. */
let parked: () => Promise<void>

beforeEach(async () => {
  // A quote in the path must not break out of the scripts.
  dir = mkdtempSync(join(tmpdir(), "duologue seat's "))
  mailbox = createMailbox()
  const listeners: (() => void)[] = []
  parked = () => new Promise(resolve => listeners.push(resolve))
  server = await startLoopback({
    token: TOKEN,
    log: () => undefined,
    routes: {
      'GET /mailbox': (_body, _request, response) => {
        mailbox.park(response)
        listeners.shift()?.()
      },
      'POST /claim': (number, _request, response) => {
        response.writeHead(mailbox.claim(number) ? 204 : 410)
        response.end()
      },
    },
  })
  await writeSeatFiles(dir, server.url, TOKEN)
})
afterEach(async () => {
  mailbox.close()
  await server.stop()
  rmSync(dir, { recursive: true })
})

interface Ended {
  readonly code: number | null
  readonly message: string
}

const startWaiter = (): { ended: Promise<Ended>; pid: number | undefined } => {
  const child = spawn('sh', [join(dir, 'mailbox.sh')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const chunks: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Ended>(resolve => {
    child.on('close', code => resolve({ code, message: Buffer.concat(chunks).toString('utf8') }))
  })
  return { ended, pid: child.pid }
}

describe('the mailbox', () => {
  test.each([
    ['plain', 'hello'],
    ['with every trap of a shell', '-n \\n\\t\\0 %s $HOME `id` "x" \'y\' ; & | > * ? ! x0 x1\n\n\n'],
    ['in other scripts', 'ünïcödé 你好 👩‍💻\r\n'],
    ['long', `${'0123456789abcdef'.repeat(6_250)}\n`],
  ])('hands a message over exactly: %s', async (_name, text) => {
    const parking = parked()
    const { ended } = startWaiter()
    await parking
    expect(await mailbox.push(text, PATIENCE_MS)).toEqual({ ok: true, value: undefined })
    expect(await ended).toEqual({ code: 2, message: text })
  })

  test('keeps a message until a waiter comes, and order', async () => {
    const first = mailbox.push('first', PATIENCE_MS)
    const second = mailbox.push('second', PATIENCE_MS)
    expect((await startWaiter().ended).message).toBe('first')
    expect((await startWaiter().ended).message).toBe('second')
    expect([await first, await second].every(({ ok }) => ok)).toBe(true)
  })

  test('gives a message to one waiter only: the older one is told to go', async () => {
    const firstParked = parked()
    const older = startWaiter()
    await firstParked
    const secondParked = parked()
    const newer = startWaiter()
    await secondParked
    expect(await older.ended).toEqual({ code: 0, message: '' })
    await mailbox.push('once', PATIENCE_MS)
    expect(await newer.ended).toEqual({ code: 2, message: 'once' })
  })

  test('withdraws a message that nobody came for', async () => {
    const pushed = await mailbox.push('late', 50)
    expect(pushed).toMatchObject({ ok: false, error: expect.stringContaining('not listening') })
    const parking = parked()
    const { ended } = startWaiter()
    await parking
    mailbox.close()
    expect(await ended).toEqual({ code: 0, message: '' })
  })

  test('does not count a waiter that was killed: the next one has the message', async () => {
    const parking = parked()
    const dead = startWaiter()
    await parking
    // Its curl lives on, and takes the message that nobody will read.
    if (dead.pid !== undefined) process.kill(dead.pid, 'SIGKILL')
    const pushed = mailbox.push('not lost', PATIENCE_MS)
    await dead.ended
    const living = startWaiter()
    expect(await pushed).toEqual({ ok: true, value: undefined })
    expect(await living.ended).toEqual({ code: 2, message: 'not lost' })
  })

  test('lets everyone go when it closes or the server is gone', async () => {
    const parking = parked()
    const closed = startWaiter()
    await parking
    mailbox.close()
    expect(await closed.ended).toEqual({ code: 0, message: '' })
    expect(await mailbox.push('x', PATIENCE_MS)).toEqual({ ok: false, error: 'the seat has stopped' })
    await server.stop()
    expect(await startWaiter().ended).toEqual({ code: 0, message: '' })
  })

  test('lets a waiter go whose server dies', async () => {
    const parking = parked()
    const { ended } = startWaiter()
    await parking
    await server.stop()
    expect(await ended).toEqual({ code: 0, message: '' })
  })

  test('refuses a claim of what it has taken back', () => {
    expect(mailbox.claim('1')).toBe(false)
    expect(mailbox.claim('')).toBe(false)
  })

  test('keeps its token in files that only this user reads, and off the command lines', () => {
    for (const name of ['curl.conf', 'mailbox.sh', 'session.sh', 'settings.json', 'mcp.json']) {
      expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
    }
    for (const name of ['mailbox.sh', 'session.sh']) {
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain(TOKEN)
    }
  })
})
