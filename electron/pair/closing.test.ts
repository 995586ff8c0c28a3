/** Pairs that are closed at bad moments: nothing of them runs on, and they can be opened again. */
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asTurnId } from '../../shared/ids'
import { ok } from '../../shared/result'
import type { Agent, Seat, SeatContext } from '../agents/agent'
import { createEngine, type Engine } from './engine'

const request = {
  folder: '',
  intent: 'Do it.',
  left: { agent: 'practice' },
  right: { agent: 'practice' },
  rounds: 2,
} as const

let root: string
let running: Set<SeatContext>
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'closing-'))
  running = new Set()
})
afterEach(() => rm(root, { recursive: true, force: true }))

interface Played {
  /** Holds a launch back until it resolves. */
  readonly launch?: (context: SeatContext) => Promise<void>
  readonly detect?: () => Promise<void>
  readonly stop?: (context: SeatContext) => Promise<void>
}

const engineWith = ({ launch, detect, stop }: Played): Engine => {
  const start: Agent['start'] = async context => {
    await launch?.(context)
    running.add(context)
    context.emit({ type: 'ready', session: `s-${context.seat}`, version: '1' })
    const done = async () => ok(undefined)
    const seat: Seat = {
      ...{ deliver: done, steer: done, interrupt: done, answer: done, took: async () => false },
      stop: async () => {
        await stop?.(context)
        running.delete(context)
      },
    }
    return ok(seat)
  }
  const practice: Agent = {
    kind: 'practice',
    detect: async () => {
      await detect?.()
      const state = { type: 'ready', path: '/x', version: '1' } as const
      return { kind: 'practice', name: 'Practice', state, permissionModes: [] }
    },
    start,
  }
  return createEngine({
    practiceProof: () => 'node --test',
    dataFolder: join(root, 'data'),
    agents: { practice, claude: practice, codex: practice, opencode: practice, command: practice },
    env: async () => ({}),
    spawn: () => {
      throw new Error('a played agent needs no terminal')
    },
    size: () => ({ cols: 80, rows: 24 }),
    quietMs: () => 600_000,
    now: () => new Date(),
    log: () => undefined,
  })
}

const gate = () => {
  let open = (): void => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

test('closed in the middle of its launch: what comes up is ended, and it can be opened again', async () => {
  const { opened, open } = gate()
  const engine = engineWith({ launch: () => opened })
  const pair = await engine.start({ ...request, folder: root })
  if (!pair.ok) throw new Error(pair.error.message)
  const closed = engine.close(pair.value)
  open()
  await closed
  expect(running.size).toBe(0)
  expect(await engine.command(pair.value, { type: 'reopen' })).toEqual(ok(undefined))
  await engine.closeAll()
  expect(running.size).toBe(0)
})

test('a program that cannot be ended keeps neither its partner running nor the pair open', async () => {
  const engine = engineWith({
    stop: async ({ seat }) => {
      if (seat === 'left') throw new Error('it does not go')
    },
  })
  const pair = await engine.start({ ...request, folder: root })
  if (!pair.ok) throw new Error(pair.error.message)
  await Promise.all([engine.close(pair.value), engine.close(pair.value)])
  expect([...running].map(({ seat }) => seat)).toEqual(['left'])
  expect(engine.live(pair.value)).toBeUndefined()
  expect(await engine.command(pair.value, { type: 'reopen' })).toEqual(ok(undefined))
  await engine.closeAll()
})

test('quit while a pair is being started: it does not come up behind', async () => {
  const { opened, open } = gate()
  const engine = engineWith({ detect: () => opened })
  const starting = engine.start({ ...request, folder: root })
  const closed = engine.closeAll()
  open()
  await closed
  expect((await starting).ok).toBe(false)
  expect(running.size).toBe(0)
  expect((await engine.start({ ...request, folder: root })).ok).toBe(false)
})

test('a draft pull request is noted in a live pair and in a closed one, and the numbers go on', async () => {
  const engine = engineWith({})
  const made = await engine.start({ ...request, folder: root })
  if (!made.ok) throw new Error(made.error.message)
  const pair = made.value
  const drafts = async () => {
    const read = await engine.read(pair)
    if (!read.ok) throw new Error(read.error.message)
    expect(read.value.map(({ seq }) => seq)).toEqual(read.value.map((_, index) => index))
    return read.value.flatMap(event => (event.type === 'pullRequestDrafted' ? [event.url] : []))
  }
  expect((await engine.pullRequestCreated(pair, 'https://x/1')).ok).toBe(true)
  await expect.poll(drafts).toEqual(['https://x/1'])
  await engine.close(pair)
  expect((await engine.pullRequestCreated(pair, 'https://x/2')).ok).toBe(true)
  expect(await drafts()).toEqual(['https://x/1', 'https://x/2'])
  expect((await engine.command(pair, { type: 'reopen' })).ok).toBe(true)
  expect(await drafts()).toEqual(['https://x/1', 'https://x/2'])
  await engine.closeAll()
})

test('a journal whose intent was rewritten says so', async () => {
  const engine = engineWith({})
  const pair = await engine.start({ ...request, folder: root })
  if (!pair.ok) throw new Error(pair.error.message)
  await engine.close(pair.value)
  const damage = async () => {
    const read = await engine.opened(pair.value)
    return read.ok ? read.value.damage : read.error.message
  }
  expect(await damage()).toEqual([])
  const file = join(engine.pairFolder(pair.value), 'journal.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace(JSON.stringify(request.intent), '"Something else"'))
  expect(await damage()).toEqual([expect.stringContaining('not the one that the pair began with')])
  await engine.closeAll()
})

test('what a program tells after its end does not bring its seat back to life; one that is started again is heard', async () => {
  const contexts: SeatContext[] = []
  const engine = engineWith({
    launch: async context => {
      if (context.seat === 'right') contexts.push(context)
    },
  })
  const pair = await engine.start({ ...request, folder: root })
  if (!pair.ok) throw new Error(pair.error.message)
  const status = () => engine.live(pair.value)?.state().seats.right.status.type
  await expect.poll(status).toBe('idle')
  contexts[0]?.emit({ type: 'exited', code: 1, signal: null, resumable: true })
  contexts[0]?.emit({ type: 'turnStarted', turn: asTurnId('t1'), cause: 'human' })
  contexts[0]?.emit({ type: 'ready', session: 's-right', version: '1' })
  await expect.poll(status).toBe('exited')
  expect((await engine.command(pair.value, { type: 'restartSeat', seat: 'right' })).ok).toBe(true)
  await expect.poll(status).toBe('idle')
  contexts[0]?.emit({ type: 'exited', code: 1, signal: null, resumable: true })
  contexts[1]?.emit({ type: 'turnStarted', turn: asTurnId('t2'), cause: 'human' })
  await expect.poll(status).toBe('working')
  await engine.closeAll()
})
