/**
 * Bytes of a terminal → keys. Pure: a sequence may arrive in pieces, so the rest is kept for the next chunk;
 * a lone ESC is only known to be the key Escape when nothing follows, which the caller decides by `flush`.
 */

export type Key =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'press'; readonly name: KeyName }

type KeyName =
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'delete'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'ctrl-c'
  | 'ctrl-d'
  | 'ctrl-l'
  | 'ctrl-u'

const PASTE_START = '\u001b[200~'
const PASTE_END = '\u001b[201~'
/** A paste without its end is given up at this size, in UTF-16 units. */
const MAX_PASTE_CHARS = 1_000_000

const SINGLE: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u0004': 'ctrl-d',
  '\u000c': 'ctrl-l',
  '\u0015': 'ctrl-u',
  '\u0001': 'home',
  '\u0005': 'end',
}

const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[1~': 'home',
  '[4~': 'end',
  '[3~': 'delete',
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal input is made of them
const CONTROL = /[\u0000-\u001f\u007f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal input is made of them
const SEQUENCE = /^\u001b(\[[0-9;?]*[ -/]*[@-~]|O[A-Za-z])/
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal input is made of them
const UNFINISHED = /^\u001b(\[[0-9;?]*[ -/]*|O)?$/

export interface KeyReader {
  push(chunk: string): readonly Key[]
  /** Nothing more came: what was held back counts as typed. */
  flush(): readonly Key[]
  pending(): boolean
}

export function createKeyReader(): KeyReader {
  let rest = ''
  const read = (final: boolean): readonly Key[] => {
    const keys: Key[] = []
    while (rest !== '') {
      const taken = takeKey(rest, final)
      if (taken === null) break
      rest = rest.slice(taken.used)
      if (taken.key !== null) keys.push(taken.key)
    }
    return keys
  }
  return {
    push(chunk) {
      rest += chunk
      return read(false)
    },
    flush: () => read(true),
    pending: () => rest !== '',
  }
}

/** The first key of the input and how much it used; null when more must come first. */
function takeKey(input: string, final: boolean): { key: Key | null; used: number } | null {
  if (input.startsWith(PASTE_START)) return takePaste(input)
  if (input.startsWith('\u001b')) {
    const sequence = SEQUENCE.exec(input)
    if (sequence !== null) {
      const name = SEQUENCES[sequence[1] ?? '']
      return { key: name === undefined ? null : { type: 'press', name }, used: sequence[0].length }
    }
    if (UNFINISHED.test(input) && !final) return null
    return { key: { type: 'press', name: 'escape' }, used: 1 }
  }
  const first = input.charAt(0)
  if (CONTROL.test(first)) {
    const name = SINGLE[first]
    return { key: name === undefined ? null : { type: 'press', name }, used: 1 }
  }
  const end = input.search(CONTROL)
  const text = end < 0 ? input : input.slice(0, end)
  return { key: { type: 'text', text }, used: text.length }
}

function takePaste(input: string): { key: Key | null; used: number } | null {
  const end = input.indexOf(PASTE_END)
  if (end < 0) return input.length > MAX_PASTE_CHARS ? { key: null, used: input.length } : null
  return {
    key: { type: 'paste', text: input.slice(PASTE_START.length, end) },
    used: end + PASTE_END.length,
  }
}
