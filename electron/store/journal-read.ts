/**
 * Reading a journal: everything that can be read is, and whatever cannot is told. Reading changes nothing;
 * `openJournal` does the repairs.
 */
import { decodeLine, goesOn, type JournalEvent } from '../../shared/journal/line'
import { err, ok, type Result } from '../../shared/result'
import { type Line, lineBatches } from './lines'
import { errorCode, type StoreError, storeError } from './trouble'

export interface JournalRead {
  readonly events: readonly JournalEvent[]
  /** What could not be read, in words; empty when all was well. */
  readonly damage: readonly string[]
}

export interface JournalScan extends JournalRead {
  readonly nextSeq: number
  /** Bytes up to the end of the last whole decision. */
  readonly goodLength: number
  /** Something stands after it: a write that was cut off, maybe between two lines. */
  readonly torn: boolean
  /** True when that is a whole event that only lost its newline. */
  readonly tornIsEvent: boolean
  readonly damagedLines: readonly Line[]
}

/** Only as many damages as a person can read are told one by one. */
const MAX_TOLD = 20

interface Reading {
  readonly events: JournalEvent[]
  readonly damage: string[]
  readonly damagedLines: Line[]
  nextSeq: number
  /** A bad line explains the gap after it. */
  excused: boolean
  /** Where the decision begins whose last line has not been read yet; null between two. */
  unfinished: { readonly offset: number; readonly events: number; readonly nextSeq: number } | null
}

const tellGap = (reading: Reading, seq: number, line: number): void => {
  const { nextSeq } = reading
  if (seq === nextSeq || (seq > nextSeq && reading.excused)) return
  const what =
    seq > nextSeq
      ? `events ${nextSeq} to ${seq - 1} are missing before line ${line}`
      : `line ${line} repeats or reorders event ${seq} and was left out`
  reading.damage.push(what)
}

/** Takes the line's event; returns why it is none, or null. */
const take = (reading: Reading, line: Line): string | null => {
  const decoded = decodeLine(line.text)
  const { events, nextSeq } = reading
  const begun = reading.unfinished ?? { offset: line.offset, events: events.length, nextSeq }
  if (decoded.ok || line.whole) reading.unfinished = decoded.ok && goesOn(line.text) ? begun : null
  if (!decoded.ok) return decoded.error.why
  const { seq } = decoded.value
  tellGap(reading, seq, line.number)
  reading.excused = false
  if (seq < reading.nextSeq) {
    reading.damagedLines.push(line)
  } else {
    reading.events.push(decoded.value)
    reading.nextSeq = seq + 1
  }
  return null
}

const takeWhole = (reading: Reading, line: Line): void => {
  const why = take(reading, line)
  if (why === null) return
  reading.damagedLines.push(line)
  reading.excused = true
  reading.damage.push(`line ${line.number} is unreadable (${why})`)
}

const bounded = (damage: readonly string[]): readonly string[] =>
  damage.length <= MAX_TOLD
    ? damage
    : [...damage.slice(0, MAX_TOLD), `and ${damage.length - MAX_TOLD} more places`]

/** A missing file reads as empty. For `openJournal`; others use `readJournal`. */
export const scanJournal = async (path: string): Promise<Result<JournalScan, StoreError>> => {
  const reading: Reading = {
    events: [],
    damage: [],
    damagedLines: [],
    nextSeq: 0,
    excused: false,
    unfinished: null,
  }
  let goodLength = 0
  let torn = ''
  let tornIsEvent = false
  try {
    for await (const batch of lineBatches(path)) {
      for (const line of batch) {
        if (line.whole) {
          takeWhole(reading, line)
        } else {
          goodLength = line.offset
          torn = line.text
          tornIsEvent = take(reading, line) === null
        }
      }
      const last = batch.at(-1)
      if (last?.whole) goodLength = last.end
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return err(storeError('The journal could not be read', error))
  }
  const { damagedLines, unfinished } = reading
  if (unfinished) {
    // Nothing of it was acted on: half a decision would leave the pair between two states.
    reading.damage.push('the last write was cut short and was left out')
    const { events, nextSeq } = unfinished
    const kept = reading.events.slice(0, events)
    const cut = { goodLength: unfinished.offset, torn: true, tornIsEvent: false }
    return ok({ events: kept, damage: bounded(reading.damage), damagedLines, nextSeq, ...cut })
  }
  if (torn !== '' && !tornIsEvent) reading.damage.push('the last line was cut short and was left out')
  const { events, nextSeq } = reading
  const end = { goodLength, torn: torn !== '', tornIsEvent }
  return ok({ events, damage: bounded(reading.damage), damagedLines, nextSeq, ...end })
}

/** Reads without a lock and changes nothing; good for viewing, also while another process writes. */
export const readJournal = async (path: string): Promise<Result<JournalRead, StoreError>> => {
  const scan = await scanJournal(path)
  return scan.ok ? ok({ events: scan.value.events, damage: scan.value.damage }) : scan
}
