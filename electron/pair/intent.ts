/** The intent is kept verbatim: its hash stands beside it, and a journal in which it was rewritten says so. */
import { createHash } from 'node:crypto'
import type { JournalEvent } from '../../shared/journal/line'

/** SHA-256 of the UTF-8 bytes, lowercase hex. */
export const hashOfIntent = (intent: string): string =>
  createHash('sha256').update(intent, 'utf8').digest('hex')

/** `begin`: what the journal begins with. */
export const intentDamage = (begin: JournalEvent | undefined): readonly string[] => {
  if (begin?.type !== 'pairStarted' || begin.intentHash === undefined) return []
  if (begin.intentHash === hashOfIntent(begin.intent)) return []
  return ['The intent in this journal is not the one that the pair began with: something changed the file.']
}
