/**
 * `npm run bench [-- NAME…] [--short] [--rounds N]`: the cases one after another, a table, and every sample in
 * `bench/results/`. A case that breaks fails the run; a goal that is not reached never does.
 */
import { execFileSync, fork } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, BenchResult } from './bench'
import { casesFolder, casesProgram } from './built'
import { describeMachine, loadNow } from './machine'
import type { Task } from './one'
import type { Measured, Run } from './result'
import { measuredText, runText } from './table'

const ROUNDS = 5

interface Asked {
  readonly names: readonly string[]
  readonly short: boolean
  readonly rounds: number
}

const known = (): readonly string[] =>
  readdirSync(casesFolder())
    .filter(name => name.endsWith('.js'))
    .map(name => basename(name, '.js'))
    .sort()

const asked = (): Asked => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { short: { type: 'boolean', default: false }, rounds: { type: 'string' } },
  })
  const rounds = Number(values.rounds ?? (values.short ? 1 : ROUNDS))
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1 on.')
  const strange = positionals.filter(name => !known().includes(name))
  if (strange.length > 0)
    throw new Error(`There is no ${strange.join(', ')}. There are: ${known().join(', ')}.`)
  return { names: positionals.length > 0 ? positionals : known(), short: values.short, rounds }
}

type Told = BenchResult & Pick<Bench, 'name' | 'title' | 'against' | 'unit' | 'goal'>

/** Null: it broke, and has said why. */
const runCase = (task: Task): Promise<Told | null> =>
  new Promise((resolve, reject) => {
    const child = fork(casesProgram(), [], { execArgv: ['--expose-gc'] })
    let told: Told | null = null
    child.once('message', message => {
      told = message as Told
    })
    child.once('error', reject)
    child.once('exit', code => resolve(code === 0 ? told : null))
    child.send(task)
  })

const measure = async (name: string, { short, rounds }: Asked): Promise<Measured | null> => {
  const folder = await mkdtemp(join(tmpdir(), `duologue-bench-`))
  try {
    const [began, load] = [performance.now(), loadNow()]
    const told = await runCase({ name, context: { short, rounds, folder } })
    // What is measured once, and small, reaches or misses nothing.
    const figures = told?.figures.map(figure => (short ? { ...figure, reached: null } : figure)) ?? []
    return told && { ...told, figures, seconds: (performance.now() - began) / 1000, load: [load, loadNow()] }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

const git = (...args: readonly string[]): string => {
  try {
    return execFileSync('git', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return '' // not a git folder, or no git: the result is kept without its commit
  }
}

const commitNow = (): string =>
  (git('rev-parse', '--short', 'HEAD') || 'nocommit') + (git('status', '--porcelain') === '' ? '' : '+')

const keep = (run: Run): string => {
  const folder = join('bench', 'results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${run.at.slice(0, 19).replaceAll(':', '')}-${run.commit}.json`)
  writeFileSync(path, `${JSON.stringify(run)}\n`)
  return path
}

const main = async (): Promise<number> => {
  const given = asked()
  const [at, commit, machine] = [new Date().toISOString(), commitNow(), await describeMachine()]
  const benches: Measured[] = []
  const broken: string[] = []
  for (const name of given.names) {
    process.stderr.write(`${name} …\n`)
    const measured = await measure(name, given)
    if (measured) benches.push(measured)
    else broken.push(name)
    if (measured && given.names.length > 1) process.stderr.write(`${measuredText(measured)}\n\n`)
  }
  const run: Run = { at, commit, ...{ short: given.short, rounds: given.rounds }, machine, benches, broken }
  process.stdout.write(`${runText(run)}\n\nkept in ${keep(run)}\n`)
  return broken.length === 0 ? 0 : 1
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  },
)
