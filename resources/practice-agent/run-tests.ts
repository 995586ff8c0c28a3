/**
 * Runs a repository's own tests and reads the outcome from what they print, never from what was expected.
 * `node --test` runs on a Node that is at hand; where there is none, its CommonJS tests run in a worker here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, delimiter, join, relative } from 'node:path'
import { type RunOptions, runCommand } from './commands'
import { type Tested, testFiles } from './sandbox'
import { placeIn, readTap, type TestFailure, type TestReport } from './tap'

export interface TestCommand {
  /** As a human would type it. */
  readonly text: string
  readonly type: 'node' | 'npm'
  /** Only this one, relative to the repository. */
  readonly file?: string
}

export interface TestOutcome {
  readonly ok: boolean
  /** Totals and failures, where the tests tell them. */
  readonly report: TestReport | null
  /** How they were run, when not by the command itself; how they ended, when they say nothing themselves. */
  readonly note: string
  readonly output: string
}

interface Place {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** What `package.json` says; null when it names no tests. */
export function testCommand(folder: string): TestCommand | null {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    // No package.json, or one that cannot be read: then there are no tests we know how to run.
    return null
  }
  const scripts = typeof raw === 'object' && raw !== null && 'scripts' in raw ? raw.scripts : null
  const script = typeof scripts === 'object' && scripts !== null && 'test' in scripts ? scripts.test : null
  if (typeof script !== 'string' || script.includes('no test specified')) return null
  return script.trim() === 'node --test'
    ? { text: 'node --test', type: 'node' }
    : { text: 'npm test', type: 'npm' }
}

/** One file of `node --test` alone. */
export const onlyFile = (command: TestCommand, file: string): TestCommand =>
  command.type === 'npm' ? command : { type: 'node', text: `node --test ${file}`, file }

/** Null when the command cannot be started on this machine. */
export async function runTests(command: TestCommand, place: Place): Promise<TestOutcome | null> {
  // Set by an enclosing test runner, it changes what `node --test` prints.
  const env = { ...place.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined, FORCE_COLOR: '0' }
  const options = { cwd: place.folder, env, signal: place.signal }
  const only = command.file === undefined ? [] : [command.file]
  if (command.type === 'npm') return runNpm(options, place.folder)
  const node = findNode(place.env)
  if (node !== null) {
    const ran = await runCommand(node, ['--test', '--test-reporter=tap', ...only], options)
    const report = readTap(ran.output, place.folder)
    if (report !== null || place.signal.aborted)
      return { ok: ran.code === 0, report, note: '', output: summary(report) }
  }
  return inProcess(place, command.file)
}

async function runNpm(options: RunOptions, folder: string): Promise<TestOutcome | null> {
  // Silent, and without its look for a newer npm: the practice agent uses no network.
  const args = ['--silent', '--no-update-notifier', 'test']
  const windows = process.platform === 'win32'
  const ran = await runCommand(windows ? 'cmd.exe' : 'npm', windows ? ['/c', 'npm', ...args] : args, options)
  if (!ran.started) return null
  const note = ran.trouble || (ran.code === 0 ? '' : `ended with code ${ran.code}`)
  return { ok: ran.code === 0, report: readTap(ran.output, folder), note, output: ran.output }
}

/**
 * A Node that runs scripts: the one this program runs on, or one on the PATH. Inside the packaged app the program
 * runs on the app's own executable, which runs no scripts; it is told apart by its name.
 */
function findNode(env: NodeJS.ProcessEnv): string | null {
  const asNode = process.versions.electron !== undefined && env.ELECTRON_RUN_AS_NODE !== undefined
  if (asNode || /^node(?:js)?(?:\.exe)?$/i.test(basename(process.execPath))) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  return folders.map(folder => join(folder, name)).find(existsSync) ?? null
}

async function inProcess({ folder, signal }: Place, only?: string): Promise<TestOutcome> {
  const tests = join(folder, 'test')
  const files = existsSync(tests) ? readdirSync(tests).filter(name => /\.c?js$/.test(name)) : []
  const results = await testFiles(
    files.map(name => join(tests, name)).filter(file => only === undefined || file === join(folder, only)),
    signal,
  )
  const failures = results.filter(result => result.error !== '').map(result => failureOf(result, folder))
  const report = { passed: results.length - failures.length, failed: failures.length, failures }
  const note = 'run inside this program: no Node was found'
  return { ok: failures.length === 0, report, note, output: summary(report) }
}

function failureOf(result: Tested, folder: string): TestFailure {
  const at = placeIn(result.stack, folder)
  const file = at?.file ?? relative(folder, result.file).replace(/\\/g, '/')
  return { name: result.name, file, line: at?.line ?? null, message: result.error }
}

/** The report as the terminal shows it. */
export const summary = (report: TestReport | null): string =>
  report === null
    ? ''
    : [
        ...report.failures.map(
          f => `✗ ${f.name} (${f.file}${f.line === null ? '' : `:${f.line}`}) ${f.message}`,
        ),
        `# pass ${report.passed}`,
        `# fail ${report.failed}`,
      ].join('\n')
