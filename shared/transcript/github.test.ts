import { expect, test } from 'vitest'
import { codeSpan, fitting, listed, prose, verbatim } from './github'

test.each([
  ['plain words, and a (remark).', 'plain words, and a (remark).'],
  ['thanks @ada, see #12 and GH-7', 'thanks @<!-- -->ada, see #<!-- -->12 and GH-<!-- -->7'],
  [
    '<details> & <!-- --> **x** _y_ [a](b)',
    '\\<details\\> &amp; \\<\\!-- --\\> \\*\\*x\\*\\* \\_y\\_ \\[a\\](b)',
  ],
  ['use `a_b` and `` `@x` `` not a_b', 'use `a_b` and `` `@x` `` not a\\_b'],
  ['an open ` tick', 'an open \\` tick'],
  ['- a list\n1. one\n# head\n> quote', '\\- a list\n1<!-- -->. one\n#<!-- --> head\n\\> quote'],
  ['--- \n===', '\\---\n\\==='],
  ['see https://example.org/a_b?c=1#d.', 'see https://example.org/a_b?c=1#d.'],
  ['fixes https://github.com/o/r/issues/1', 'fixes `https://github.com/o/r/issues/1`'],
  ['a:x:b', 'a:<!-- -->x:b'],
  ['```\n@ada\n```', '\\`\\`\\`\n@<!-- -->ada\n\\`\\`\\`'],
  ['key ghp_aB3dE6gHaB3dE6gHaB3dE6gHaB3dE6gH1234', 'key \\[redacted: GitHub token\\]'],
  ['\x1b[31mred\x1b[0m', 'red'],
])('prose: %j', (text, markdown) => {
  expect(prose(text)).toBe(markdown)
})

test('prose in a list item stays in it', () => {
  expect(prose('one\n\n\n  two', '  ')).toBe('one\n\n  two')
})

test('verbatim keeps every line, indent and backtick, as a quote', () => {
  expect(verbatim('Fix `x`:\n\n    code @ada\n```js\n</details>')).toBe(
    '> Fix \\`x\\`:\n>\n> &nbsp;&nbsp;&nbsp;&nbsp;code @<!-- -->ada\n> \\`\\`\\`js\n> \\</details\\>',
  )
})

test.each([
  ['npm test', '`npm test`'],
  ['echo `date`', '`` echo `date` ``'],
  ['a\nb', '`a b`'],
  ['', ''],
])('code: %j', (text, markdown) => {
  expect(codeSpan(text)).toBe(markdown)
})

test('what does not fit is left out, and a secret is not cut in two', () => {
  expect(fitting('word '.repeat(30), 40, prose)).toMatch(/^word word .*…$/)
  expect(fitting('word '.repeat(30), 40, prose).length).toBeLessThanOrEqual(40)
  expect(fitting(`x ghp_${'aB3dE6gH'.repeat(5)} ${'y'.repeat(60)}`, 30, prose)).not.toContain('ghp_')
  expect(listed(['- one', '- two', '- three'], 13)).toBe('- one\n- two\n- … and 1 more')
})
