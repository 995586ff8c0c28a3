/**
 * What an export would replace, looked for in all that it would hold: the journal's texts, the diffs of its handoffs and
 * the screens of both terminals. Nothing is written.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportPreview, SecretHit, SecretPlace } from '../../shared/ipc'
import { createHitList, type HitList } from '../../shared/transcript/hits'
import type { PageScript } from '../../shared/transcript/html-head'
import { BY_RULES, createRedactor, type Redactor } from '../../shared/transcript/redact'
import { createSettling } from '../../shared/transcript/settled'
import { JOURNAL_FILE } from '../store/journal'
import { createHandoffDiffs } from './handoff-diffs'
import { cleanEvents, type Gist, gistOf } from './journal-text'
import { screenChunks } from './screen-chunks'

const rules = createRedactor(BY_RULES)

/** Lets everything through and notes what it would have replaced. */
const noting = (hits: HitList, place: SecretPlace): Redactor => ({
  ...rules,
  redact: text => {
    for (const found of rules.find(text)) hits.add(found, text, place)
    return text
  },
})

const lookThrough = async (pairDir: string, { folder, overview }: Gist, hits: HitList): Promise<number> => {
  const diffs = createHandoffDiffs(folder, overview.state.base, noting(hits, 'diff'))
  const settling = createSettling()
  let chars = 0
  const look = async (entries: ReturnType<typeof settling.rest>): Promise<void> => {
    for (const entry of entries) {
      const diff = await diffs.of(entry)
      if (diff?.ok) chars += diff.value.files.reduce((sum, { patch }) => sum + patch.length, 0)
    }
  }
  for await (const events of cleanEvents(pairDir, noting(hits, 'text')))
    for (const event of events) await look(settling.take(event))
  await look(settling.rest())
  return chars
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0

/** Throws the system's error when the pair cannot be read. */
export const previewExport = async (pairDir: string, script: PageScript | null): Promise<ExportPreview> => {
  const hits = createHitList()
  const gist = await gistOf(pairDir, rules)
  const diffs = await lookThrough(pairDir, gist, hits)
  let terminals = 0
  const { driver } = gist.overview
  const found = (secret: SecretHit['found'], line: string): void => hits.add(secret, line, 'screen')
  for await (const chunk of screenChunks({ pairDir, driver, redactor: rules, sent: gist.sent, found }))
    terminals += chunk.length
  const journal = await sizeOf(join(pairDir, JOURNAL_FILE))
  const casts = (await sizeOf(join(pairDir, 'driver.cast'))) + (await sizeOf(join(pairDir, 'navigator.cast')))
  const page = 20_000 + (script?.text.length ?? 0)
  return {
    hits: hits.list(),
    more: hits.more(),
    recorded: casts > 0,
    bytes: {
      html: page + journal + diffs,
      terminals,
      markdown: journal + diffs,
      jsonl: journal,
      cast: casts,
    },
  }
}
