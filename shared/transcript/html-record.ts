/** Plans, reports, answers, proofs, rulings and restores as HTML. */
import type { TextPart } from '../pair/word-diff'
import { htmlProse, htmlText } from './html-text'
import type { RecordItem, RecordPart } from './record-parts'

const TAGS = { same: '', added: 'ins', removed: 'del' } as const

const changed = (words: readonly TextPart[]): string =>
  `<p>${words
    .map(({ type, text }) => {
      const tag = TAGS[type]
      return tag === '' ? htmlText(text) : `<${tag}>${htmlText(text)}</${tag}>`
    })
    .join('')}</p>`

const item = ({ mark, id, text, words, notes }: RecordItem): string => {
  const told = words.length > 0 ? changed(words) : htmlProse(text)
  const how = mark === '' ? '' : `<span class="marked">${htmlText(mark)}</span>`
  const below = notes.map(note => `<p class="under">${htmlText(note)}</p>`).join('')
  return `<li><div class="by"><b>${htmlText(id)}</b>${how}</div>${told}${below}</li>`
}

export const htmlPart = (part: RecordPart): string => {
  switch (part.type) {
    case 'facts': {
      const code = part.code === '' ? '' : `<code>${htmlText(part.code)}</code> `
      return `<p class="under">${code}${htmlText(part.facts.join(' · '))}</p>`
    }
    case 'prose':
      return `${part.label === '' ? '' : `<p class="h">${part.label}</p>`}${htmlProse(part.text)}`
    case 'list':
      return `<ul>${part.items.map(item).join('')}</ul>`
    case 'output':
      return `<details><summary><span>Output</span></summary><pre>${htmlText(part.text)}</pre></details>`
  }
}
