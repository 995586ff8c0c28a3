/**
 * A fact for the journal of a pair whose agents do not run. It is written as it is, without `decide`: what would then
 * go out has nobody to go to.
 */
import { isKnown } from '../../shared/journal/line'
import type { PairEvent, Stamped } from '../../shared/pair/events'
import { fold } from '../../shared/pair/evolve'
import type { PairState } from '../../shared/pair/model'
import { ok, type Result } from '../../shared/result'
import { openJournal } from '../store/journal'
import type { StoreError } from '../store/trouble'

/** `at`: ISO 8601 UTC. Fails when the pair is open elsewhere. */
export const noteInClosed = async (
  dir: string,
  at: string,
  fact: PairEvent,
): Promise<Result<{ readonly event: Stamped; readonly state: PairState }, StoreError>> => {
  const journal = await openJournal(dir, { onTrouble: () => undefined })
  if (!journal.ok) return journal
  try {
    const event = { ...fact, seq: journal.value.nextSeq(), at }
    const written = await journal.value.append([event], { sync: true })
    if (!written.ok) return written
    return ok({ event, state: fold([...journal.value.read.events.filter(isKnown), event]) })
  } finally {
    await journal.value.close()
  }
}
