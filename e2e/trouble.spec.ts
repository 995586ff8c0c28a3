/** Bad input, dying programs, second openers: a clear message, and nothing lost. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from './app'
import { duologue } from './command-line'
import { openNewest, PairWindow, test } from './pages'

test('an agent that dies in the middle of its turn holds the pair; restarted, it goes on', async ({
  pair,
}) => {
  await pair.allow()
  await pair.inbox.getByRole('radio', { name: 'Strip' }).waitFor()
  await pair.steer('crash', 'Driver', 'Now')
  await pair.answer('Strip')
  await pair.until('seatExited', ({ seat, code }) => seat === 'left' && code === 13)
  await expect(pair.inbox.getByText(/stopped unexpectedly/)).toBeVisible()
  await pair.inbox.getByRole('button', { name: /^Restart/ }).click()
  await pair.until('seatReady', ({ seq }) => seq > Number(pair.events('seatExited')[0]?.seq))
  await pair.until('turnStarted', ({ seq }) => seq > Number(pair.events('seatExited')[0]?.seq))
})

test('the start form tells what is wrong with a folder', async ({ launch, room }) => {
  const { page } = await launch()
  await page.getByRole('main').getByRole('button', { name: 'Start a pair' }).click()
  const form = page.getByRole('form', { name: 'Start a pair' })
  const folder = form.getByRole('textbox', { name: 'Folder' })
  await folder.fill(join(room.root, 'nowhere'))
  await expect(form.getByText(/does not exist/).first()).toBeVisible()
  const file = join(room.root, 'a-file')
  writeFileSync(file, '')
  await folder.fill(file)
  await expect(form.getByText(/is not a folder/).first()).toBeVisible()
  const plain = join(room.root, 'plain')
  mkdirSync(plain)
  await folder.fill(plain)
  await expect(form.getByText(/not in a git repository/).first()).toBeVisible()
  await folder.fill('/proc')
  await expect(form.getByText(/cannot be written/).first()).toBeVisible()
})

test('outside git the pair works, and it is said what is not known', async ({ room }) => {
  const plain = join(room.root, 'plain')
  mkdirSync(plain)
  writeFileSync(join(plain, 'notes.txt'), 'one\n')
  const { code, out, errors } = await duologue(
    room.env,
    ...[
      'run',
      plain,
      '--intent',
      'Look around.',
      '--driver',
      'practice',
      '--navigator',
      'practice',
      '--rounds',
      '1',
      '--json',
    ],
  )
  expect({ errors, ended: [0, 3].includes(code) }).toEqual({ errors: '', ended: true })
  const measured = out
    .split('\n')
    .filter(line => line.includes('"turnMeasured"'))
    .map(line => JSON.parse(line))
  expect(measured[0]?.measure).toMatchObject({ diffstat: null, target: null })
  expect(measured[0]?.measure.note).toMatch(/not a git repository/)
})

test('the command line says what is wrong with its arguments', async ({ room }) => {
  const bad = async (...args: string[]) => {
    const { code, errors } = await duologue(room.env, ...args)
    return { code, said: errors.split('\n')[0] }
  }
  expect(await bad('run', '--what')).toMatchObject({
    code: 2,
    said: expect.stringContaining("Unknown option '--what'"),
  })
  expect(await bad('run', '.')).toEqual({ code: 2, said: 'Say what the pair is to do: --intent "…"' })
  expect(await bad('run', '--practice', '--rounds', 'many')).toEqual({
    code: 2,
    said: '--rounds takes a whole number from 1 to 100.',
  })
  expect(await bad('run', '.', '--intent', 'x', '--driver', 'gpt')).toEqual({
    code: 2,
    said: '--driver gpt: give one of claude, codex, opencode, practice, command.',
  })
  expect(await bad('run', '--practice', '--intent', 'x')).toEqual({
    code: 2,
    said: '--practice has an intent of its own: leave --intent out.',
  })
  expect(await bad('run', '--practice', '--driver-permission-mode', 'all')).toEqual({
    code: 1,
    said: 'Practice agent has no permission mode all: leave it out, or give one of auto.',
  })
  expect(await bad('walk')).toMatchObject({ code: 2, said: 'Unknown command walk.' })
  const missing = await duologue(
    { ...room.env, PATH: '/usr/bin:/bin' },
    'run',
    room.root,
    '--intent',
    'x',
    '--navigator',
    'practice',
  )
  expect(missing).toMatchObject({ code: 1, errors: expect.stringMatching(/Claude Code: .*[Ii]nstall/) })
})

test('the practice pair runs without a window, and its exit code tells the ending', async ({ room }) => {
  const { code, out } = await duologue(room.env, 'run', '--practice')
  expect(code).toBe(0)
  expect(out).toContain('Ended: agreed.')
  expect(readFileSync(/Transcript: (\S+)/.exec(out)?.[1] ?? '', 'utf8')).toContain('Make slugify()')
  const capped = await duologue(room.env, 'run', '--practice', '--rounds', '1')
  expect(capped.code).toBe(3)
  const asked = await duologue(room.env, 'run', '--practice', '--on-request', 'stop')
  expect(asked.code).toBe(5)
})

test('two apps with one data folder: the second steps back', async ({ launch, room }) => {
  await launch()
  const { executable, args } = JSON.parse(readFileSync(resolve(__dirname, '../.cache/electron.json'), 'utf8'))
  const second = spawn(executable, args, { env: room.env, stdio: 'ignore' })
  const [code] = await once(second, 'close')
  expect(code).toBe(0)
})

test('a pair that another process has open is refused, with the reason', async ({ pair, launch, room }) => {
  const id = String(pair.events('pairStarted')[0]?.pair)
  // The same pair, seen by a second app on a data folder of its own that shares the pairs.
  const other = join(room.root, 'other')
  mkdirSync(other)
  const { symlinkSync } = await import('node:fs')
  symlinkSync(join(room.data, 'pairs'), join(other, 'pairs'))
  const second = await launch({ DUOLOGUE_DATA: other })
  const reply = await second.page.evaluate(
    input => Reflect.get(globalThis, 'duologue').request('pair.command', input) as Promise<unknown>,
    { pair: id, command: { type: 'reopen' } },
  )
  expect(reply).toMatchObject({ ok: false, message: expect.stringMatching(/process \d+/) })
})

test('a damaged journal: what can be read is shown, and it is said what cannot', async ({ launch, room }) => {
  const first = await launch()
  const pair = new PairWindow(first.page, room.data)
  await pair.startPractice()
  await first.app.close()
  const id = readdirSync(join(room.data, 'pairs'))[0] ?? ''
  const file = join(room.data, 'pairs', id, 'journal.jsonl')
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.splice(4, 1, '{"broken')
  writeFileSync(file, lines.join('\n'))
  appendFileSync(file, '{"v":1,"seq":99,"at"')
  const { page } = await launch()
  await openNewest(page)
  await expect(page.getByRole('feed', { name: 'What happened' }).getByRole('article').first()).toContainText(
    'Make slugify()',
  )
  await page
    .getByText(/could not be read/)
    .first()
    .click()
  await expect(page.getByText(/line 5/i).first()).toBeVisible()
})

test('the bridge refuses what is not in the contract', async ({ launch }) => {
  const { page } = await launch()
  await expect(page.getByRole('button', { name: 'Try the practice pair' })).toBeVisible()
  const ask = (name: string, input: unknown) =>
    page.evaluate(
      ([request, given]) =>
        Reflect.get(globalThis, 'duologue').request(request, given) as Promise<{ ok: boolean }>,
      [name, input] as const,
    )
  for (const [name, input] of [
    ['eval', {}],
    ['pairs.open', { pair: '../../etc' }],
    ['pair.command', { pair: 'p', command: { type: 'rm' } }],
    ['link.open', { url: 'file:///etc/passwd' }],
    ['path.show', { path: '/etc' }],
  ] as const) {
    expect(await ask(name, input), name).toMatchObject({ ok: false })
  }
})
