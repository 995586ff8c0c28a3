/**
 * A pair's journal: append-only, one writer, and nothing is acknowledged that is not in the file. A failed write is
 * cut back to the last good length before anything else is written, so a full disk costs a pause and never a line.
 */
import { chmod, mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeLine } from '../../shared/journal/line'
import type { JournalRead } from '../../shared/journal/reading'
import type { Stamped } from '../../shared/pair/events'
import { err, ok, type Result } from '../../shared/result'
import { type AppendFile, type OpenAppendFile, openAppendFile, syncDirectory } from './append-file'
import { type JournalScan, scanJournal } from './journal-read'
import { type Lock, takeLock } from './lock'
import { type StoreError, storeError } from './trouble'

export const JOURNAL_FILE = 'journal.jsonl'
const CANNOT_OPEN = 'The journal could not be opened'
const CANNOT_WRITE = 'The journal could not be written'

export interface Journal {
  /** What stood in it when it was opened. */
  readonly read: JournalRead
  /** The `seq` that the next appended event must have. */
  nextSeq(): number
  /**
   * Resolves when the lines are in the file, and on the disk when `sync`. Concurrent calls keep their order and share
   * writes. On an error none of *these* events is in the file: the same ones may be appended again later.
   */
  append(
    events: readonly Stamped[],
    options: { readonly sync: boolean },
  ): Promise<Result<undefined, StoreError>>
  /** Waits for what is being written, then lets another process open it. */
  close(): Promise<void>
}

export interface JournalOptions {
  /** A sentence when writing fails, null when it works again. */
  readonly onTrouble: (message: string | null) => void
  readonly openFile?: OpenAppendFile
}

interface Waiting {
  readonly events: readonly Stamped[]
  readonly sync: boolean
  readonly done: (result: Result<undefined, StoreError>) => void
}

const writeAll = async (file: AppendFile, bytes: Uint8Array): Promise<void> => {
  for (let from = 0; from < bytes.length; ) from += await file.write(bytes.subarray(from))
}

/** Copies what cannot be read beside the journal, then cuts a torn end off. The middle is never rewritten. */
const repair = async (dir: string, file: AppendFile, scan: JournalScan): Promise<number> => {
  if (scan.damagedLines.length > 0) {
    const lines = scan.damagedLines.map(line => `${line.text}\n`).join('')
    await writeFile(join(dir, 'journal.damaged'), lines, { mode: 0o600 })
  }
  if (!scan.torn) return file.size
  if (scan.tornIsEvent) {
    await writeAll(file, Buffer.from('\n'))
    await file.sync()
    return file.size + 1
  }
  const length = file.size - scan.goodLength
  const torn = Buffer.alloc(length)
  const source = await open(join(dir, JOURNAL_FILE), 'r')
  try {
    await source.read(torn, 0, length, scan.goodLength)
  } finally {
    await source.close()
  }
  await writeFile(join(dir, 'journal.torn'), Buffer.concat([torn, Buffer.from('\n')]), {
    mode: 0o600,
    flag: 'a',
  })
  await file.truncate(scan.goodLength)
  await file.sync()
  return scan.goodLength
}

/** The lines of one decision are whole or not there: each says how many follow, and a reader leaves out what is cut short. */
const linesOf = (events: readonly Stamped[]): string =>
  events.map((event, index) => encodeLine(event, events.length - 1 - index)).join('')

const ends = (events: readonly Stamped[], from: number): number | null => {
  let next = from
  for (const event of events) {
    if (event.seq !== next) return null
    next += 1
  }
  return next
}

/** Writes one batch after another; owns the file's good length and the next `seq`. */
class Writer {
  #good: number
  #next: number
  #dirty = false
  #troubled = false
  #queue: Waiting[] = []
  #running: Promise<void> | null = null
  #closed = false
  readonly #file: AppendFile
  readonly #onTrouble: (message: string | null) => void

  constructor(file: AppendFile, good: number, next: number, onTrouble: (message: string | null) => void) {
    this.#file = file
    this.#good = good
    this.#next = next
    this.#onTrouble = onTrouble
  }

