/** What the dialog's choices mean to the exporter. Pure. */
import type { ExportPreview, SecretHit } from '../../shared/ipc'
import { type Choice, LEAST_WORD_CHARS } from '../../shared/transcript/redact'
import type { ShareFormat } from './use-share'

/** A value this long is replaced where nothing says what it is, too; a shorter one may be an ordinary word. */
const LEAST_KNOWN_CHARS = 8
const MOST_WORDS = 500

export const wordsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(word => word.length >= LEAST_WORD_CHARS)
    .slice(0, MOST_WORDS)

export const choiceOf = (
  hits: readonly SecretHit[],
  kept: ReadonlySet<string>,
  words: string,
): { keep: string[]; words: string[] } & Choice => {
  const values = hits.map(({ found }) => found.value)
  const known = values.filter(value => !kept.has(value) && value.length >= LEAST_KNOWN_CHARS)
  return { keep: values.filter(value => kept.has(value)), words: [...wordsIn(words), ...known] }
}

/** `12 KB`, `3.4 MB`. */
export const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`

export const bytesOf = ({ bytes }: ExportPreview, format: ShareFormat, terminals: boolean): number =>
  bytes[format] + (format === 'html' && terminals ? bytes.terminals : 0)
