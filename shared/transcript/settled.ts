/**
 * Entries in order, each as soon as no later event can change it, over any stream of events: this is how a transcript
 * of any length is written with bounded memory. When very much waits behind one entry that stays open, that entry is
 * given as it stands: memory stays bounded and order stays right, and only what happened to it later is missing.
 */
import { unsealed } from '../journal/entries'
import type { Entry } from '../journal/entry'
import type { JournalEvent } from '../journal/line'
import {
  emptyTimeline,
  foldTimeline,
  forgetEntries,
  settledCount,
  type Timeline,
  timelineEntry,
} from '../journal/timeline'

/** An entry is rarely over a few kilobytes; agents' longest messages are some hundred. */
const MAX_WAITING = 2_000
const MAX_WAITING_CHARS = 16_000_000

export interface Settling {
  /** Takes one more event and gives the entries that are final now. */
  take(event: JournalEvent): readonly Entry[]
  /** What is left, as it stands at the end. */
  rest(): readonly Entry[]
}

export const createSettling = (): Settling => {
  // Only the newest version is ever looked at.
  let timeline: Timeline = { ...emptyTimeline, entries: unsealed(emptyTimeline.entries) }
  let given = 0
  let chars = 0
  const give = (to: number): readonly Entry[] => {
    if (to <= given) return []
    const entries: Entry[] = []
    for (; given < to; given += 1) {
      const entry = timelineEntry(timeline, given)
      if (entry) entries.push(entry)
    }
    timeline = forgetEntries(timeline, given)
    chars = 0
    return entries
  }
  return {
    take: event => {
      timeline = foldTimeline(timeline, event)
      if ('text' in event) chars += event.text.length
      const settled = settledCount(timeline)
      const waiting = timeline.entries.length - given
      const tooMuch = waiting > MAX_WAITING || chars > MAX_WAITING_CHARS
      // All but the last, which is what is happening now.
      return give(tooMuch ? Math.max(settled, timeline.entries.length - 1) : settled)
    },
    rest: () => give(timeline.entries.length),
  }
}
