import { readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AgentEvent } from '../../../shared/agent/event'
import { asDeliveryId } from '../../../shared/ids'
import { type Bench, bundleProgram, createBench, git, message } from './harness'

const program = bundleProgram()
let bench: Bench

beforeEach(async () => {
  bench = await createBench(program())
})
afterEach(() => bench.clear())

const human = (id: string, text: string) => message(id, `From: your human. You are the driver.\n\n${text}`)
const types = (events: readonly AgentEvent[]) => events.map(event => event.type)

describe('requests', () => {
  test('a key in the terminal answers, and the answer from outside then comes too late', async () => {
    const seat = await bench.start()
    seat.pty.write('approve\r')
    const { request } = await seat.next('requestOpened')
    await seat.screen(/Run a command/)
    seat.pty.write('n')
    expect(await seat.next('requestClosed')).toMatchObject({ by: 'terminal', summary: 'denied' })
    expect(await seat.next('turnEnded')).toMatchObject({ text: 'You refused it.' })
    const late = await seat.seat.answer(request.id, { type: 'approval', choice: 'allow' })
    expect(late).toMatchObject({ ok: false, error: { type: 'notNow' } })
  })

  test('arrows and Enter choose; free words come from outside', async () => {
    const seat = await bench.start()
    seat.pty.write('ask\r')
    await seat.next('requestOpened')
    await seat.screen(/Coffee/)
    seat.pty.write('\u001b[B\r')
    expect(await seat.next('turnEnded')).toMatchObject({ text: 'You chose Coffee.' })
    seat.pty.write('ask\r')
    const { request } = await seat.next('requestOpened')
    await seat.seat.answer(request.id, { type: 'question', answers: { q1: ['water'] } })
    expect(await seat.next('requestClosed')).toMatchObject({ by: 'terminal' })
    expect(await seat.next('requestClosed')).toMatchObject({ by: 'inbox', summary: 'water' })
    expect(await seat.next('turnEnded')).toMatchObject({ text: 'You chose water.' })
  })

  test('a refused test run is said, and the work goes by the intent alone', async () => {
    const seat = await bench.start({ opening: human('a001', 'Fold accents in slugify().') })
    const { request } = await seat.next('requestOpened')
    await seat.seat.answer(request.id, { type: 'approval', choice: 'deny' })
    const question = await seat.next('requestOpened')
    await seat.seat.answer(question.request.id, { type: 'question', answers: { q1: ['Strip'] } })
    expect((await seat.next('turnEnded')).text).toBe(
      'Done: accents are folded; emoji are dropped. The tests were not run. The API is as it was.',
    )
  })
})

describe('a turn', () => {
  test('is interrupted from outside, by Esc, and in an open dialog', async () => {
    const seat = await bench.start()
    seat.pty.write('wait\r')
    await seat.next('turnStarted')
    expect(await seat.seat.interrupt()).toEqual({ ok: true })
    expect(await seat.next('turnEnded')).toMatchObject({ outcome: { type: 'interrupted' } })
    seat.pty.write('wait\r')
    await seat.next('turnStarted')
    seat.pty.write('\u001b')
    expect(await seat.next('turnEnded')).toMatchObject({ outcome: { type: 'interrupted' } })
    seat.pty.write('ask\r')
    await seat.next('requestOpened')
    await seat.seat.interrupt()
    expect(await seat.next('requestClosed')).toMatchObject({ by: 'agent', summary: 'withdrawn' })
    await seat.next('turnEnded')
    expect(await seat.seat.interrupt()).toMatchObject({ ok: false, error: { type: 'notNow' } })
  })

  test('takes a steer while it runs, acts on it, and goes on', async () => {
    const seat = await bench.start()
    expect(await seat.seat.steer(human('c000', 'too early'))).toMatchObject({
      ok: false,
      error: { type: 'notNow' },
    })
    seat.pty.write('wait\r')
    await seat.next('turnStarted')
    await seat.seat.steer(human('c001', 'Also add a changelog entry.'))
    expect(await seat.next('messageTaken')).toMatchObject({ id: 'c001' })
    expect((await seat.next('said')).text).toContain('I added an entry to CHANGELOG.md.')
    expect(await readFile(join(bench.folder, 'CHANGELOG.md'), 'utf8')).toContain('slugify() folds accents')
    await seat.seat.interrupt()
    await seat.next('turnEnded')
  })

  test('a message waits for the turn before it; told twice, it is read once', async () => {
    const seat = await bench.start()
    seat.pty.write('wait\r')
    await seat.next('turnStarted')
    await seat.seat.deliver(human('c001', 'approve'))
    await seat.seat.deliver(human('c001', 'approve'))
    await seat.seat.interrupt()
    await seat.next('turnEnded')
    const { request } = await seat.next('requestOpened')
    await seat.seat.answer(request.id, { type: 'approval', choice: 'allow' })
    await seat.next('turnEnded')
    expect(types(seat.events).filter(type => type === 'turnStarted')).toHaveLength(2)
    expect(types(seat.events).filter(type => type === 'messageTaken')).toHaveLength(1)
  })

  test('prints a flood without losing its end', async () => {
    const seat = await bench.start()
    seat.pty.write('flood 3000\r')
    await seat.next('turnEnded')
    expect(await seat.screen(/Those were 3000 lines/)).toMatch(/line 2999 of 3000\nline 3000 of 3000/)
  })
})

