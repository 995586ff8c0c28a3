/** What `duologue run` prints while the pair works: the timeline, or the journal. In order of time, each line once. */
import type { Entry } from '../../shared/journal/entry'
import { plainLine } from '../../shared/journal/plain'
import { emptyTimeline, entriesOf, foldTimeline } from '../../shared/journal/timeline'
import type { Stamped } from '../../shared/pair/events'

type Print = (text: string) => void

export const jsonLines =
  (print: Print) =>
  (event: Stamped): void =>
    print(JSON.stringify({ v: 1, ...event }))

/** A line for each thing that an entry comes to say: a turn begins, and it ends. Null: nothing yet. */
const stageOf = (entry: Entry): 'begun' | 'told' | null => {
  switch (entry.type) {
    case 'turn':
    case 'proof':
      return entry.endedAt === null ? 'begun' : 'told'
    case 'request':
      return entry.closedAt === null ? 'begun' : 'told'
    case 'delivery':
      return entry.status === 'waiting' || entry.status === 'sending' ? null : 'told'
    default:
      return 'told'
  }
}

export const timelineLines = (print: Print): ((event: Stamped) => void) => {
  const printed = new Map<number, 'begun' | 'told'>()
  let timeline = emptyTimeline
  return event => {
    timeline = foldTimeline(timeline, event)
    for (const entry of entriesOf(timeline)) {
      const stage = stageOf(entry)
      const before = printed.get(entry.seq)
      if (stage === null || before === stage || before === 'told') continue
      printed.set(entry.seq, stage)
      print(plainLine(entry))
    }
  }
}
