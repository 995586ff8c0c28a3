/**
 * The program's own record of a session, one JSON line per fact: by it a session resumes with its transcript,
 * and a message is known to be taken even when the program died the next moment. Written before it is told.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type PracticeRecordLine, parsePracticeRecord, practiceRecordName } from '../../shared/agent/practice'
import type { DeliveryId } from '../../shared/ids'
import type { Entry } from './entry'

/** Text of one entry kept for the redraw after a resume, in UTF-16 units. */
const MAX_ENTRY_CHARS = 8_000

export interface SessionRecord {
  readonly entries: readonly Entry[]
  took(id: DeliveryId): boolean
  take(id: DeliveryId): void
  keep(entry: Entry): void
  fact(key: string): string | undefined
  setFact(key: string, value: string): void
}

/** `dir` null: a session that nobody resumes, e.g. the program started by hand. */
export function openRecord(dir: string | null, session: string): SessionRecord {
  const file = dir === null ? null : join(dir, practiceRecordName(session))
  if (dir !== null) mkdirSync(dir, { recursive: true, mode: 0o700 })
  const old = file !== null && existsSync(file) ? readFileSync(file, 'utf8') : ''
  const lines = parsePracticeRecord(old)
  const taken = new Set(lines.flatMap(line => (line.type === 'taken' ? [line.id] : [])))
  const facts = new Map(lines.flatMap(line => (line.type === 'fact' ? [[line.key, line.value]] : [])))
  const append = (line: PracticeRecordLine) => {
    if (file !== null) appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
  }
  // A line torn by a crash must not swallow the next one; an empty first line makes the session resumable.
  if (file !== null) appendFileSync(file, '\n', { mode: 0o600 })
  return {
    entries: lines.flatMap(line => (line.type === 'entry' ? [line] : [])),
    took: id => taken.has(id),
    take(id) {
      taken.add(id)
      append({ type: 'taken', id })
    },
    keep: entry => append({ type: 'entry', ...entry, text: entry.text.slice(0, MAX_ENTRY_CHARS) }),
    fact: key => facts.get(key),
    setFact(key, value) {
      facts.set(key, value)
      append({ type: 'fact', key, value })
    },
  }
}
