/**
 * Text into Markdown that reads well on GitHub: quotes that stay quotes, fences that nothing inside can close, words that
 * mean nothing. What agents and the human wrote keeps its own Markdown, but opens no tag, loads no image, notifies nobody
 * and refers to no issue.
 */
import { stripControl } from '../terminal/paste'

/** An empty comment parts sign and name: no mention, and no difference to a reader. */
const PART = '<!-- -->'
const CODE = /((?<!`)(`+)(?!`)[^\n]*?[^`\n]\2(?!`))/
/** Ticks with more ticks behind them are a span of code, no fence. */
const FENCE = /^(\s*)(`{3,}(?=[^`]*$)|~{3,})/

const defused = (text: string): string =>
  text
    .replace(/&(?=[#\w])/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/@(?=[\w-])/g, `@${PART}`)
    .replace(/#(?=\d)/g, `#${PART}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${PART}`)
    .replace(/!\[/g, '!\\[')

/** `split` gives each span of code and, after it, its own ticks. */
const defuseLine = (line: string): string =>
  line
    .split(CODE)
    .map((part, at) => (at % 3 === 0 ? defused(part) : at % 3 === 1 ? part : ''))
    .join('')

/**
 * Lines as they were written, defused outside of code; a fence that is left open is closed. One in an item of a list ends
 * with its item, so after a line that stands further out nothing is taken for code any more.
 */
const written = (text: string): readonly string[] => {
  let fence: { readonly indent: number; readonly mark: string } | null = null
  let sure = true
  const lines = stripControl(text)
    .trim()
    .split('\n')
    .map(line => {
      const [, space = '', mark] = FENCE.exec(line) ?? []
      if (fence === null) {
        fence = mark === undefined ? null : { indent: space.length, mark }
        return mark && sure ? line.replace(/[<@]/g, '') : defuseLine(line)
      }
      if (mark?.startsWith(fence.mark) && line.trim() === mark) {
        fence = null
        return line
      }
      if (line.trim() !== '' && line.search(/\S/) < fence.indent) sure = false
      return sure ? line : defuseLine(line)
    })
  const left = fence as { readonly mark: string } | null
  return left === null ? lines : [...lines, left.mark]
}

export const quote = (text: string): string =>
  written(text)
    .map(line => `> ${line}`.trimEnd())
    .join('\n')

/** In an item of a list: lines after the first stand under it, and a fence that comes first on a line of its own. */
export const itemText = (text: string, indent = '  '): string => {
  const lines = written(text)
  return [...(FENCE.test(lines[0] ?? '') ? [''] : []), ...lines].join(`\n${indent}`).replace(/[ \t]+$/gm, '')
}

/** In lines; what is longer is folded. */
const LONG = 14

/** A long text is folded under its first words. */
export const foldedQuote = (text: string): string => {
  const lines = stripControl(text).trim().split('\n')
  if (lines.length <= LONG) return quote(text)
  return `${details(`${firstWords(lines)} … (${lines.length} lines)`, quote(text))}`
}

const firstWords = (lines: readonly string[]): string => {
  const first = lines.map(line => line.replace(/^[#>*\-\s]+/, '').trim()).find(Boolean) ?? ''
  return first.length > 90 ? `${first.slice(0, 90).replace(/[\ud800-\udbff]$/, '')}…` : first
}

/** `summary` is plain text, `inner` Markdown. */
export const details = (summary: string, inner: string): string =>
  `<details><summary>${tagText(summary)}</summary>\n\n${inner}\n\n</details>`

/** Inside a tag Markdown's signs mean nothing, tags do. */
const tagText = (text: string): string => defused(stripControl(text).replace(/\s+/g, ' '))

/** A fence longer than any run of backticks inside. */
export const fence = (text: string, language = ''): string => {
  const clean = stripControl(text)
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}${language}\n${clean}\n${mark}`
}

/** One line of plain words; also safe in a cell of a table. */
export const inline = (text: string): string =>
  stripControl(text)
    .replace(/\s+/g, ' ')
    .replace(/&(?=[#\w])/g, '&amp;')
    .replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&')
    .replace(/@(?=[\w-])/g, `@${PART}`)
    .replace(/\\#(?=\d)/g, `\\#${PART}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${PART}`)

/** A pipe would end a cell of a table, in code too. */
export const code = (text: string): string => {
  const clean = stripControl(text).replace(/\s+/g, ' ').trim()
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  const pad = /^`|`$/.test(clean) ? ' ' : ''
  return clean === '' ? '' : `${mark}${pad}${clean}${pad}${mark}`
}
