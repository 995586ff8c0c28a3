/**
 * Text into HTML, safely: everything is escaped first, and only our own few tags are put around it. No links, no
 * images, no attributes from text: nothing that an agent writes can load, run or lead anywhere.
 */
import { stripControl } from '../terminal/paste'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Also safe inside a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, mark => ENTITIES[mark] ?? '')

/** Without control bytes, escaped. What is a secret was replaced when the journal was read. */
export const htmlText = (text: string): string => escapeHtml(stripControl(text))

/** On escaped text: `code` and **strong**, within a line. */
const inlineMarks = (escaped: string): string =>
  escaped
    .split(/(`[^`\n]+`)/)
    .map((part, at) =>
      at % 2 === 1
        ? `<code>${part.slice(1, -1)}</code>`
        : part.replace(/\*\*(?=\S)([^*\n]+?)\*\*/g, '<strong>$1</strong>'),
    )
    .join('')

const prose = (lines: readonly string[]): string => {
  const text = lines.join('\n').replace(/^\n+|\s+$/g, '')
  if (text === '') return ''
  return text
    .split(/\n{2,}/)
    .map(paragraph => {
      const heading = /^#{1,6} +([^\n]+)$/.exec(paragraph)
      return heading
        ? `<p class="h">${inlineMarks(heading[1] ?? '')}</p>`
        : `<p>${inlineMarks(paragraph)}</p>`
    })
    .join('')
}

/** What an agent or the human wrote: paragraphs, headings, fenced and inline code; the rest as it was typed. */
export const htmlProse = (text: string): string => {
  const out: string[] = []
  let held: string[] = []
  let fence: string | null = null
  for (const line of htmlText(text).split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === null && mark) {
      out.push(prose(held))
      held = []
      fence = mark
    } else if (fence !== null && mark?.startsWith(fence)) {
      out.push(`<pre>${held.join('\n')}</pre>`)
      held = []
      fence = null
    } else held.push(line)
  }
  out.push(fence === null ? prose(held) : `<pre>${held.join('\n')}</pre>`)
  return out.join('')
}

/** `kind` and `words` are ours. */
export const badge = (kind: string, words: string): string => `<span class="badge ${kind}">${words}</span>`
