import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainRest, takeLines } from './lines'

const read = (chunks: readonly string[]): string => {
  let out = ''
  let rest = ''
  for (const chunk of chunks) {
    const next = takeLines(rest, chunk)
    out += next.complete
    rest = next.rest
  }
  return out + plainRest(rest)
}

test.each([
  ['plain', 'one\ntwo\n', 'one\ntwo\n'],
  ['Windows line ends', 'one\r\ntwo\r\n', 'one\ntwo\n'],
  ['colours', '\x1b[31mred\x1b[0m and \x1b[1;38;5;200mmore\x1b[m\n', 'red and more\n'],
  ['a progress bar', '10%\r50%\r100%\ndone\n', '100%\ndone\n'],
  ['a progress bar that clears its line', '10%\r\x1b[2K50%\r\x1b[2K\r\n', '50%\n'],
  ['a link and a title', '\x1b]0;title\x07see \x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\\n', 'see here\n'],
  ['bells and backspaces', 'a\x07b\x08c\n', 'abc\n'],
  ['tabs and an open line', 'a\tb\nno end', 'a\tb\nno end'],
  ['a sequence cut off at the end', 'text\x1b[3', 'text'],
])('%s', (_, raw, plain) => {
  expect(read([raw])).toBe(plain)
})

const piece = fc.constantFrom('word', '\n', '\r', '\r\n', '\x1b[31m', '\x1b[0m', '\x1b]0;t\x07', '漢', '%')
test('where the chunks are cut does not matter', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(40), (pieces, at) => {
      const raw = pieces.join('')
      expect(read([raw.slice(0, at), raw.slice(at)])).toBe(read([raw]))
    }),
  )
})

test('what is held back is bounded', () => {
  let held = ''
  let complete = ''
  for (let at = 0; at < 100; at += 1) {
    const next = takeLines(held, 'x'.repeat(10_000))
    held = next.rest
    complete += next.complete
    expect(held.length).toBeLessThanOrEqual(64_000)
  }
  expect((complete + held).replaceAll('\n', '').length).toBe(1_000_000)
  expect(takeLines('', `${'x'.repeat(70_000)}\rshort`).rest).toBe('short')
})
