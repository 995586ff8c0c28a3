/** Reading a journal from the disk (`shared/journal/reading.ts`). It changes nothing; `openJournal` does the repairs. */
import { readFile } from 'node:fs/promises'
import { decodeLine } from '../../shared/journal/decode'
import type { JournalEvent } from '../../shared/journal/line'
import { createReading, type JournalRead } from '../../shared/journal/reading'
import { err, ok, type Result } from '../../shared/result'
import { type Line, lineBatches } from './lines'
import { errorCode, type StoreError, storeError } from './trouble'

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

const CANNOT = 'The journal could not be read'

/** A missing file reads as empty. For `openJournal`; others use `readJournal`. */
export const scanJournal = async (path: string): Promise<Result<JournalScan, StoreError>> => {
  const reading = createReading<Line>()
  let goodLength = 0
  let torn = false
  let tornIsEvent = false
  try {
    for await (const batch of lineBatches(path)) {
      for (const line of batch) {
        const isEvent = reading.take(line)
        goodLength = line.whole ? line.end : line.offset
        torn = !line.whole
        tornIsEvent = torn && isEvent
      }
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return err(storeError(CANNOT, error))
  }
  const { cut, ...read } = reading.end()
  return ok(
    cut
      ? { ...read, goodLength: cut.offset, torn: true, tornIsEvent: false }
      : { ...read, goodLength, torn, tornIsEvent },
  )
}

/** Reads without a lock and changes nothing; good for viewing, also while another process writes. */
export const readJournal = async (path: string): Promise<Result<JournalRead, StoreError>> => {
  const scan = await scanJournal(path)
  return scan.ok ? ok({ events: scan.value.events, damage: scan.value.damage }) : scan
}

/** As it is on the disk; a missing one is empty. */
export const journalBytes = async (path: string): Promise<Result<Uint8Array, StoreError>> => {
  try {
    return ok(await readFile(path))
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? ok(new Uint8Array()) : err(storeError(CANNOT, error))
  }
}

/** What the journal begins with; undefined when that cannot be read. */
export const firstEvent = async (path: string): Promise<JournalEvent | undefined> => {
  try {
    for await (const [line] of lineBatches(path)) {
      const decoded = line && decodeLine(line.text)
      return decoded?.ok ? decoded.value : undefined
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  return undefined
}
