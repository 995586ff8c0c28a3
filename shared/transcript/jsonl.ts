/** The journal as it may leave the app: each event a line of the journal's own format, its texts redacted. */
import { encodeLine, isKnown, type JournalEvent } from '../journal/line'
import type { Stamped } from '../pair/events'
import { redact, redactDeep } from './redact'

const parsed = (raw: string): unknown => {
  try {
    return JSON.parse(raw)
  } catch {
    return redact(raw) // cannot be: an unknown event was decoded from JSON
  }
}

export const jsonlLine = (event: JournalEvent): string =>
  isKnown(event)
    ? encodeLine(redactDeep(event) as Stamped)
    : `${JSON.stringify(redactDeep(parsed(event.raw)))}\n`
