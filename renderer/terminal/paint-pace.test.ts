import type { Terminal } from '@xterm/xterm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type PaintPace, paceOf } from './paint-pace'

/** The terminals of a window know of each other, and those of a test are gone after it. */
const paces: PaintPace[] = []

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  for (const pace of paces.splice(0)) pace.stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Paints 16 ms after it was first asked to, as xterm.js does in the next frame. `spend`: what a painting takes. */
const paced = (spend: () => void = () => undefined) => {
  const paintings: { readonly at: number; readonly rows: string }[] = []
  let rendered: () => void = () => undefined
  let resized: () => void = () => undefined
  let key: () => void = () => undefined
  let asked = false
  const service = {
    refreshRows: (start: number, end: number, drawnOnly?: boolean) => {
      if (asked) return
      asked = true
      setTimeout(() => {
        asked = false
        paintings.push({ at: performance.now(), rows: `${start}-${end}${drawnOnly ? ' drawn only' : ''}` })
        if (!drawnOnly) rendered()
        spend()
      }, 16)
    },
  }
  const terminal = {
    _core: { _renderService: service },
    onRender: (listener: () => void) => {
      rendered = listener
      return { dispose: () => undefined }
    },
    onKey: (listener: () => void) => {
      key = listener
      return { dispose: () => undefined }
    },
    onResize: (listener: () => void) => {
      resized = listener
      return { dispose: () => undefined }
    },
  }
  const pace = paceOf(terminal as unknown as Terminal)
  paces.push(pace)
  return { paintings, service, pace, resized: () => resized(), key: () => key() }
}

test('what is little is painted in each frame', () => {
  const { paintings, service, pace } = paced()
  for (let n = 0; n < 50; n += 1) {
    pace.parsed(1_000)
    service.refreshRows(n % 7, 7)
    vi.advanceTimersByTime(20)
  }
  expect(paintings).toHaveLength(50)
})

test('a flood is painted now and then, its end too, and what follows at once', () => {
  const { paintings, service, pace } = paced()
  for (let n = 0; n < 100; n += 1) {
    pace.parsed(40_000)
    service.refreshRows(n % 7, 20 + (n % 7))
    vi.advanceTimersByTime(10)
  }
  const during = paintings.length
  expect(during).toBeGreaterThan(5)
  expect(during).toBeLessThan(40)
  vi.advanceTimersByTime(1_000)
  expect(paintings).toHaveLength(during + 1)
  // All rows that changed since the painting before.
  expect(paintings.at(-1)?.rows).toBe('0-26')
  const before = performance.now()
  pace.parsed(1)
  service.refreshRows(3, 3)
  vi.advanceTimersByTime(16)
  expect(paintings.at(-1)).toEqual({ at: before + 16, rows: '3-3' })
})

test('two floods share the time for paintings: each has half the pictures', () => {
  const now = performance.now.bind(performance)
  let spent = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now() + spent)
  const terminals = [1, 2].map(() =>
    paced(() => {
      spent += 30
    }),
  )
  const flood = (which: typeof terminals) => {
    const before = which.map(({ paintings }) => paintings.length)
    for (let n = 0; n < 1_000; n += 1) {
      for (const { pace, service } of which) {
        pace.parsed(40_000)
        service.refreshRows(0, 20)
      }
      vi.advanceTimersByTime(10)
    }
    return which.map(({ paintings }, at) => paintings.length - (before[at] ?? 0))
  }
  const [alone = 0] = flood(terminals.slice(0, 1))
  expect(alone).toBeGreaterThan(40)
  for (const beside of flood(terminals)) {
    expect(beside).toBeGreaterThan(alone * 0.4)
    expect(beside).toBeLessThan(alone * 0.7)
  }
})

test('while somebody types, the floods of the other terminals wait longer, and what is little does not', () => {
  const flooded = paced()
  const other = paced()
  const flood = (ms: number) => {
    const before = flooded.paintings.length
    for (let n = 0; n < ms / 10; n += 1) {
      flooded.pace.parsed(40_000)
      flooded.service.refreshRows(0, 20)
      vi.advanceTimersByTime(10)
    }
    return flooded.paintings.length - before
  }
  const alone = flood(2_000)
  const typing = [0, 1, 2, 3].map(() => {
    other.key()
    other.pace.parsed(1)
    other.service.refreshRows(3, 3)
    return flood(500)
  })
  const beside = typing.reduce((sum, each) => sum + each)
  expect(alone).toBeGreaterThan(20)
  expect(beside).toBeGreaterThan(0)
  expect(beside).toBeLessThan(4)
  expect(other.paintings).toHaveLength(4)
  // Its own keys do not hold it up, and a second after the last one nothing does.
  flooded.key()
  expect(flood(2_000)).toBeGreaterThan(20)
  other.key()
  flood(1_000)
  expect(flood(1_000)).toBeGreaterThan(10)
})

test('what only redraws stays that, and what changes among it does not', () => {
  const { paintings, service, pace } = paced()
  const flood = () => {
    pace.parsed(40_000)
    service.refreshRows(0, 0)
    vi.advanceTimersByTime(16)
  }
  flood()
  vi.advanceTimersByTime(1)
  service.refreshRows(2, 3, true)
  vi.advanceTimersByTime(1_000)
  expect(paintings.at(-1)?.rows).toBe('2-3 drawn only')
  flood()
  vi.advanceTimersByTime(1)
  service.refreshRows(2, 3, true)
  service.refreshRows(4, 4)
  vi.advanceTimersByTime(1_000)
  expect(paintings.at(-1)?.rows).toBe('2-4')
})

test('a new size is painted at once', () => {
  const { paintings, service, pace, resized } = paced()
  pace.parsed(40_000)
  service.refreshRows(0, 0)
  vi.advanceTimersByTime(17)
  pace.parsed(40_000)
  service.refreshRows(0, 30)
  resized()
  vi.advanceTimersByTime(16)
  expect(paintings.map(({ rows }) => rows)).toEqual(['0-0', '0-30'])
})

test('little, for a long time in which nothing was painted, is no flood', () => {
  const { paintings, service, pace } = paced()
  for (let n = 0; n < 100; n += 1) {
    pace.parsed(1_000)
    vi.advanceTimersByTime(1_000)
  }
  for (const row of [1, 2]) {
    service.refreshRows(row, row)
    vi.advanceTimersByTime(17)
  }
  expect(paintings.map(({ rows }) => rows)).toEqual(['1-1', '2-2'])
})

test('nothing is painted after it was stopped', () => {
  const { paintings, service, pace } = paced()
  pace.parsed(40_000)
  service.refreshRows(0, 0)
  vi.advanceTimersByTime(17)
  service.refreshRows(1, 1)
  pace.stop()
  vi.advanceTimersByTime(1_000)
  expect(paintings).toHaveLength(1)
})
