/** What the system says about the app's processes; Linux only, from /proc. */
import { readdirSync, readFileSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'

/** Ticks of /proc/<pid>/stat a second, as Linux has told programs since 2.6. */
const TICKS = 100

export interface Memory {
  /** Seconds since the soak began. */
  readonly at: number
  /** Megabytes by kind of process: `Browser` is main, `Tab` the renderer. */
  readonly mb: Readonly<Record<string, number>>
}

export const memoryOf = async (app: ElectronApplication, at: number): Promise<Memory> => {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, memory }) => ({ type, kb: memory.workingSetSize })),
  )
  const mb: Record<string, number> = {}
  for (const { type, kb } of metrics) mb[type] = (mb[type] ?? 0) + kb / 1024
  return { at, mb }
}

export const fdsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

const ticksOf = (pid: number): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return 0 // it has ended
  }
}

/** Percent of one core that these used together while `wait` went by. */
export const cpuDuring = async (pids: readonly number[], wait: () => Promise<void>): Promise<number> => {
  const begun = performance.now()
  const before = new Map(pids.map(pid => [pid, ticksOf(pid)]))
  await wait()
  const seconds = (performance.now() - begun) / 1000
  const used = pids.map(pid => Math.max(0, ticksOf(pid) - (before.get(pid) ?? 0)))
  return (used.reduce((sum, ticks) => sum + ticks, 0) / TICKS / seconds) * 100
}

/** Least squares, in megabytes an hour; null with too little to tell. */
export const growthOf = (samples: readonly Memory[], kind: string): number | null => {
  const points = samples.flatMap(({ at, mb }) => (mb[kind] === undefined ? [] : [{ x: at, y: mb[kind] }]))
  if (points.length < 5) return null
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(point => point.x), mean(point => point.y)]
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  const along = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  return spread === 0 ? null : (along / spread) * 3600
}
