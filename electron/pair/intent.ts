/** The intent is kept verbatim: its hash stands beside it, and a journal in which it was rewritten says so. */
import { createHash } from 'node:crypto'
import type { JournalEvent } from '../../shared/journal/line'

/** SHA-256 of the UTF-8 bytes, lowercase hex. */
export const hashOfIntent = (intent: string): string =>
  createHash('sha256').update(intent, 'utf8').digest('hex')

export const intentDamage = (events: readonly JournalEvent[]): readonly string[] => {
  const begin = events.find(event => event.type === 'pairStarted')
  if (begin?.intentHash === undefined || begin.intentHash === hashOfIntent(begin.intent)) return []
  return ['The intent in this journal is not the one that the pair began with: something changed the file.']
}
