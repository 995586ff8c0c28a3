/** Text into Markdown: quotes that stay quotes, fences that nothing inside can close, words that mean nothing. */
import { safe } from './words'

export const quote = (text: string): string =>
  safe(text)
    .trim()
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')

/** A fence longer than any run of backticks inside. */
export const fence = (text: string): string => {
  const clean = safe(text)
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}\n${clean}\n${mark}`
}

/** One line of plain words; also safe in a cell of a table. */
export const inline = (text: string): string =>
  safe(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|]/g, '\\$&')

export const code = (text: string): string => `\`${safe(text).replace(/[`\s]+/g, ' ')}\``
