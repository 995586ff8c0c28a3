/**
 * Two processes of Duologue at once. One window a data folder: a second start shows the first one's. The command line, or a
 * window whose folder shares the pairs, works beside it; each pair belongs to the process that has it open.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { type Event, endingsOf, expect, test } from './app'
import { CLI, duologue } from './command-line'
import { request } from './looks'
import { openNewest, PairWindow } from './pages'

interface Listed {
  readonly pair: string
  readonly state: { readonly type: string }
}

const list = async (page: Page): Promise<readonly Listed[]> =>
  (await request(page, 'pairs.list', undefined)).value as readonly Listed[]

const liveIn = async (page: Page): Promise<readonly string[]> =>
  (await list(page)).filter(({ state }) => state.type === 'live').map(({ pair }) => pair)

const journalOf = (data: string, pair: string): readonly Event[] =>
  readFileSync(join(data, 'pairs', pair, 'journal.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Event)

/** Every line is whole and counted once: two writers would count the same numbers. */
const expectWhole = (data: string): void => {
  for (const pair of readdirSync(join(data, 'pairs'))) {
    const events = journalOf(data, pair)
    expect(
      events.map(({ seq }) => seq),
      pair,
    ).toEqual(events.map((_, at) => at))
    expect(events.filter(({ type }) => type === 'pairStarted').map(event => event.pair)).toEqual([pair])
    expect(events.filter(({ type }) => type === 'pairReopened')).toEqual([])
    expect(readdirSync(join(data, 'pairs', pair)).filter(name => /torn|damaged/.test(name))).toEqual([])
  }
}

/** Every way of taking a pair over is refused, and the way in says where it is open. */
const expectRefused = async (page: Page, pair: string, holder: number | undefined): Promise<void> => {
  const reopened = await request(page, 'pair.command', { pair, command: { type: 'reopen' } })
  expect(reopened).toEqual({
    ok: false,
    message: `This pair is open in another Duologue (process ${holder}). Close it there first.`,
  })
  for (const type of ['pause', 'end', 'swap'])
    expect(await request(page, 'pair.command', { pair, command: { type } })).toMatchObject({ ok: false })
  expect(await request(page, 'pairs.open', { pair })).toMatchObject({
    ok: true,
    value: { live: false, damage: [] },
  })
}

const startedIn = async (window: PairWindow): Promise<string> =>
  String((await window.until('pairStarted')).pair)

test('the window and the command line, each with a pair at work, on one data folder', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const window = new PairWindow(page, room.data)
  await window.startPractice()
  const mine = await startedIn(window)
  const command = { name: 'Set in the window', command: process.execPath, args: [] }
  await request(page, 'settings.set', { commands: [command] })
  expect(
    await duologue(room.env, 'run', room.root, '--intent', 'x', '--driver', 'command:nobody'),
  ).toMatchObject({ code: 2, errors: expect.stringContaining(command.name) })

  const child = spawn(process.execPath, [CLI, 'run', '--practice', '--json', '--on-request', 'ask'], {
    env: room.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  if (!child.stdout) throw new Error('stdout is piped')
  for await (const line of createInterface(child.stdout)) if (line.includes('"type":"requestOpened"')) break
  child.stdout.resume()
  const theirs = readdirSync(join(room.data, 'pairs')).find(pair => pair !== mine) ?? ''

  expect(await liveIn(page)).toEqual([mine])
  await expectRefused(page, theirs, child.pid)
  // As a person meets it: the other's pair can be read, and going on with it is refused in words.
  await page.getByRole('banner').getByRole('button').first().click()
  await openNewest(page)
  await page.getByRole('button', { name: 'Go on with this pair' }).first().click()
  await expect(page.getByText(`open in another Duologue (process ${child.pid})`).first()).toBeVisible()

  child.kill('SIGINT')
  expect(await ended).toEqual([4, null])
  expect(endingsOf(journalOf(room.data, theirs))).toMatchObject([{ reason: 'human' }])
  expect(await liveIn(page)).toEqual([mine])
  expect(journalOf(room.data, mine).filter(({ type }) => type === 'ended' || type === 'seatExited')).toEqual(
    [],
  )
  await app.close()
  expectWhole(room.data)
})

test('two windows that share the pairs, both at work: each keeps its own', async ({ launch, room }) => {
  const other = join(room.root, 'other')
  mkdirSync(other)
  mkdirSync(join(room.data, 'pairs'), { recursive: true })
  symlinkSync(join(room.data, 'pairs'), join(other, 'pairs'))
  const one = await launch()
  const first = new PairWindow(one.page, room.data)
  await first.startPractice()
  const mine = await startedIn(first)
  const two = await launch({ DUOLOGUE_DATA: other })
  const second = new PairWindow(two.page, room.data)
  await second.startPractice()
  const theirs = readdirSync(join(room.data, 'pairs')).find(pair => pair !== mine) ?? ''

  expect([await liveIn(one.page), await liveIn(two.page)]).toEqual([[mine], [theirs]])
  await expectRefused(one.page, theirs, two.app.process().pid)
  await expectRefused(two.page, mine, one.app.process().pid)
  await Promise.all([first.letGo(), second.letGo()])
  for (const pair of [mine, theirs])
    await expect
      .poll(() => journalOf(room.data, pair).find(({ type }) => type === 'ended')?.reason, {
        timeout: 60_000,
      })
      .toBe('agreed')
  await Promise.all([one.app.close(), two.app.close()])
  expectWhole(room.data)
})

test('a second start on the same data folder shows the first window, and its pair goes on; settings are read at the next start', async ({
  launch,
  room,
}) => {
  const { app, page } = await launch()
  const pair = new PairWindow(page, room.data)
  await pair.startPractice()
  await request(page, 'settings.set', { theme: 'light', quietMinutes: 7 })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const { executable, args } = JSON.parse(readFileSync(resolve(__dirname, '../.cache/electron.json'), 'utf8'))
  const second = spawn(executable, args, { env: room.env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  second.stderr.on('data', text => {
    said += text
  })
  const [code] = await once(second, 'close')
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining('running already with this data folder'),
  })
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true)
  await pair.letGo()
  await pair.until('ended', ({ reason }) => reason === 'agreed')
  await app.close()
  expectWhole(room.data)
  const next = await launch()
  const info = await request(next.page, 'app.info', undefined)
  expect(info.value).toMatchObject({ settings: { theme: 'light', quietMinutes: 7 } })
})
