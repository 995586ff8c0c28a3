/**
 * The packaged app as a person gets it. Rule: nothing of the source tree is used. Playwright's `_electron` needs Node's
 * inspector, which the fuses of a package switch off, so the window is reached by Chromium's own debugging port.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, expect, test } from '@playwright/test'

const UNPACKED: Readonly<Record<string, string>> = {
  linux: 'dist/linux-unpacked/duologue',
  darwin: 'dist/mac/Duologue.app/Contents/MacOS/Duologue',
  win32: 'dist/win-unpacked/Duologue.exe',
}
const EXECUTABLE = resolve(__dirname, '..', UNPACKED[process.platform] ?? '')

/** Root needs it; see scripts/setup/sandbox.mjs. */
const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : []

let home: string

test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'duologue-package-'))
})

test.afterEach(async () => {
  await rm(home, { recursive: true, force: true })
})

const environment = (extra: Record<string, string> = {}): Record<string, string> => ({
  HOME: home,
  XDG_CONFIG_HOME: join(home, 'config'),
  PATH: process.env.PATH ?? '',
  ...(process.env.DISPLAY === undefined ? {} : { DISPLAY: process.env.DISPLAY }),
  ...extra,
})

const start = (args: readonly string[], env = environment()): ChildProcess =>
  spawn(EXECUTABLE, [...args], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] })

/** The address Chromium prints once its debugging port is open; rejects when the app ends before. */
const debuggingAddress = (app: ChildProcess): Promise<string> =>
  new Promise((done, failed) => {
    if (app.stderr === null) throw new Error('stderr is piped')
    const lines: string[] = []
    createInterface(app.stderr).on('line', line => {
      lines.push(line)
      const found = /DevTools listening on (ws:\S+)/.exec(line)
      if (found?.[1] !== undefined) done(found[1])
    })
    app.once('exit', code => failed(new Error(`the app ended with ${code}:\n${lines.join('\n')}`)))
  })

/** All it printed, and how it ended. */
const runToEnd = async (args: readonly string[], env = environment()) => {
  const app = start(args, env)
  let output = ''
  app.stdout?.on('data', text => {
    output += text
  })
  app.stderr?.on('data', text => {
    output += text
  })
  const [code] = await once(app, 'close')
  return { code, output }
}

test('opens its window, and the practice pair works in it', async () => {
  expect(existsSync(EXECUTABLE), 'npm run package has been run').toBe(true)
  const app = start([...SANDBOX, '--remote-debugging-port=0'])
  const ended = once(app, 'exit')
  let browser: Browser | undefined
  try {
    browser = await chromium.connectOverCDP(await debuggingAddress(app), { noDefaults: true })
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('a browser has a context')
    const page = context.pages()[0] ?? (await context.waitForEvent('page'))
    await expect(page).toHaveTitle(/Duologue/)
    await page.getByRole('button', { name: 'Try the practice pair' }).click()
    const inbox = page.getByRole('region', { name: 'Inbox' })
    await inbox.getByRole('button', { name: 'Allow once' }).click()
    await inbox.getByRole('radio', { name: 'Strip' }).check()
    await inbox.getByRole('button', { name: 'Answer', exact: true }).click()
    await expect(page.getByRole('banner').getByRole('status')).toHaveText(/agreed/i)
  } finally {
    await browser?.close()
    app.kill('SIGTERM')
    await ended
  }
})

test('plays a whole practice pair in the terminal, without a display', async () => {
  const { DISPLAY: _, ...env } = environment()
  const { code, output } = await runToEnd(['run', ...SANDBOX, '--log-level=3', '--', '--practice'], env)
  expect(output).toContain('Ended: agreed.')
  expect(code).toBe(0)
})

test('is no Node: not by environment, nor by inspector', async () => {
  const asNode = environment({ ELECTRON_RUN_AS_NODE: '1' })
  const help = ['run', ...SANDBOX, '--log-level=3', '--', '--help']
  expect((await runToEnd(help, asNode)).output).toContain('duologue run')
  const inspected = await runToEnd(['run', ...SANDBOX, '--inspect=0', '--log-level=3', '--', '--help'])
  expect(inspected.output).toContain('duologue run')
  expect(inspected.output).not.toContain('Debugger listening')
})
