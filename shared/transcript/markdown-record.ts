/** Plans, reports, answers, proofs, rulings and restores as Markdown. */
import { code, fence, inline, quote } from './markdown-text'
import type { RecordDrawing, RecordItem, RecordPart } from './record-parts'
import { safe } from './words'

/** Lines after the first stand under it, inside the list item. */
const inItem = (text: string, indent = '  '): string => safe(text).trim().replace(/\n/g, `\n${indent}`)

const item = ({ mark, id, text, words, notes }: RecordItem): string => {
  const was = words.filter(({ type }) => type !== 'added').map(part => part.text)
  const head = [mark === '' ? '' : `*${mark}*`, `**${inline(id)}**`, inItem(text)].filter(Boolean).join(' ')
  const below = [...(was.length > 0 ? [`Was: ${was.join('')}`] : []), ...notes]
  return [`- ${head}`, ...below.map(note => `  - ${inItem(note, '    ')}`)].join('\n')
}

const part = (each: RecordPart): string => {
  switch (each.type) {
    case 'facts':
      return [each.code === '' ? '' : code(each.code), ...each.facts.map(inline)].filter(Boolean).join(' · ')
    case 'prose':
      return `${each.label === '' ? '' : `${each.label}:\n\n`}${quote(each.text)}`
    case 'list':
      return each.items.map(item).join('\n')
    case 'output':
      return `<details><summary>Output</summary>\n\n${fence(each.text)}\n\n</details>`
  }
}

/** What stands below its heading. */
export const markdownParts = ({ parts }: RecordDrawing): readonly string[] => parts.map(part)
