/** The rows of the list of open pairs: what each says, in words alone. */
import type { Waiting } from '../../shared/attention/waiting'
import type { Now } from '../../shared/pair/now'
import type { Standing } from '../../shared/pair/standing'
import { plural } from '../../shared/score/format'
import { toldNow } from '../relay/words'

export interface OpenRow {
  readonly pair: string
  readonly title: string
  readonly now: Now
  readonly over: boolean
  readonly round: string
  /** Things that wait for the human in it. */
  readonly waiting: number
  /** Turns that have ended since it was shown last. */
  readonly unread: number
  /** All of it, for a reader and for whoever points at it. */
  readonly words: string
}

export const rowsOf = (standings: readonly Standing[], waiting: readonly Waiting[]): readonly OpenRow[] =>
  standings.map(({ pair, intent, ended, round, rounds, unread, ...standing }) => {
    const now = toldNow(standing.now)
    const count = waiting.find(each => each.pair === pair)?.count ?? 0
    const where = `Round ${round} of ${rounds}`
    const words = [
      now.text,
      count > 0 ? `${count} waiting for you` : null,
      unread > 0 ? `${plural(unread, 'turn')} since you looked` : null,
      where,
    ]
    return {
      ...{ pair, title: intent, now, over: ended, round: where, waiting: count, unread },
      words: `${intent}: ${words.filter(Boolean).join(', ')}`,
    }
  })
