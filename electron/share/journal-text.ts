/**
 * A pair's journal as it may leave the app: read line by line, each event with what is a secret replaced. Whatever draws
 * it afterwards draws what is here and need not know of secrets.
 */
import { join } from 'node:path'
import { decodeLine } from '../../shared/journal/decode'
import { isKnown, type JournalEvent } from '../../shared/journal/line'
import { isRecord, parseJson } from '../../shared/json'
import { emptyOverview, foldOverview, type Overview } from '../../shared/transcript/overview'
import { mapTexts, type Redactor } from '../../shared/transcript/redact'
import { JOURNAL_FILE } from '../store/journal'
import { lineBatches } from '../store/lines'

/** Lines that are no events are left out, as everywhere. */
export async function* rawEvents(pairDir: string): AsyncGenerator<readonly JournalEvent[]> {
  for await (const batch of lineBatches(join(pairDir, JOURNAL_FILE))) {
    yield batch.flatMap(({ text }) => {
      const decoded = decodeLine(text)
      return decoded.ok ? [decoded.value] : []
    })
  }
}

/** A line of a newer version is read as JSON too: in its raw text a secret may stand behind a backslash. */
const cleaned = (event: JournalEvent, { redact }: Redactor): JournalEvent => {
  if (isKnown(event)) return mapTexts(event, redact)
  const value = parseJson(event.raw)
  const raw = isRecord(value) ? JSON.stringify(mapTexts({ ...value, type: event.name }, redact)) : ''
  return { ...event, raw }
}

export async function* cleanEvents(
  pairDir: string,
  redactor: Redactor,
): AsyncGenerator<readonly JournalEvent[]> {
  for await (const events of rawEvents(pairDir)) yield events.map(event => cleaned(event, redactor))
}

/** What the first pass over a journal finds. */
export interface Gist {
  readonly overview: Overview
  /** The pair's folder as it is, for git. */
  readonly folder: string
  /** When each delivery was sent, in milliseconds since 1970, by its id. */
  readonly sent: ReadonlyMap<string, number>
}

export const gistOf = async (pairDir: string, redactor: Redactor): Promise<Gist> => {
  let overview = emptyOverview
  let folder = ''
  const sent = new Map<string, number>()
  for await (const events of rawEvents(pairDir)) {
    for (const event of events) {
      if (event.type === 'pairStarted') folder = event.folder
      if (event.type === 'deliverySending') sent.set(event.id, Date.parse(event.at))
      overview = foldOverview(overview, cleaned(event, redactor))
    }
  }
  return { overview, folder, sent }
}
