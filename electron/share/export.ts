/**
 * Writes a pair's exports, 0600, line by line from the disk: a first pass makes the head (who, when, how it ended), a
 * second one the entries. Memory does not grow with the journal. A file appears whole or not at all.
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat } from '../../shared/ipc'
import type { Entry } from '../../shared/journal/entry'
import { isKnown } from '../../shared/journal/line'
import { evolve } from '../../shared/pair/evolve'
import { nothing } from '../../shared/pair/initial'
import type { PairState } from '../../shared/pair/model'
import type { SeatId } from '../../shared/pair/seat'
import { nameOf } from '../../shared/pair/view'
import { err, ok, type Result } from '../../shared/result'
import { castLine, parseCastLine } from '../../shared/terminal/cast'
import { htmlDiff, htmlNoDiff } from '../../shared/transcript/html-diff'
import { htmlHead, type PageScript } from '../../shared/transcript/html-head'
import { createHtmlScore } from '../../shared/transcript/html-score'
import { HTML_SCORE_END, htmlStage, htmlTail, type Voices } from '../../shared/transcript/html-tail'
import { htmlText } from '../../shared/transcript/html-text'
import { jsonlLine } from '../../shared/transcript/jsonl'
import { markdownEntry } from '../../shared/transcript/markdown'
import { markdownDiff, markdownNoDiff } from '../../shared/transcript/markdown-diff'
import { markdownHead } from '../../shared/transcript/markdown-head'
import { leftForLater } from '../../shared/transcript/pr-input'
import { followUpIssue } from '../../shared/transcript/pull-request'
import { BY_RULES, type Choice, createRedactor, type Redactor } from '../../shared/transcript/redact'
import { createSettling } from '../../shared/transcript/settled'
import { lineBatches } from '../store/lines'
import { errorCode, type StoreError, storeError } from '../store/trouble'
import { createHandoffDiffs, type HandoffDiff } from './handoff-diffs'
import { cleanEvents, type Gist, gistOf, rawEvents } from './journal-text'
import { screenChunks } from './screen-chunks'

export interface ExportOptions {
  readonly choice: Choice
  /** For the page of an HTML transcript; null: it runs nothing. */
  readonly script: PageScript | null
  /** Both terminals stand in an HTML transcript, to be played. */
  readonly terminals: boolean
}

const USUAL: ExportOptions = { choice: BY_RULES, script: null, terminals: false }

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

interface Draw {
  readonly head: (gist: Gist) => string
  readonly entry: (entry: Entry, diff: HandoffDiff | null) => string
  readonly tail: () => AsyncIterable<string>
}

async function* transcript(
  pairDir: string,
  redactor: Redactor,
  drawOf: (gist: Gist) => Draw,
): AsyncGenerator<string> {
  const gist = await gistOf(pairDir, redactor)
  const { head, entry, tail } = drawOf(gist)
  const diffs = createHandoffDiffs(gist.folder, gist.overview.state.base, redactor)
  yield head(gist)
  const settling = createSettling()
  for await (const events of cleanEvents(pairDir, redactor)) {
    for (const event of events)
      for (const settled of settling.take(event)) yield entry(settled, await diffs.of(settled))
  }
  for (const left of settling.rest()) yield entry(left, await diffs.of(left))
  yield* tail()
}

async function* journal(pairDir: string, redactor: Redactor): AsyncGenerator<string> {
  for await (const events of cleanEvents(pairDir, redactor))
    for (const event of events) yield jsonlLine(event)
}

/**
 * A recording, redacted event by event. A secret that the terminal drew in pieces (typed, or moved over by the cursor)
 * spans events and is not seen: a recording is to be looked at before it is given away.
 */
async function* recording(path: string, { redact }: Redactor): AsyncGenerator<string> {
  for await (const batch of lineBatches(path)) {
    for (const { text, number } of batch) {
      const event = parseCastLine(text)
      if (event) yield castLine([event[0], event[1], redact(event[2])])
      else if (number === 1) yield `${text}\n`
    }
  }
}

async function* whole(text: string): AsyncGenerator<string> {
  yield text
}

