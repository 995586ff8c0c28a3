import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pasted, stripControl } from './paste'

test.each([
  ['plain text\tand\nlines', 'plain text\tand\nlines'],
  ['a\r\nb\rc', 'a\nb\nc'],
  ['\x1b[31mred\x1b[0m', 'red'],
  ['\x1b]0;title\x07after', 'after'],
  ['\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\', 'link'],
  ['\x1bP$q m\x1b\\x', 'x'],
  ['\x9b31mred\x9d0;t\x9cx', 'redx'],
  ['rm -rf\x1b[201~\r', 'rm -rf\n'],
  ['\x1b(0line\x1bc', 'line'],
  ['unterminated \x1b]52;c;AAAA\nnext', 'unterminated \nnext'],
  ['bell\x07 back\x08 del\x7f nul\x00 nel\x85', 'bell back del nul nel'],
  ['héé 漢字 😀 👩‍👩‍👧', 'héé 漢字 😀 👩‍👩‍👧'],
])('%j becomes %j', (text, plain) => {
  expect(stripControl(text)).toBe(plain)
})

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\x1b',
        '\x1b[',
        '201~',
        '\x1b[201~',
        '\x9b',
        '\x1b]',
        '\x07',
        '\x1b\\',
        '\x1bP',
        '\r',
        '\n',
        '\x9c',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''))

test('nothing hostile is left, whatever it is made of, and a second pass changes nothing', () => {
  fc.assert(
    fc.property(hostile, text => {
      const plain = stripControl(text)
      const left = [...plain].filter(char => /\p{Cc}/u.test(char) && char !== '\n' && char !== '\t')
      expect(left).toEqual([])
      expect(stripControl(plain)).toBe(plain)
    }),
    { numRuns: 2000 },
  )
})

test('text without controls is never changed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(stripControl(text)).toBe(text)
    }),
  )
})

test('a paste closes its bracket only at its end', () => {
  fc.assert(
    fc.property(hostile, text => {
      const sent = pasted(text, true)
      expect(sent.startsWith('\x1b[200~')).toBe(true)
      expect(sent.indexOf('\x1b', 1)).toBe(sent.length - '\x1b[201~'.length)
      expect(pasted(text, false)).not.toContain('\x1b')
    }),
  )
})
