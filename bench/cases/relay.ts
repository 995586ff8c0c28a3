/**
 * A turn's end comes in, and the message stands in the other seat's channel with the journal synced: alone, with ten pairs at work
 * whose twenty terminals repaint, and in a git repository, which is asked what changed. Beside it the floor: the bytes that the
 * journal got meanwhile, in one append and one sync.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createEngine, type Engine } from '../../electron/pair/engine'
import { spawnNodePty } from '../../electron/pty/node-pty'
import type { Pty } from '../../electron/pty/pty'
import type { SeatId } from '../../shared/pair/seat'
import type { Bench, BenchContext, Figure } from '../bench'
import { countedDisk, openFloor, type Written } from '../relay-disk'
import { createPlayers, type Players, startPair, takeTurns } from '../relay-pair'
import { percentile } from '../samples'

const SEATS = ['left', 'right'] as const
/** Of a terminal at work, as a TUI repaints a part of its screen. */
const REPAINT_MS = 100
const REPAINT = Array.from(
  { length: 20 },
  (_, row) => `\x1b[${row + 1};1H\x1b[38;5;${20 + row}m${'working on it '.repeat(5)}\x1b[0m\x1b[K`,
).join('')

interface Sample {
  readonly from: SeatId
  readonly ms: number
  readonly floor: number
  readonly written: Written
  /** Milliseconds of this process, on all its threads. */
  readonly cpu: number
}

interface Stage {
  readonly engine: Engine
  readonly players: Players
  readonly disk: ReturnType<typeof countedDisk>
}

const openStage = (root: string): Stage => {
  const players = createPlayers()
  const disk = countedDisk()
  const { agent } = players
  const engine = createEngine({
    dataFolder: join(root, 'data'),
    practiceProof: () => 'true',
    quietMs: () => 600_000,
    agents: { practice: agent, claude: agent, codex: agent, opencode: agent, command: agent },
    env: async () => ({ PATH: process.env.PATH ?? '', HOME: root, TERM: 'xterm-256color' }),
    spawn: spawnNodePty,
    size: () => ({ cols: 100, rows: 30 }),
    now: () => new Date(),
    log: line => process.stderr.write(`  ${line}\n`),
    openFile: disk.openFile,
  })
  return { engine, players, disk }
}

const minus = (now: Written, before: Written): Written => ({
  bytes: now.bytes - before.bytes,
  syncs: now.syncs - before.syncs,
  ms: now.ms - before.ms,
})

interface Shape {
  readonly name: string
  readonly pairs: number
  readonly handoffs: number
  readonly dwellMs: number
  readonly terminals: boolean
  readonly git: boolean
}

const makeFolder = (root: string, git: boolean): string => {
  const folder = join(root, 'work')
  mkdirSync(join(folder, 'src'), { recursive: true })
  if (!git) return folder
  const run = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      stdio: 'ignore',
    })
  for (let n = 0; n < 200; n++)
    writeFileSync(join(folder, 'src', `part-${n}.ts`), `export const part = ${n}\n`)
  run('init', '--quiet')
  run('add', '.')
  run('commit', '--quiet', '-m', 'begin')
  return folder
}

/** A program that gives back what it is given, so that real bytes come through a real terminal; returns its stop. */
const repaint = (ptys: readonly Pty[]): (() => void) => {
  const timer = setInterval(() => {
    for (const pty of ptys) pty.write(REPAINT)
  }, REPAINT_MS)
  return () => {
    clearInterval(timer)
    for (const pty of ptys) pty.kill('SIGHUP')
  }
}

const openTerminals = ({ players }: Stage, pair: string, folder: string): readonly Pty[] =>
  SEATS.map(seat => {
    const { spawn, env } = players.context(pair, seat)
    return spawn({ file: 'sh', args: ['-c', 'stty raw -echo; exec cat'], cwd: folder, env })
  })

