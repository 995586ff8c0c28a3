/** For tests: all that a run is given, i.e. its agents' part, its human's habits and what goes wrong. */
import type { StartRequest } from '../../../shared/ipc'
import type { Command } from '../../../shared/pair/inputs'
import type { PairState } from '../../../shared/pair/model'
import type { DiskFault, Point } from './fault-disk'
import type { Habits } from './human'
import type { Random } from './random'
import type { Plot } from './script'

export interface Faults {
  /** Where the host dies at this write of the journal, counted from 0 over the life of the pair; null: it does not. */
  readonly host: (write: number) => Point | null
  /** How the disk fails at this write. */
  readonly disk?: (write: number) => DiskFault | null
  /** Probability at each event that the program of a seat is killed. */
  readonly seat: number
  /** Probability that a message vanishes on its way while both ends live. */
  readonly loss: number
  /** Probability that a program cannot be resumed at the first try. */
  readonly refusal: number
}

export interface Scenario {
  readonly root: string
  readonly random: Random
  readonly plot: Plot
  readonly request: Omit<StartRequest, 'folder' | 'left' | 'right'>
  readonly faults: Faults
  readonly habits: Habits
  /** Further commands for a state; for what only some plots need. */
  readonly command?: (state: PairState) => Command | undefined
}
