/**
 * Flow control by acknowledged characters. A consumer owes what it was sent and has not acknowledged; above the
 * high mark the source pauses, below the low mark it goes on. Characters are UTF-16 units (`string.length`).
 */
export interface Flow {
  /** Characters sent and not yet acknowledged; never negative. */
  readonly owed: number
  readonly paused: boolean
}

/** A consumer's debt at which its source pauses: a few frames of a flood, small enough that Ctrl-C feels instant. */
export const HIGH_MARK = 200_000
/** A consumer's debt below which its source goes on. */
export const LOW_MARK = 80_000
/** ≤ LOW_MARK, or a consumer that holds back less than one step could keep its source paused for ever. */
export const ACK_CHARS = 5_000
/** One message of input; a longer paste is sent in several. */
export const MAX_INPUT_CHARS = 1_000_000

/** Where every consumer begins: a new one, and one that came back after a reload. */
export const noDebt: Flow = { owed: 0, paused: false }

export const sent = (flow: Flow, chars: number): Flow => settle(flow.paused, flow.owed + chars)

/** More than is owed counts as all of it: an acknowledgement from before a reset must not make credit. */
export const acknowledged = (flow: Flow, chars: number): Flow =>
  settle(flow.paused, Math.max(0, flow.owed - Math.max(0, chars)))

const settle = (paused: boolean, owed: number): Flow => ({
  owed,
  paused: paused ? owed >= LOW_MARK : owed > HIGH_MARK,
})

/** The consumer's side: what it has taken in and not yet acknowledged, and what is to be acknowledged now. */
export const consumed = (
  held: number,
  chars: number,
): { readonly held: number; readonly acknowledge: number } => {
  const total = held + chars
  const acknowledge = total - (total % ACK_CHARS)
  return { held: total - acknowledge, acknowledge }
}
