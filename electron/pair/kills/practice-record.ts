/** For tests: what practice agents took, by their own records. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePracticeRecord } from '../../../shared/agent/practice'
import { SEATS } from '../../../shared/pair/seat'
import type { TakenMessage } from '../faults/record'

/** The record keeps this many characters of a text. */
const KEPT_CHARS = 8_000

export interface PracticeRecords {
  readonly taken: readonly TakenMessage[]
  /** Ids that came once more after they had been taken. */
  readonly again: readonly string[]
}

/** `pairDir`: the pair's folder in the data folder. An agent that died right after taking has kept no text. */
export const practiceRecords = (pairDir: string): PracticeRecords => {
  const taken: TakenMessage[] = []
  const again: string[] = []
  for (const seat of SEATS) {
    const dir = join(pairDir, 'seats', seat)
    const names = existsSync(dir) ? readdirSync(dir).filter(name => /^practice-.+\.jsonl$/.test(name)) : []
    for (const name of names) {
      const lines = parsePracticeRecord(readFileSync(join(dir, name), 'utf8'))
      lines.forEach((line, at) => {
        if (line.type === 'fact' && line.key === 'again') again.push(line.value)
        if (line.type !== 'taken') return
        const next = lines[at + 1]
        const text = next?.type === 'entry' && next.text.length < KEPT_CHARS ? next.text : null
        taken.push({ seat, session: name, id: line.id, text })
      })
    }
  }
  return { taken, again }
}