const measure = async (shape: Shape, root: string): Promise<readonly Sample[]> => {
  const stage = openStage(root)
  const { engine, players, disk } = stage
  const folder = makeFolder(root, shape.git)
  const floor = await openFloor(join(root, 'floor'))
  const samples: Sample[] = []
  const pairs: string[] = []
  try {
    const turns = Array.from({ length: shape.pairs }, async (_, number) => {
      const pair = await startPair(engine, folder, number)
      pairs.push(pair)
      let before = disk.of(pair)
      let cpu = process.cpuUsage()
      const ending = async (seat: SeatId): Promise<void> => {
        if (shape.git && seat === 'left')
          writeFileSync(join(folder, 'src', 'part-0.ts'), `export const part = '${samples.length}'\n`)
        before = disk.of(pair)
        cpu = process.cpuUsage()
      }
      const handed = async (from: SeatId, ms: number): Promise<void> => {
        const { user, system } = process.cpuUsage(cpu)
        const written = minus(disk.of(pair), before)
        samples.push({
          from,
          ms,
          written,
          cpu: (user + system) / 1000,
          floor: await floor.once(written.bytes),
        })
      }
      const dwell = () => wait(shape.dwellMs * (0.5 + ((number * 37) % 100) / 100))
      return { pair, go: () => takeTurns({ engine, players, pair, dwell, ending, handed }, shape.handoffs) }
    })
    const ready = await Promise.all(turns)
    await wait(50)
    const stop = shape.terminals
      ? repaint(ready.flatMap(({ pair }) => openTerminals(stage, pair, folder)))
      : () => undefined
    await Promise.all(ready.map(({ go }) => go()))
    stop()
    return samples
  } finally {
    await engine.closeAll()
    await floor.close()
  }
}

const GOAL = 'p50 ≤ +2 ms, p99 ≤ +10 ms'

const median = (numbers: readonly number[]): string => percentile(numbers, 0.5).toFixed(2)

const figureOf = (what: string, samples: readonly Sample[]): Figure => {
  const ours = samples.map(({ ms }) => ms)
  const other = samples.map(({ floor }) => floor)
  const over = (share: number): number => percentile(ours, share) - percentile(other, share)
  const of = (read: (sample: Sample) => number): string => median(samples.map(read))
  return {
    ...{ what, unit: 'ms', ours, other, goal: GOAL, reached: over(0.5) <= 2 && over(0.99) <= 10 },
    notes: `p50 +${over(0.5).toFixed(2)} ms, p99 +${over(0.99).toFixed(2)} ms; median of a handoff: ${of(({ written }) => written.syncs)} syncs, ${of(({ written }) => written.bytes)} bytes, ${of(({ written }) => written.ms)} ms on the disk, ${of(({ ms, written }) => ms - written.ms)} ms elsewhere, ${of(({ cpu }) => cpu)} ms of CPU`,
  }
}

/** Both directions apart: to the navigator the workspace is measured first. */
const figuresOf = (name: string, samples: readonly Sample[]): readonly Figure[] => [
  figureOf(
    `${name}: driver to navigator`,
    samples.filter(({ from }) => from === 'left'),
  ),
  figureOf(
    `${name}: navigator to driver`,
    samples.filter(({ from }) => from === 'right'),
  ),
]

const run = async ({ short, rounds, folder, log }: BenchContext) => {
  const count = (full: number): number => (short ? 4 : full * rounds)
  const shapes: readonly Shape[] = [
    { name: 'alone', pairs: 1, handoffs: count(80), dwellMs: 10, terminals: false, git: false },
    { name: 'ten pairs', pairs: 10, handoffs: count(12), dwellMs: 60, terminals: true, git: false },
    { name: 'in git', pairs: 1, handoffs: count(12), dwellMs: 10, terminals: false, git: true },
  ]
  const figures: Figure[] = []
  for (const shape of shapes) {
    log(`${shape.name}: ${shape.pairs * shape.handoffs} handoffs`)
    const root = join(folder, shape.name.replaceAll(' ', '-'))
    mkdirSync(root)
    figures.push(...figuresOf(shape.name, await measure(shape, root)))
  }
  return { figures }
}

export const bench: Bench = {
  name: 'relay',
  title: 'a turn ends, and the other seat’s channel has the message',
  against: 'one append and sync of the same bytes',
  unit: 'ms',
  goal: GOAL,
  run,
}
