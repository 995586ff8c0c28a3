/**
 * The life of a seat of Codex, against the real CLI: crashes, restarts, ends, and what is left behind (nothing).
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as model from '../../../../e2e/contracts/codex-model-server'
import { message, until } from '../../contract-bench'
import { guarded } from '../../guarded'
import { createCodex } from '../codex'
import { type Bench, bench, binary, READY } from './bench'

const appServer = (b: Bench): number => {
  const server = b.processes().find(({ command }) => command.startsWith(`${binary} app-server`))
  if (server === undefined) throw new Error('no app-server runs')
  return server.pid
}

test('a killed app-server comes back at the same address, and the TUI with it', async () => {
  const b = await bench(request =>
    request.user.includes('stuck') ? new Promise(() => {}) : [model.say('back again')],
  )
  const seat = await b.open()
  await b.see(READY)
  const first = message('stuck')
  await seat.deliver(first)
  await b.event('turnStarted')
  process.kill(appServer(b), 'SIGKILL')
  expect((await b.event('turnEnded')).outcome).toMatchObject({ type: 'failed', cause: 'crash' })
  await b.event('notice', event => event.text.includes('started it again'))
  expect(await seat.took(first.id)).toBe(true)
  await seat.deliver(message('go on'))
  expect(await b.event('turnEnded', event => event.text === 'back again')).toBeTruthy()
  await b.see('back again')
  expect(b.events.filter(event => event.type === 'exited')).toEqual([])
})

test('what waited when the app-server was killed is delivered once', async () => {
  const b = await bench(request =>
    request.user.includes('stuck') ? new Promise(() => {}) : [model.say('at last')],
  )
  const seat = await b.open()
  await seat.deliver(message('stuck'))
  await b.event('turnStarted')
  const waiting = message('waits behind')
  await seat.deliver(waiting)
  process.kill(appServer(b), 'SIGKILL')
  const fate = await until(
    'its fate',
    () =>
      b.events.find(
        event => (event.type === 'messageTaken' || event.type === 'messageLost') && event.id === waiting.id,
      ),
    () => b.events,
  )
  if (fate.type === 'messageLost') await seat.deliver(waiting)
  await b.event('turnEnded', event => event.text === 'at last')
  await seat.deliver(message('count'))
  await until(
    'the count',
    () => b.model.requests.at(-1)?.user.includes('count'),
    () => b.model.requests.length,
  )
  const users = b.model.requests.at(-1)?.users ?? []
  expect(users.filter(text => text.includes('waits behind'))).toHaveLength(1)
})

test('after a SIGKILL of everything the exact conversation is resumed', async () => {
  const b = await bench(request => [model.say(`${request.users.length} messages so far`)])
  const former = await b.open()
  const { session } = await b.event('ready')
  const first = message('remember this')
  await former.deliver(first)
  await b.event('turnEnded')
  for (const { pid } of b.processes()) process.kill(pid, 'SIGKILL')
  expect(await b.event('exited')).toMatchObject({ resumable: true })
  await former.stop()
  b.events.splice(0)
  const seat = await b.open({ resume: session })
  expect((await b.event('ready')).session).toBe(session)
  await b.see('1 messages so far')
  expect(await seat.took(first.id)).toBe(true)
  await seat.deliver(message('and this'))
  expect((await b.event('turnEnded')).text).toBe('2 messages so far')
  // Its own count goes on where it stood: two answers of 1200 and 30 tokens.
  const both = await b.event('usage', ({ usage }) => usage.outputTokens === 60)
  expect(both.usage.inputTokens).toBe(2_400)
})

test('a stop leaves nothing behind, not even a running command', async () => {
  const b = await bench(request =>
    request.outputs.length === 0 ? [model.exec('sleep 300')] : [model.say('still running')],
  )
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('run long'))
  await until(
    'the command',
    () => b.processes().some(({ command }) => command.includes('sleep 300')),
    b.processes,
  )
  await seat.stop()
  await seat.stop()
  expect(b.processes()).toEqual([])
  expect(readdirSync(join(b.home, 'seat'))).toEqual(['session'])
  expect((await b.event('exited')).resumable).toBe(true)
})

test('a TUI that the human quits is told, and its app-server does not work on unseen', async () => {
  const b = await bench(() => [])
  await b.open()
  await b.see(READY)
  b.type('\x03')
  expect(await b.event('exited')).toMatchObject({ code: 0, resumable: true })
  await until('the end of all', () => b.processes().length === 0, b.processes)
})

test('the app-server dies with the app', async () => {
  const b = await bench(() => [])
  const socket = join(b.home, 'guard.sock')
  const { file, args } = guarded([binary, 'app-server', '--listen', `unix://${socket}`])
  const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: b.project, env: b.env }
  const script = `require('node:child_process').spawn(${JSON.stringify(file)}, ${JSON.stringify(args)}, ${JSON.stringify(options)})`
  const app = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
  const serving = (): boolean =>
    existsSync(socket) && b.processes().some(({ command }) => command.startsWith(binary))
  await until('the app-server', serving, b.processes)
  app.kill('SIGKILL')
  await until('the end of all', () => b.processes().length === 0, b.processes)
})

test('over a port with a token, as on Windows', async () => {
  const b = await bench(() => [model.say('by port')])
  const seat = await b.open({}, 'port')
  await b.see(READY)
  await seat.deliver(message('hello'))
  expect((await b.event('turnEnded')).text).toBe('by port')
  await b.see('by port')
  await seat.stop()
  expect(readdirSync(join(b.home, 'seat'))).toEqual(['session'])
})

test.each([undefined, 'ask', 'full-access'])(
  'permission mode %s records no trust that nobody gave',
  async mode => {
    const b = await bench(() => [model.say('done')], { undecided: true })
    const config = mode === undefined ? {} : { permissionMode: mode }
    const seat = await b.open({ config: { agent: 'codex', ...config } })
    await b.see(READY)
    await seat.deliver(message('hello'))
    await b.event('turnEnded')
    await seat.stop()
    expect(readFileSync(join(b.home, '.codex', 'config.toml'), 'utf8')).not.toContain('trust_level')
  },
)

test('a long folder gets its socket elsewhere', async () => {
  const b = await bench(() => [model.say('short')])
  const dir = join(b.home, 'd'.repeat(120))
  mkdirSync(dir, { mode: 0o700 })
  const seat = await b.open({ dir })
  await seat.deliver(message('hello'))
  expect((await b.event('turnEnded')).text).toBe('short')
  await seat.stop()
  expect(readdirSync(b.home).filter(name => name.startsWith('duologue-'))).toEqual([])
})

test('nothing beyond loopback is contacted by anything of ours', async () => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(403).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>(done => proxy.listen(0, '127.0.0.1', done))
  const address = proxy.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const env = { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url }
  const b = await bench(() => [model.say('quietly')], { env })
  const seat = await b.open()
  await b.see(READY)
  await seat.deliver(message('hello'))
  await b.event('turnEnded')
  await seat.stop()
  proxy.close()
  // Codex itself looks for announcements and releases there, whatever its configuration says; nobody answered.
  const known = ['api.github.com:443', 'raw.githubusercontent.com:443']
  expect(asked.filter(host => !known.includes(host))).toEqual([])
})

test('detection finds the program, its version and that no sign-in is needed', async () => {
  const b = await bench(() => [])
  const codex = createCodex({ log: () => {} })
  const info = await codex.detect(b.env)
  expect(info.state).toEqual({ type: 'ready', path: binary, version: '0.169.0' })
  const bare = { PATH: b.project, HOME: b.project, CODEX_HOME: b.project }
  expect((await codex.detect(bare)).state.type).toBe('missing')
  expect((await codex.detect({ ...bare, DUOLOGUE_CODEX: binary })).state.type).toBe('signedOut')
})
