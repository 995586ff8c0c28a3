/**
 * Finding words in the parts of a pair. All words must occur somewhere in it, in any order and case; the excerpt is of the
 * part that has the most of them.
 */
import type { Part } from './parts'

/** All texts in one, a newline between two, so that a pair that does not match costs one look. */
export interface Doc {
  readonly parts: readonly Omit<Part, 'text'>[]
  /** Where each part's text begins in `body`, and at the end where the next one would. */
  readonly starts: readonly number[]
  readonly body: string
}

/** What is looked through: as the document, and each place where it is there, but without regard to case. */
export interface Index extends Omit<Doc, 'body'> {
  readonly low: string
}

/** A piece of an excerpt; `hit` is one of the words. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

export interface Found {
  readonly part: Omit<Part, 'text'>
  readonly excerpt: readonly Piece[]
  /** How many other parts have one of the words. */
  readonly others: number
}

/** The part that has the most of the words, by its place. */
export interface Best {
  readonly at: number
  readonly others: number
}

/** Texts that look alike are alike, however their letters are composed. */
const composed = (text: string): string => text.normalize('NFC')

export const docOf = (parts: readonly Part[]): Doc => {
  const texts = parts.map(({ text }) => composed(text))
  const starts = [0]
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length + 1)
  return {
    parts: parts.map(({ kind, seq, id }) => ({ kind, seq, id })),
    starts,
    body: texts.map(text => `${text}\n`).join(''),
  }
}

/** More words than this nobody means. */
const MOST_WORDS = 16

/** Without regard to case, each place where it was: a letter that is of another length in lower case stays as it is. */
const folded = (text: string): string => {
  const low = text.toLowerCase()
  if (low.length === text.length) return low
  return [...text]
    .map(letter => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))
    .join('')
}

/** What is looked for; empty: nothing. */
export const wordsOf = (query: string): readonly string[] =>
  [...new Set(folded(composed(query)).split(/\s+/).filter(Boolean))].slice(0, MOST_WORDS)

export const indexOf = ({ parts, starts, body }: Doc): Index => ({ parts, starts, low: folded(body) })

/** All words occur somewhere in it. */
export const matches = ({ low }: Index, words: readonly string[]): boolean =>
  words.length > 0 && words.every(word => low.includes(word))

/** Null: not all words occur. */
export const bestIn = (index: Index, words: readonly string[]): Best | null => {
  if (!matches(index, words)) return null
  let best = { at: 0, count: 0 }
  let matching = 0
  for (let at = 0; at < index.parts.length; at++) {
    const text = textOf(index.low, index.starts, at)
    const count = words.filter(word => text.includes(word)).length
    if (count > 0) matching += 1
    if (count > best.count) best = { at, count }
  }
  return { at: best.at, others: matching - 1 }
}

const textOf = (body: string, starts: readonly number[], at: number): string =>
  body.slice(starts[at], (starts[at + 1] ?? 0) - 1)

/** Null: the document is another one than was looked through. */
export const foundIn = (doc: Doc, { at, others }: Best, words: readonly string[]): Found | null => {
  const part = doc.parts[at]
  const text = textOf(doc.body, doc.starts, at)
  return part ? { part, excerpt: excerptOf(text, folded(text), words), others } : null
}

/** So much of the text stands before the first hit, and so much is shown in all, in UTF-16 units. */
const BEFORE = 48
const LENGTH = 200

const excerptOf = (text: string, low: string, words: readonly string[]): readonly Piece[] => {
  const first = Math.min(...words.map(word => low.indexOf(word)).filter(at => at >= 0))
  const from = wordStart(text, Math.max(0, first - BEFORE))
  const to = Math.min(text.length, from + LENGTH)
  const shown = text.slice(from, to)
  const isHit = new Array<boolean>(shown.length).fill(false)
  for (const word of words) {
    const end = low.slice(from, to)
    for (let at = end.indexOf(word); at >= 0; at = end.indexOf(word, at + word.length))
      isHit.fill(true, at, at + word.length)
  }
  const pieces: Piece[] = from > 0 ? [{ text: '… ', hit: false }] : []
  for (let start = 0; start < shown.length; ) {
    const hit = isHit[start] === true
    let end = start + 1
    while (end < shown.length && isHit[end] === hit) end += 1
    pieces.push({ text: shown.slice(start, end).replace(/\s+/g, ' '), hit })
    start = end
  }
  return to < text.length ? [...pieces, { text: ' …', hit: false }] : pieces
}

/** An excerpt begins with a whole word where one begins soon. */
const wordStart = (text: string, at: number): number => {
  if (at === 0) return 0
  const space = text.slice(at, at + BEFORE / 2).search(/\s/)
  return space < 0 ? at : at + space + 1
}
