/**
 * Reading a journal: everything that can be read is, and whatever cannot is told. The main process reads from the disk,
 * line by line; the window reads the bytes that it was given of a pair, which is far less to copy than its events.
 */
import { decodeLine } from './decode'
import { goesOn, type JournalEvent } from './line'

export interface JournalRead {
  readonly events: readonly JournalEvent[]
  /** What could not be read, in words; empty when all was well. */
  readonly damage: readonly string[]
}

export interface JournalLine {
  readonly text: string
  /** 1-based. */
  readonly number: number
  /** False for what stands after the last newline. */
  readonly whole: boolean
}

export interface Reading<L extends JournalLine> {
  /** The next line; true when it is an event. */
  take(line: L): boolean
  end(): JournalRead & {
    readonly nextSeq: number
    readonly damagedLines: readonly L[]
    /** Where the decision begins whose last line never came; null: none was cut short. */
    readonly cut: L | null
  }
}

/** Only as many damages as a person can read are told one by one. */
const MAX_TOLD = 20

const bounded = (damage: readonly string[]): readonly string[] =>
  damage.length <= MAX_TOLD
    ? damage
    : [...damage.slice(0, MAX_TOLD), `and ${damage.length - MAX_TOLD} more places`]

export const createReading = <L extends JournalLine>(): Reading<L> => {
  const events: JournalEvent[] = []
  const damage: string[] = []
  const damagedLines: L[] = []
  let nextSeq = 0
  /** A bad line explains the gap after it. */
  let excused = false
  /** Where the decision begins whose last line has not been read yet; null between two. */
  let unfinished: { readonly line: L; readonly events: number; readonly nextSeq: number } | null = null
  /** What stands after the last newline and is no event. */
  let torn = false

  const tellGap = (seq: number, line: number): void => {
    if (seq === nextSeq || (seq > nextSeq && excused)) return
    const what =
      seq > nextSeq
        ? `events ${nextSeq} to ${seq - 1} are missing before line ${line}`
        : `line ${line} repeats or reorders event ${seq} and was left out`
    damage.push(what)
  }

  /** Takes the line's event; returns why it is none, or null. */
  const takeEvent = (line: L): string | null => {
    const decoded = decodeLine(line.text)
    const begun = unfinished ?? { line, events: events.length, nextSeq }
    if (decoded.ok || line.whole) unfinished = decoded.ok && goesOn(line.text) ? begun : null
    if (!decoded.ok) return decoded.error.why
    const { seq } = decoded.value
    tellGap(seq, line.number)
    excused = false
    if (seq < nextSeq) {
      damagedLines.push(line)
    } else {
      events.push(decoded.value)
      nextSeq = seq + 1
    }
    return null
  }

  return {
    take: line => {
      const why = takeEvent(line)
      if (why === null) return true
      if (!line.whole) {
        torn = true
        return false
      }
      damagedLines.push(line)
      excused = true
      damage.push(`line ${line.number} is unreadable (${why})`)
      return false
    },
    end: () => {
      if (unfinished) {
        // Nothing of it was acted on: half a decision would leave the pair between two states.
        const told = bounded([...damage, 'the last write was cut short and was left out'])
        const kept = events.slice(0, unfinished.events)
        return { events: kept, damage: told, nextSeq: unfinished.nextSeq, damagedLines, cut: unfinished.line }
      }
      const told = bounded(torn ? [...damage, 'the last line was cut short and was left out'] : damage)
      return { events, damage: told, nextSeq, damagedLines, cut: null }
    },
  }
}
