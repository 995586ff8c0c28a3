/** For tests: what is said between a host and the one who kills it. */
import type { PairId } from '../../../shared/ids'
import type { StartRequest } from '../../../shared/ipc'
import type { Stamped } from '../../../shared/pair/events'
import type { Command } from '../../../shared/pair/inputs'
import type { SeatId } from '../../../shared/pair/seat'

export type HostRequest =
  | { readonly type: 'start'; readonly start: StartRequest }
  | { readonly type: 'command'; readonly pair: PairId; readonly command: Command }
  /** Keys of the human in this seat's terminal. */
  | { readonly type: 'keys'; readonly pair: PairId; readonly seat: SeatId; readonly keys: string }

export interface ToHost {
  readonly n: number
  readonly request: HostRequest
}

export type FromHost =
  | { readonly type: 'events'; readonly pair: PairId; readonly events: readonly Stamped[] }
  /** `error`: why it was refused, or null. */
  | { readonly type: 'reply'; readonly n: number; readonly error: string | null }