  get next(): number {
    return this.#next
  }

  add(events: readonly Stamped[], sync: boolean): Promise<Result<undefined, StoreError>> {
    if (this.#closed) return Promise.resolve(err({ type: 'closed', message: 'The journal is closed.' }))
    return new Promise(done => {
      this.#queue.push({ events, sync, done })
      this.#running ??= this.#drain()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await this.#file.close()
  }

  async #drain(): Promise<void> {
    await Promise.resolve() // lets calls of the same tick share a write
    while (this.#queue.length > 0) await this.#flush(this.#queue.splice(0))
    this.#running = null
  }

  /** Those that do not continue the journal are refused and do not spoil the others. */
  #accept(batch: readonly Waiting[]): { readonly taken: readonly Waiting[]; readonly next: number } {
    let next = this.#next
    const taken = batch.filter(waiting => {
      const end = ends(waiting.events, next)
      if (end !== null) next = end
      else waiting.done(err({ type: 'order', message: `Expected event ${next} next; nothing was written.` }))
      return end !== null
    })
    return { taken, next }
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const { taken, next } = this.#accept(batch)
    if (taken.length === 0) return
    const bytes = Buffer.from(taken.map(({ events }) => linesOf(events)).join(''))
    try {
      if (this.#dirty) await this.#cutBack()
      this.#dirty = true
      await writeAll(this.#file, bytes)
      if (taken.some(({ sync }) => sync)) await this.#file.sync()
      this.#dirty = false
    } catch (error) {
      await this.#fail(taken, storeError(CANNOT_WRITE, error))
      return
    }
    this.#good += bytes.length
    this.#next = next
    this.#tell(null)
    for (const { done } of taken) done(ok(undefined))
  }

  async #cutBack(): Promise<void> {
    await this.#file.truncate(this.#good)
    this.#dirty = false
  }

  async #fail(taken: readonly Waiting[], error: StoreError): Promise<void> {
    try {
      if (this.#dirty) await this.#cutBack()
    } catch {
      // Still dirty: tried again before the next write, which fails too if it cannot be done.
    }
    this.#tell(error.message)
    for (const { done } of taken) done(err(error))
  }

  #tell(message: string | null): void {
    if (message === null && !this.#troubled) return
    this.#troubled = message !== null
    this.#onTrouble(message)
  }
}

const assemble = (writer: Writer, lock: Lock, read: JournalRead): Journal => {
  let closing: Promise<void> | null = null
  return {
    read,
    nextSeq: () => writer.next,
    append: (events, { sync }) => writer.add(events, sync),
    close: () => {
      closing ??= writer.close().finally(() => lock.release())
      return closing
    },
  }
}

/** Opens for writing, making the folder (0700) and the file (0600) when missing, and repairs a torn end. */
export const openJournal = async (
  dir: string,
  options: JournalOptions,
): Promise<Result<Journal, StoreError>> => {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await chmod(dir, 0o700)
  } catch (error) {
    return err(storeError(CANNOT_OPEN, error))
  }
  const lock = await takeLock(dir)
  if (!lock.ok) return lock
  const journal = await openLocked(dir, options, lock.value)
  if (!journal.ok) await lock.value.release()
  return journal
}

const openLocked = async (
  dir: string,
  { onTrouble, openFile = openAppendFile }: JournalOptions,
  lock: Lock,
): Promise<Result<Journal, StoreError>> => {
  const path = join(dir, JOURNAL_FILE)
  const scan = await scanJournal(path)
  if (!scan.ok) return scan
  let file: AppendFile | null = null
  try {
    file = await openFile(path)
    const good = await repair(dir, file, scan.value)
    if (file.size === 0) await syncDirectory(dir)
    const { events, damage, nextSeq } = scan.value
    return ok(assemble(new Writer(file, good, nextSeq, onTrouble), lock, { events, damage }))
  } catch (error) {
    await file?.close().catch(() => {}) // the first error is the one to tell
    return err(storeError(CANNOT_OPEN, error))
  }
}
