/** What waits for the human in one pair, as the host tells the window. */
export interface Waiting {
  readonly pair: string
  /** The first line of its intent. */
  readonly intent: string
  /** Questions, approvals, holds, and a journal that cannot be written. */
  readonly count: number
  /** It has ended by itself, and nobody has looked since. */
  readonly ended: boolean
}
