/** The script of HTML transcripts, built beside our own bundles, as it stands in a page. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { PageScript } from '../../shared/transcript/html-head'

/** Throws what keeps it from being read, or from being put into a page. */
export const readPageScript = async (path: string): Promise<PageScript> => {
  // In a function: what it names is not the page's.
  const text = `(() => {\n${await readFile(path, 'utf8')}})()`
  if (/<\/script|<!--|\brequire\(/i.test(text)) throw new Error(`${path} cannot stand in a page`)
  return { text, hash: createHash('sha256').update(text).digest('base64') }
}
