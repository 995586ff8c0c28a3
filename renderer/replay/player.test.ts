import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReplayFrame, ReplayPiece, ReplayStep } from '../../shared/replay/frames'
import { createPlayer, type PlayerDeps, type ReplayScreen } from './player'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const output = (data: string): ReplayStep => ({ type: 'output', data })
const frame = (data: string, next: number): ReplayFrame => ({
  ...{ cols: 80, rows: 24, screen: '', steps: [output(data)], next },
})

/** A recording that says its second, each second until `length`, some seconds a piece. */
const recording = (length: number) => ({
  frame: (at: number): ReplayFrame => frame(`up to ${Math.floor(at / 1000)}`, Math.floor(at / 1000) + 1),
  read: (from: number): ReplayPiece => {
    const seconds = Array.from({ length: 4 }, (_, index) => from + index).filter(second => second <= length)
    const last = seconds.at(-1) ?? from
    const more = last < length
    return {
      steps: seconds.map(second => ({ ...output(` ${second}`), at: second * 1000 })),
      ...{ next: last + 1, until: more ? last * 1000 : null, more },
    }
  },
})

const screen = () => {
  const seen: string[] = []
  const draw = (steps: readonly ReplayStep[]) =>
    seen.push(...steps.flatMap(step => (step.type === 'output' ? [step.data] : [])))
  const shown: ReplayScreen = {
    show: async given => {
      seen.length = 0
      draw(given?.steps ?? [])
    },
    play: async steps => void draw(steps),
  }
  return { seen, shown }
}

const started = (change: Partial<PlayerDeps> = {}) => {
  const { frame: frameAt, read } = recording(20)
  const moments: number[] = []
  let ended = 0
  const player = createPlayer(
    {
      frame: async (_, at) => frameAt(at),
      read: async (_, from) => read(from),
      nextEvent: () => Number.POSITIVE_INFINITY,
      end: () => 20_000,
      moved: at => moments.push(at),
      ended: () => {
        ended += 1
        player.pause()
      },
      ...change,
    },
    0,
  )
  return { player, moments, ended: () => ended }
}

test('a terminal that comes is taken to the moment of the others', async () => {
  const { player } = started()
  const left = screen()
  player.attach('left', left.shown)
  await player.seek(5_500)
  const right = screen()
  player.attach('right', right.shown)
  await vi.advanceTimersByTimeAsync(0)
  expect([left.seen, right.seen]).toEqual([['up to 5'], ['up to 5']])
  player.stop()
})

test('it plays everything once, in order, at the speed, and stops at the end', async () => {
  const { player, moments, ended } = started()
  const left = screen()
  player.attach('left', left.shown)
  await player.seek(2_000)
  player.play()
  await vi.advanceTimersByTimeAsync(3_100)
  expect(left.seen).toEqual(['up to 2', ' 3', ' 4', ' 5'])
  player.setSpeed(16)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(left.seen).toEqual(['up to 2', ...Array.from({ length: 18 }, (_, index) => ` ${index + 3}`)])
  expect(ended()).toBe(1)
  expect(moments).toEqual([...moments].sort((a, b) => a - b))
  player.stop()
})

test('of many moments chosen on the way only the last is shown', async () => {
  const asked: number[] = []
  const { frame: frameAt } = recording(20)
  const { player } = started({
    frame: async (_, at) => {
      asked.push(at)
      return frameAt(at)
    },
  })
  const left = screen()
  player.attach('left', left.shown)
  await vi.advanceTimersByTimeAsync(0)
  void player.seek(1_000)
  void player.seek(2_000)
  void player.seek(3_000)
  await player.seek(4_000)
  expect(left.seen).toEqual(['up to 4'])
  expect(asked).toEqual([0, 1_000, 4_000])
  player.stop()
})

test('the clock waits for a terminal that cannot follow', async () => {
  let parsed = () => {}
  const { player, moments } = started({
    read: async () => ({
      steps: [1, 2, 3].map(second => ({ ...output('x'.repeat(600_000)), at: second * 1000 })),
      ...{ next: 4, until: null, more: false },
    }),
  })
  player.attach('left', {
    show: async () => {},
    play: () =>
      new Promise(resolve => {
        parsed = resolve
      }),
  })
  await player.seek(0)
  player.play()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(moments.at(-1)).toBeLessThan(1_100)
  parsed()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(moments.at(-1)).toBeGreaterThan(1_900)
  expect(moments.at(-1)).toBeLessThan(2_100)
  player.stop()
})
