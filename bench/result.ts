/** A run as it is kept: every sample, and the machine that they were taken on. */
import type { Figure } from './bench'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly os: string
  /** Of the folder that the benchmarks write into. */
  readonly disk: string
  readonly node: string
  readonly electron: string
  /** Of the last minute, when the run began. */
  readonly load: number
  /** Of this process; 0 is usual, 19 gives way to everybody. */
  readonly nice: number
}

export interface Measured {
  readonly name: string
  readonly title: string
  readonly against: string
  readonly goal: string
  readonly unit: string
  readonly figures: readonly Figure[]
  /** How long it took, and the load of the last minute when it began and when it had ended. */
  readonly seconds: number
  readonly load: readonly [number, number]
}

export interface Run {
  /** ISO 8601. */
  readonly at: string
  /** Short hash, with `+` where files differed from it. */
  readonly commit: string
  readonly short: boolean
  readonly rounds: number
  readonly machine: Machine
  readonly benches: readonly Measured[]
  /** Names of those that broke. */
  readonly broken: readonly string[]
}

export const machineLine = ({
  cpu,
  cores,
  memoryGb,
  os,
  disk,
  node,
  electron,
  load,
  nice,
}: Machine): string =>
  `${cores} × ${cpu}, ${memoryGb.toFixed(0)} GB, ${os}, ${disk}, Node ${node}, Electron ${electron}, load ${load.toFixed(1)} when it began${nice === 0 ? '' : `, nice ${nice}`}`
