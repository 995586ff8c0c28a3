/** The journal as it may leave the app: each event a line of the journal's own format, its texts redacted. */
import { encodeLine, isKnown, type JournalEvent } from '../journal/line'
import { parseJson } from '../json'
import type { Stamped } from '../pair/events'
import { redactDeep } from './redact'

export const jsonlLine = (event: JournalEvent): string =>
  isKnown(event)
    ? encodeLine(redactDeep(event) as Stamped)
    : `${JSON.stringify(redactDeep(parseJson(event.raw) ?? event.raw))}\n`