describe('the composer', () => {
  test('edits wide characters, takes a paste as one line, and survives a resize', async () => {
    const seat = await bench.start()
    seat.pty.write('xx世界y\u001b[D\u007f!\u0001\u001b[3~')
    await seat.screen(/❯ x世!y/)
    seat.resize(60, 20)
    seat.pty.write('\u0005 wide')
    const text = await seat.screen(/❯ x世!y wide/)
    expect(text.match(/Practice agent 1\.2\.3/g)).toHaveLength(1)
    seat.pty.write('\u0005\u0015\u001b[200~st\u001b[31matus\nof it\u001b[201~')
    await seat.screen(/❯ status of it/)
    expect(types(seat.events)).toEqual(['ready'])
    seat.pty.write('\r')
    await seat.next('turnEnded')
    expect(await seat.screen(/## main/)).toContain('❯ status of it')
  })

  test('Ctrl-C twice ends the program; once does not', async () => {
    const seat = await bench.start()
    seat.pty.write('\u0003')
    await seat.screen(/Press Ctrl-C again/)
    seat.pty.write('\u0003')
    expect(await seat.next('exited')).toEqual({ type: 'exited', code: 0, signal: null, resumable: true })
  })
})

describe('death and return', () => {
  test('a crash in a turn is told whole, and the same session comes back with what it took', async () => {
    const first = await bench.start()
    await first.seat.deliver(human('c001', 'wait'))
    await first.next('turnStarted')
    await first.seat.deliver(human('c002', 'status'))
    await first.seat.steer(human('c003', 'crash'))
    expect(await first.next('exited')).toMatchObject({ code: 13 })
    const told = first.events.filter(({ type }) => type !== 'usage')
    expect(told.slice(-2)).toMatchObject([{ type: 'messageTaken', id: 'c003' }, { type: 'exited' }])
    expect(await first.seat.took(asDeliveryId('c001'))).toBe(true)
    expect(await first.seat.took(asDeliveryId('c002'))).toBe(false)
    expect(await first.seat.deliver(human('c004', 'x'))).toMatchObject({ error: { type: 'notSent' } })

    const second = await bench.start({ resume: first.session })
    expect(second.session).toBe(first.session)
    await second.screen(/Message c001/)
    await second.seat.deliver(human('c001', 'wait'))
    await second.next('messageTaken')
    await second.seat.deliver(human('c002', 'approve'))
    const { request } = await second.next('requestOpened')
    await second.seat.answer(request.id, { type: 'approval', choice: 'allow' })
    await second.next('turnEnded')
    expect(types(second.events).filter(type => type === 'turnStarted')).toHaveLength(1)
  })

  test('an unknown session, a missing folder and a program that ends at once are launch errors', async () => {
    expect(await bench.launch({ resume: 'nobody' })).toMatchObject({ cause: 'failed' })
    expect(await bench.launch({ env: { NODE_OPTIONS: '--no-such-option' } })).toMatchObject({
      cause: 'failed',
    })
    await rm(bench.folder, { recursive: true })
    expect(await bench.launch()).toMatchObject({ cause: 'folder' })
  })

  test('stop ends a program in the middle of a turn, and twice is no harm', async () => {
    const seat = await bench.start()
    seat.pty.write('wait\r')
    await seat.next('turnStarted')
    await seat.seat.stop()
    await seat.seat.stop()
    expect(seat.events.at(-1)).toMatchObject({ type: 'exited' })
  })

  test('where a socket’s path would be too long, it lies elsewhere, and goes with the seat', async () => {
    const seat = await bench.start({ name: 'x'.repeat(120) })
    expect(Buffer.byteLength(seat.address())).toBeLessThanOrEqual(100)
    expect((await stat(dirname(seat.address()))).mode & 0o777).toBe(0o700)
    await seat.seat.stop()
    await expect(stat(dirname(seat.address()))).rejects.toThrow('ENOENT')
  })

  test('what it started goes with an interrupt, and with the program', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = typeof bound === 'object' ? bound?.port : 0
    await writeFile(
      join(bench.folder, 'test/endless.test.js'),
      `require('node:net').connect(${port}, '127.0.0.1').on('error', () => {})
       require('node:test').test('endless', () => new Promise(() => setInterval(() => {}, 1000)))`,
    )
    /** One test process: there when it connects, gone when that closes. */
    const connected = () =>
      new Promise<{ gone: Promise<unknown> }>(resolve =>
        server.once('connection', socket => {
          socket.on('error', () => undefined)
          resolve({ gone: new Promise(done => socket.on('close', done)) })
        }),
      )
    const seat = await bench.start({ permissionMode: 'auto' })
    const first = connected()
    seat.pty.write('test\r')
    const { gone } = await first
    await seat.seat.interrupt()
    await gone
    expect(await seat.next('turnEnded')).toMatchObject({ outcome: { type: 'interrupted' } })
    const second = connected()
    seat.pty.write('test\r')
    const running = await second
    await seat.seat.stop()
    await running.gone
    expect(seat.events.at(-1)).toMatchObject({ type: 'exited', code: 0 })
    server.close()
  })

  test('a stranger on the socket is cut off and changes nothing', async () => {
    const seat = await bench.start()
    const stranger = connect(seat.address())
    const closed = new Promise(resolve => stranger.on('close', resolve))
    stranger.write('nonsense\n{"type":"turnStarted","turn":"t","cause":"human"}\n')
    stranger.write(`{"type":"hello","token":"wrong","session":"${seat.session}"}\n`)
    await closed
    expect(types(seat.events)).toEqual(['ready'])
  })
})

describe('any other folder', () => {
  test('the driver says that it knows nothing here and changes nothing', async () => {
    await unlink(join(bench.folder, 'src/slugify.js'))
    await writeFile(join(bench.folder, 'package.json'), '{}')
    await git(bench.folder, 'add', '--all')
    const before = await git(bench.folder, 'write-tree')
    const seat = await bench.start({ opening: human('a001', 'Do it.') })
    expect((await seat.next('turnEnded')).text).toContain('I changed nothing here')
    await git(bench.folder, 'add', '--all')
    expect(await git(bench.folder, 'write-tree')).toBe(before)
  })

  test('the navigator reviews diff and tests of any project, and asks before it runs them', async () => {
    await writeFile(join(bench.folder, 'package.json'), '{"scripts":{"test":"exit 3"}}')
    const seat = await bench.start()
    await seat.seat.deliver(message('b001', 'From: your pair partner. You are the navigator.'))
    const { request } = await seat.next('requestOpened')
    expect(request).toMatchObject({ type: 'approval', body: 'npm test' })
    await seat.seat.answer(request.id, { type: 'approval', choice: 'allow' })
    await seat.next('turnEnded')
    const findings = [{ file: 'package.json', severity: 'major', text: 'The tests fail: ended with code 3' }]
    expect(seat.calls.at(-1)?.args).toMatchObject({ verdict: 'changes', findings })
  })
})
