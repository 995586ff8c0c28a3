/**
 * A moment of a recording of four hours, for both terminals: the host finds its keyframe and what follows it, and a terminal without a
 * window is given both. And the keyframes of such a recording, made from nothing.
 */
import { join } from 'node:path'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { Terminal } from '@xterm/headless'
import { BEGAN, stamp, writeLongCast } from '../../e2e/long-cast'
import { keysPath } from '../../electron/store/keyframes'
import { buildKeyframes } from '../../electron/store/keyframes-build'
import { openReplay, type Replay } from '../../electron/store/replay'
import { atOnce, type ReplayFrame } from '../../shared/replay/frames'
import { EMPTIED } from '../../shared/terminal/keyframe'
import type { Bench, BenchContext, Figure } from '../bench'
import { percentile } from '../samples'

const HOURS = 4
const SEEKS = 60

const openTerminal = (): Terminal => {
  const terminal = new Terminal({ cols: 100, rows: 40, scrollback: 5_000, allowProposedApi: true })
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  return terminal
}

const written = (terminal: Terminal, data: string): Promise<void> =>
  new Promise(resolve => terminal.write(data, resolve))

const show = async (terminal: Terminal, { screen, steps }: ReplayFrame): Promise<void> => {
  await written(terminal, EMPTIED + atOnce(screen))
  for (const step of steps) if (step.type === 'output') await written(terminal, step.data)
}

const textOf = (terminal: Terminal): string => {
  const { active } = terminal.buffer
  return Array.from(
    { length: terminal.rows },
    (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
  ).join('\n')
}

interface Seat {
  readonly replay: Replay
  readonly terminal: Terminal
}

const seatOf = async (path: string): Promise<Seat> => {
  const replay = await openReplay(
    path,
    async () => {
      throw new Error('the keyframes were made again')
    },
    new Map(),
  )
  if (!replay) throw new Error(`${path} holds nothing`)
  return { replay, terminal: openTerminal() }
}

/** Both seats at a second: what the host took, and with both terminals. */
const seek = async (seats: readonly Seat[], second: number): Promise<readonly [number, number]> => {
  const began = performance.now()
  const frames = await Promise.all(seats.map(({ replay }) => replay.frameAt(BEGAN + second * 1_000 + 900)))
  const host = performance.now() - began
  for (const [at, { terminal }] of seats.entries()) {
    const frame = frames[at]
    if (frame) await show(terminal, frame)
  }
  const all = performance.now() - began
  for (const { terminal } of seats)
    if (!textOf(terminal).includes(stamp(second))) throw new Error(`${stamp(second)} does not show`)
  return [host, all]
}

const MOST_MS = 300
const GOAL = 'p95 < 300 ms'

const run = async ({ short, rounds, folder, log }: BenchContext) => {
  const seconds = short ? 600 : HOURS * 3_600
  const paths = [join(folder, 'driver.cast'), join(folder, 'navigator.cast')] as const
  log(`recordings of ${seconds} s`)
  const bytes = writeLongCast(paths[0], 'inline', seconds) + writeLongCast(paths[1], 'fullScreen', seconds)
  const made: number[] = []
  for (let round = 0; round < (short ? 1 : Math.min(rounds, 3)); round++) {
    log('keyframes from nothing')
    const began = performance.now()
    for (const path of paths) await buildKeyframes(path, keysPath(path))
    made.push(performance.now() - began)
  }
  const opened: number[] = []
  const [host, all]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const seats = await Promise.all(paths.map(seatOf))
    opened.push(performance.now() - began)
    log(`${SEEKS} moments`)
    for (let index = 0; index < (short ? 5 : SEEKS); index++) {
      const [inHost, inAll] = await seek(seats, (index * 7_919 + round * 131 + 13) % seconds)
      host.push(inHost)
      all.push(inAll)
    }
    for (const { terminal } of seats) terminal.dispose()
  }
  const told = (what: string, ours: readonly number[]): Figure => ({
    ...{ what, unit: 'ms', ours, other: null, goal: '', reached: null },
  })
  const figures: readonly Figure[] = [
    { ...told('a moment, both seats: host', host), goal: GOAL, reached: percentile(host, 0.95) < MOST_MS },
    {
      ...told('a moment, both seats: host and terminals', all),
      ...{ goal: GOAL, reached: percentile(all, 0.95) < MOST_MS },
      notes: `recordings of ${(bytes / 1e6).toFixed(1)} MB; terminals without a window`,
    },
    told('opened, keyframes there', opened),
    told('keyframes made from nothing', made),
  ]
  return { figures }
}

export const bench: Bench = {
  name: 'replay',
  title: 'a moment chosen in a recording of four hours',
  against: '',
  unit: 'ms',
  goal: GOAL,
  run,
}
