/**
 * Writes a pair's exports, 0600, line by line from the disk: a first pass makes the head (who, when, how it ended), a
 * second one the entries. Memory does not grow with the journal. A file appears whole or not at all.
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat } from '../../shared/ipc'
import type { Entry } from '../../shared/journal/entry'
import { decodeLine, isKnown, type JournalEvent } from '../../shared/journal/line'
import { evolve } from '../../shared/pair/evolve'
import { nothing } from '../../shared/pair/initial'
import type { PairState } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'
import { castLine, parseCastLine } from '../../shared/terminal/cast'
import { HTML_TAIL, htmlEntry } from '../../shared/transcript/html'
import { htmlHead } from '../../shared/transcript/html-head'
import { jsonlLine } from '../../shared/transcript/jsonl'
import { markdownEntry } from '../../shared/transcript/markdown'
import { markdownHead } from '../../shared/transcript/markdown-head'
import { emptyOverview, foldOverview, type Overview } from '../../shared/transcript/overview'
import { leftForLater } from '../../shared/transcript/pr-input'
import { followUpIssue } from '../../shared/transcript/pull-request'
import { redact } from '../../shared/transcript/redact'
import { createSettling } from '../../shared/transcript/settled'
import { JOURNAL_FILE } from './journal'
import { lineBatches } from './lines'
import { errorCode, type StoreError, storeError } from './trouble'

/** Characters gathered before a write. */
const WRITE_CHARS = 256 * 1024
const RECORDINGS = ['driver.cast', 'navigator.cast'] as const
const FOLDERS: ReadonlySet<ExportFormat> = new Set(['cast', 'followUps'])
const CANNOT = 'The export could not be written'

/** What each format's file is called when the human names only a folder; follow-ups are named after what they say. */
export const exportNames: Readonly<Record<ExportFormat, readonly string[]>> = {
  markdown: ['transcript.md'],
  html: ['transcript.html'],
  jsonl: ['journal.jsonl'],
  cast: RECORDINGS,
  followUps: [],
}

/** Lines that are no events are left out, as everywhere. */
async function* journalEvents(pairDir: string): AsyncGenerator<readonly JournalEvent[]> {
  for await (const batch of lineBatches(join(pairDir, JOURNAL_FILE))) {
    yield batch.flatMap(({ text }) => {
      const decoded = decodeLine(text)
      return decoded.ok ? [decoded.value] : []
    })
  }
}

const overviewOf = async (pairDir: string): Promise<Overview> => {
  let overview = emptyOverview
  for await (const events of journalEvents(pairDir)) overview = events.reduce(foldOverview, overview)
  return overview
}

interface Draw {
  readonly head: (overview: Overview) => string
  readonly entry: (entry: Entry) => string
  readonly tail: string
}

async function* transcript(pairDir: string, { head, entry, tail }: Draw): AsyncGenerator<string> {
  yield head(await overviewOf(pairDir))
  const settling = createSettling()
  for await (const events of journalEvents(pairDir)) {
    for (const event of events) for (const settled of settling.take(event)) yield entry(settled)
  }
  for (const left of settling.rest()) yield entry(left)
  yield tail
}

async function* journal(pairDir: string): AsyncGenerator<string> {
  for await (const events of journalEvents(pairDir)) for (const event of events) yield jsonlLine(event)
}

/**
 * A recording, redacted event by event. A secret that the terminal drew in pieces (typed, or moved over by the cursor)
 * spans events and is not seen: a recording is to be looked at before it is given away.
 */
async function* recording(path: string): AsyncGenerator<string> {
  for await (const batch of lineBatches(path)) {
    for (const { text, number } of batch) {
      const event = parseCastLine(text)
      if (event) yield castLine([event[0], event[1], redact(event[2])])
      else if (number === 1) yield `${text}\n`
    }
  }
}

const drawings = {
  markdown: { head: markdownHead, entry: markdownEntry, tail: '' },
  html: { head: htmlHead, entry: htmlEntry, tail: HTML_TAIL },
} as const

const writeChunks = async (file: FileHandle, chunks: AsyncIterable<string>): Promise<void> => {
  let held = ''
  for await (const chunk of chunks) {
    held += chunk
    if (held.length < WRITE_CHARS) continue
    await file.writeFile(held)
    held = ''
  }
  await file.writeFile(held)
}

const writeWhole = async (target: string, chunks: AsyncIterable<string>): Promise<void> => {
  const beside = `${target}.part`
  try {
    const file = await open(beside, 'w', 0o600)
    try {
      await writeChunks(file, chunks)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/** Writes `format` of the pair into `folder`, made when missing, under its usual name. Resolves with the paths. */
export const exportInto = async (
  pairDir: string,
  format: ExportFormat,
  folder: string,
): Promise<Result<readonly string[], StoreError>> => {
  try {
    // Follow-ups make it themselves: where there are none, no empty folder is left.
    if (format !== 'followUps') await mkdir(folder, { recursive: true })
  } catch (error) {
    return err(storeError(CANNOT, error))
  }
  const [name = format] = exportNames[format]
  return exportPair(pairDir, format, FOLDERS.has(format) ? folder : join(folder, name))
}

/**
 * Writes `format` of the pair in `pairDir`. `target` is the file to write; for `cast` and `followUps`, a folder.
 * Resolves with the paths written: for `cast`, those of the recordings that exist.
 */
export const exportPair = async (
  pairDir: string,
  format: ExportFormat,
  target: string,
): Promise<Result<readonly string[], StoreError>> => {
  try {
    if (format === 'followUps') return await exportFollowUps(pairDir, target)
    if (format === 'cast') return ok(await exportRecordings(pairDir, target))
    const chunks = format === 'jsonl' ? journal(pairDir) : transcript(pairDir, drawings[format])
    await writeWhole(target, chunks)
    return ok([target])
  } catch (error) {
    return err(storeError(CANNOT, error))
  }
}

const exportRecordings = async (pairDir: string, folder: string): Promise<readonly string[]> => {
  const written: string[] = []
  for (const name of RECORDINGS) {
    const target = join(folder, name)
    try {
      await writeWhole(target, recording(join(pairDir, name)))
      written.push(target)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error // a seat that never started has no recording
    }
  }
  return written
}

const stateOf = async (pairDir: string): Promise<PairState> => {
  let state = nothing
  for await (const events of journalEvents(pairDir)) {
    for (const event of events) if (isKnown(event)) state = evolve(state, event).state
  }
  return state
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text
}

/** A file for each, ready to become an issue. */
const exportFollowUps = async (
  pairDir: string,
  folder: string,
): Promise<Result<readonly string[], StoreError>> => {
  const issues = leftForLater(await stateOf(pairDir)).map(followUpIssue)
  if (issues.length === 0) return err({ type: 'missing', message: 'This pair left no follow-ups.' })
  await mkdir(folder, { recursive: true })
  for (const { fileName, title, body } of issues)
    await writeWhole(join(folder, fileName), whole(`# ${title}\n\n${body}`))
  return ok(issues.map(({ fileName }) => join(folder, fileName)))
}
