/** Plans, reports, answers, proofs, rulings and restores as Markdown. */
import { code, details, fence, foldedQuote, inline, itemText } from './markdown-text'
import type { RecordDrawing, RecordItem, RecordPart } from './record-parts'

const item = ({ mark, id, text, words, notes }: RecordItem): string => {
  const was = words.filter(({ type }) => type !== 'added').map(part => part.text)
  const head = [mark === '' ? '' : `*${mark}*`, `**${inline(id)}**`, itemText(text)].filter(Boolean).join(' ')
  const below = [...(was.length > 0 ? [`Was: ${was.join('')}`] : []), ...notes]
  return [`- ${head}`, ...below.map(note => `  - ${itemText(note, '    ')}`)].join('\n')
}

const part = (each: RecordPart): string => {
  switch (each.type) {
    case 'facts':
      return [each.code === '' ? '' : code(each.code), ...each.facts.map(inline)].filter(Boolean).join(' · ')
    case 'prose':
      return `${each.label === '' ? '' : `${each.label}:\n\n`}${foldedQuote(each.text)}`
    case 'list':
      return each.items.map(item).join('\n')
    case 'output':
      return details('Output', fence(each.text))
  }
}

/** What stands below its heading. */
export const markdownParts = ({ parts }: RecordDrawing): readonly string[] => parts.map(part)
