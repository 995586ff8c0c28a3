/** The line at the bottom, as a value: what is written and where the cursor stands, counted in graphemes. */
import type { Key } from './keys'
import { graphemes, plain } from './width'

export interface Composer {
  readonly text: readonly string[]
  /** 0 … text.length */
  readonly at: number
}

export const EMPTY: Composer = { text: [], at: 0 }
export const written = (composer: Composer): string => composer.text.join('')

const insert = (composer: Composer, text: string): Composer => {
  const before = composer.text.slice(0, composer.at).join('')
  const after = composer.text.slice(composer.at).join('')
  // Segmented anew: a combining mark typed after a letter belongs to it.
  const head = graphemes(before + text)
  return { text: graphemes(head.join('') + after), at: head.length }
}

/** What a key does to the line; keys that mean nothing here leave it as it is. */
export function edit(composer: Composer, key: Key): Composer {
  const { text, at } = composer
  if (key.type === 'text') return insert(composer, plain(key.text))
  if (key.type === 'paste') return insert(composer, plain(key.text).replace(/\n+/g, ' '))
  switch (key.name) {
    case 'backspace':
      return at === 0 ? composer : { text: [...text.slice(0, at - 1), ...text.slice(at)], at: at - 1 }
    case 'delete':
      return { text: [...text.slice(0, at), ...text.slice(at + 1)], at }
    case 'left':
      return { text, at: Math.max(0, at - 1) }
    case 'right':
      return { text, at: Math.min(text.length, at + 1) }
    case 'home':
      return { text, at: 0 }
    case 'end':
      return { text, at: text.length }
    case 'ctrl-u':
      return { text: text.slice(at), at: 0 }
    default:
      return composer
  }
}
