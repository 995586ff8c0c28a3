/**
 * Text of agents and of the human for a page on GitHub: it reads as it was written and does nothing. It opens no tag
 * and no list, notifies nobody (`@name`) and refers to no issue (`fixes #12` would close it); secrets are redacted.
 */
import { safe } from './words'

/** An empty comment parts sign and name; GitHub then sees no mention, and a reader no difference. */
const PART = '<!-- -->'

const escapeText = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]<>|~$!]/g, '\\$&')
    .replace(/@(?=[\w-])/g, `@${PART}`)
    .replace(/#/g, `#${PART}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${PART}`)
    // `:x:` is an emoji.
    .replace(/:(?=[\w+-]+:)/g, `:${PART}`)

const URL = /\bhttps?:\/\/[\w\-./?=&%#~:@+,;!]+/g
/** "Fixes" before one of these would close it. */
const NUMBERED = /\/(?:issues|pull|discussions)\/\d/

/** A link stays one: escaped, it would lead elsewhere. */
const escapeInline = (text: string): string =>
  replaced(text, URL, url => (NUMBERED.test(url) ? `\`${url}\`` : url), escapeText)

/** The matches by one function and what stands between them by the other. */
const replaced = (
  text: string,
  shape: RegExp,
  match: (found: string) => string,
  between: (rest: string) => string,
): string => {
  const parts: string[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(shape)) {
    parts.push(between(text.slice(from, index)), match(found))
    from = index + found.length
  }
  return [...parts, between(text.slice(from))].join('')
}

/** What makes a list, a rule, a quote or a heading at the start of a line. */
const escapeStart = (line: string): string =>
  line.replace(/^(?:[-+](?=[-\s]|$)|=|\d+(?=[.)](?:\s|$)))/, start =>
    /^\d/.test(start) ? `${start}${PART}` : `\\${start}`,
  )

const escapeLine = (line: string): string => {
  const indent = line.length - line.trimStart().length
  return '&nbsp;'.repeat(indent) + escapeStart(escapeInline(line.trimStart()))
}

/** Exactly the text, line by line, as a quote. */
export const verbatim = (text: string): string =>
  safe(text)
    .split('\n')
    .map(line => `> ${escapeLine(line)}`.trimEnd())
    .join('\n')

const SPAN = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g

/** Prose of an agent: code spans stay what they are, all else is text. */
const proseLine = (line: string): string => escapeStart(replaced(line, SPAN, span => span, escapeInline))

/** Lines after the first are indented by `indent`, so that they stay in the list item that the first begins. */
export const prose = (text: string, indent = ''): string =>
  safe(text)
    .trim()
    .split('\n')
    .map(line => proseLine(line.trim()))
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join(`\n${indent}`)
    .replace(/[ \t]+$/gm, '')

/** One line of code; its fence is longer than any run of backticks inside. */
export const codeSpan = (text: string): string => {
  const clean = safe(text).replace(/\s+/g, ' ').trim()
  if (clean === '') return ''
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  const pad = /^`|`$/.test(clean) ? ' ' : ''
  return `${mark}${pad}${clean}${pad}${mark}`
}

/** The rendering of as much of the beginning of `text` as fits into `max` characters; redacted before it is cut. */
export const fitting = (text: string, max: number, render: (text: string) => string): string => {
  // Bounded first: no rendering is worth more than a few times what may be shown of it.
  let kept = safe(text.slice(0, 4 * max))
  const isWhole = kept.length <= max && text.length <= 4 * max
  const whole = isWhole ? render(kept) : ''
  if (isWhole && whole.length <= max) return whole
  kept = kept.slice(0, max)
  while (kept.length > 0) {
    kept = kept.slice(0, Math.floor(kept.length * 0.8)).replace(/[\ud800-\udbff]$/, '')
    const cut = render(`${kept.trimEnd()} …`)
    if (cut.length <= max) return cut
  }
  return ''
}

/** As many of the items as fit into `max` characters, and how many do not. */
export const listed = (items: readonly string[], max: number): string => {
  const kept: string[] = []
  let length = 0
  for (const item of items) {
    length += item.length + 1
    if (length > max) break
    kept.push(item)
  }
  const left = items.length - kept.length
  return [...kept, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n')
}
