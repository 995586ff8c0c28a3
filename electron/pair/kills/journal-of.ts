/** For tests: what a pair's journal has. A host that was killed may have written more than it could tell. */
import { join } from 'node:path'
import type { PairId } from '../../../shared/ids'
import { isKnown } from '../../../shared/journal/line'
import type { Stamped } from '../../../shared/pair/events'
import { readJournal } from '../../store/journal-read'

export const journalOf = async (data: string, pair: PairId): Promise<readonly Stamped[]> => {
  const read = await readJournal(join(data, 'pairs', pair, 'journal.jsonl'))
  if (!read.ok) throw new Error(read.error.message)
  return read.value.events.filter(isKnown)
}
