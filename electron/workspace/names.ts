/** File names are byte strings (one character per byte) until they are shown: they need not be UTF-8. */
import { asText } from './git'

/** A file as git knows it. */
export interface Entry {
  readonly mode: string
  readonly id: string
  readonly path: string
}

/** An absolute path as the file system takes it. */
export const bytePath = (top: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(`${top}/`, 'utf8'), Buffer.from(path, 'latin1')])

/** The folders that `path` lies in, outermost first, without the top. */
export const parentsOf = (path: string): readonly string[] => {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

const MAX_NAMED = 10

const shown = (path: string): string => {
  const text = asText(path)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name with control characters must not break the sentence
  return /[\u0000-\u001f\u007f]/.test(text) ? JSON.stringify(text) : text
}

/** Names for a sentence: all of a few, the first of many. */
export const nameThem = (paths: readonly string[]): string => {
  const named = paths.slice(0, MAX_NAMED).map(shown).join(', ')
  return paths.length > MAX_NAMED ? `${named} and ${paths.length - MAX_NAMED} more` : named
}

/** A sentence about some paths; none for none. */
export const tell = (words: string, paths: readonly string[]): readonly string[] =>
  paths.length === 0 ? [] : [`${words}: ${nameThem(paths)}.`]
