/**
 * Where a stream of terminal output may be cut. A screen can be restored from a snapshot only between sequences,
 * so the unfinished sequence at the end of what was parsed is kept and follows the snapshot.
 */
type State = 'ground' | 'escape' | 'csi' | 'osc' | 'string' | 'oscEscape' | 'stringEscape'

/** A longer unfinished sequence carries an image; only its start is kept, and a restore lacks that image. */
const MAX_CHARS = 1_000_000

/**
 * The unfinished sequence at the end of `before + data`, where `before` is the one from the data until then.
 * Empty when the stream may be cut here.
 */
export const unfinished = (before: string, data: string): string => {
  const text = before + data
  let state: State = 'ground'
  const from = lastBeginning(text)
  let start = from
  for (let at = from; at < text.length; at += 1) {
    if (state === 'ground') {
      at = introducerFrom(text, at)
      start = at
    }
    if (at >= text.length) return ''
    const next = step(state, text.charCodeAt(at))
    if (next === 'escape' && text.charCodeAt(at) === 0x1b) start = at
    state = next
  }
  if (state === 'ground') return ''
  return text.length - start > MAX_CHARS ? text.slice(start, start + 2) : text.slice(start)
}

/**
 * The last escape character that ends whatever was before it, so that nothing before it need be looked at: one
 * that is not half of a string's terminator (`ESC \`). What follows it must be known for that.
 */
const lastBeginning = (text: string): number => {
  let at = text.lastIndexOf(ESCAPE, text.length - 2)
  while (at > 0 && text[at + 1] === '\\') at = text.lastIndexOf(ESCAPE, at - 1)
  return Math.max(at, 0)
}

const ESCAPE = '\x1b'
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters it is about
const INTRODUCER = /[\x1b\x90\x98\x9b\x9d-\x9f]/g

const introducerFrom = (text: string, from: number): number => {
  INTRODUCER.lastIndex = from
  return INTRODUCER.exec(text)?.index ?? text.length
}

/** The states of Paul Williams' parser (vt100.net/emu/dec_ansi_parser), as far as the end of a sequence needs. */
const step = (state: State, code: number): State => {
  if (code === 0x18 || code === 0x1a) return 'ground'
  switch (state) {
    case 'osc':
      if (code === 0x1b) return 'oscEscape'
      return code === 0x07 || code === 0x9c ? 'ground' : 'osc'
    case 'string':
      if (code === 0x1b) return 'stringEscape'
      return code === 0x9c ? 'ground' : 'string'
    case 'oscEscape':
    case 'stringEscape':
      return code === 0x5c ? 'ground' : afterEscape(code)
    case 'escape':
      return afterEscape(code)
    case 'csi':
      if (code === 0x1b) return 'escape'
      return code >= 0x40 && code <= 0x7e ? 'ground' : 'csi'
    case 'ground':
      return introduced(code)
  }
}

const introduced = (code: number): State => {
  if (code === 0x1b) return 'escape'
  if (code === 0x9b) return 'csi'
  if (code === 0x9d) return 'osc'
  return code === 0x90 || code === 0x98 || code === 0x9e || code === 0x9f ? 'string' : 'ground'
}

const afterEscape = (code: number): State => {
  if (code === 0x5b) return 'csi'
  if (code === 0x5d) return 'osc'
  if (code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) return 'string'
  return code < 0x30 || code === 0x7f ? 'escape' : 'ground'
}