const drawMarkdown = (): Draw => ({
  head: ({ overview }) => markdownHead(overview),
  entry: (entry, diff) => {
    const text = markdownEntry(entry)
    if (diff === null) return text
    return `${text}${diff.ok ? markdownDiff(diff.value) : markdownNoDiff(diff.error)}\n\n`
  },
  tail: () => whole(''),
})

const voicesOf = ({ state, driver }: Gist['overview']): Voices => {
  const voice = (seat: SeatId): Voices['left'] => ({
    name: htmlText(`${nameOf(state, seat)}, who began as ${seat === driver ? 'driver' : 'navigator'}`),
    role: seat === driver ? 'driver' : 'navigator',
  })
  return { left: voice('left'), right: voice('right') }
}

const NOTES = {
  in: ' On the screens of the terminals it is blotted out; a secret that a program broke into lines itself is not known there.',
  out: ' The terminals were left out.',
} as const

const drawHtml =
  (pairDir: string, redactor: Redactor, { script, terminals }: ExportOptions) =>
  ({ overview, sent }: Gist): Draw => {
    const played = terminals && script !== null
    const score = createHtmlScore(overview.state.lastAt)
    async function* tail(): AsyncGenerator<string> {
      yield score.end() + HTML_SCORE_END
      if (played) {
        yield htmlStage(voicesOf(overview))
        yield* screenChunks({ pairDir, driver: overview.driver, redactor, sent })
      }
      yield htmlTail(script, NOTES[played ? 'in' : 'out'])
    }
    return {
      head: () => htmlHead(overview, script),
      entry: (entry, diff) =>
        score.take(entry, {
          diff: diff === null ? '' : diff.ok ? htmlDiff(diff.value) : htmlNoDiff(diff.error),
        }),
      tail,
    }
  }

const chunksOf = (
  pairDir: string,
  format: 'markdown' | 'html' | 'jsonl',
  options: ExportOptions,
): AsyncIterable<string> => {
  const redactor = createRedactor(options.choice)
  switch (format) {
    case 'markdown':
      return transcript(pairDir, redactor, drawMarkdown)
    case 'html':
      return transcript(pairDir, redactor, drawHtml(pairDir, redactor, options))
    case 'jsonl':
      return journal(pairDir, redactor)
  }
}

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
  options: ExportOptions = USUAL,
): Promise<Result<readonly string[], StoreError>> => {
  try {
    // Follow-ups make it themselves: where there are none, no empty folder is left.
    if (format !== 'followUps') await mkdir(folder, { recursive: true })
  } catch (error) {
    return err(storeError(CANNOT, error))
  }
  const [name = format] = exportNames[format]
  return exportPair(pairDir, format, FOLDERS.has(format) ? folder : join(folder, name), options)
}

/**
 * Writes `format` of the pair in `pairDir`. `target` is the file to write; for `cast` and `followUps`, a folder.
 * Resolves with the paths written: for `cast`, those of the recordings that exist.
 */
export const exportPair = async (
  pairDir: string,
  format: ExportFormat,
  target: string,
  options: ExportOptions = USUAL,
): Promise<Result<readonly string[], StoreError>> => {
  try {
    if (format === 'followUps') return await exportFollowUps(pairDir, target)
    if (format === 'cast') return ok(await exportRecordings(pairDir, target, createRedactor(options.choice)))
    await writeWhole(target, chunksOf(pairDir, format, options))
    return ok([target])
  } catch (error) {
    return err(storeError(CANNOT, error))
  }
}

const exportRecordings = async (
  pairDir: string,
  folder: string,
  redactor: Redactor,
): Promise<readonly string[]> => {
  const written: string[] = []
  for (const name of RECORDINGS) {
    const target = join(folder, name)
    try {
      await writeWhole(target, recording(join(pairDir, name), redactor))
      written.push(target)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error // a seat that never started has no recording
    }
  }
  return written
}

const stateOf = async (pairDir: string): Promise<PairState> => {
  let state = nothing
  for await (const events of rawEvents(pairDir)) {
    for (const event of events) if (isKnown(event)) state = evolve(state, event).state
  }
  return state
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
