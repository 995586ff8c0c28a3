/** The journal as it may leave the app: each event a line of the journal's own format. */
import { encodeLine, isKnown, type JournalEvent } from '../journal/line'

export const jsonlLine = (event: JournalEvent): string =>
  isKnown(event) ? encodeLine(event) : `${event.raw}\n`
