import fc from 'fast-check'
import { expect, it } from 'vitest'
import { code, fence, foldedQuote, inline, itemText, quote } from './markdown-text'

it('keeps the Markdown of what was written, and lets it do nothing', () => {
  expect(quote('# Done\n\n- use `<b>` @ada, fixes #12\n- ![x](http://host/p.png) <img src=x>')).toBe(
    '> # Done\n>\n> - use `<b>` @<!-- -->ada, fixes #<!-- -->12\n> - !\\[x](http://host/p.png) &lt;img src=x>',
  )
})

it('closes a fence that was left open, and leaves what is in it alone', () => {
  expect(quote('```ts\n<T>(a: @b)\n#1')).toBe('> ```ts\n> <T>(a: @b)\n> #1\n> ```')
})

it('folds what is long under its first words', () => {
  const text = Array.from({ length: 30 }, (_, at) => `line ${at} </summary>`).join('\n')
  const folded = foldedQuote(text)
  expect(folded).toMatch(/^<details><summary>line 0 &lt;\/summary> … \(30 lines\)<\/summary>\n\n> line 0/)
  expect(folded).toMatch(/\n\n<\/details>$/)
  expect(folded.match(/<\/summary>/g)).toHaveLength(1)
  expect(foldedQuote('short')).toBe('> short')
})

const nasty = fc
  .array(
    fc.constantFrom(
      '```',
      '~~~',
      '`',
      '``',
      '\n',
      '<b>',
      '</details>',
      '@ada',
      '#7',
      '|',
      ' ',
      'x',
      '\x1b[31m',
      '&lt;',
      '\\',
    ),
  )
  .map(parts => parts.join(''))

it('a fence is longer than any inside, and no control character is left', () => {
  fc.assert(
    fc.property(nasty, text => {
      const [first = '', ...rest] = fence(text, 'diff').split('\n')
      const mark = first.replace('diff', '')
      expect(rest.at(-1)).toBe(mark)
      expect(rest.slice(0, -1).join('\n')).not.toContain(mark)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(fence(text) + quote(text) + inline(text) + code(text)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/)
    }),
  )
})

it('outside of code no tag opens, nobody is named and no issue referred to', () => {
  fc.assert(
    fc.property(nasty, text => {
      const line = inline(text)
      expect(line.replace(/\\./g, '').replaceAll('<!-- -->', '')).not.toMatch(/[<`|]/)
      expect(line).not.toMatch(/@\w/)
      expect(line).not.toMatch(/#\d/)
      const quoted = quote(text.replace(/[`~]/g, '')).replaceAll('<!-- -->', '•')
      expect(quoted).not.toMatch(/<|@\w|#\d/)
    }),
  )
})

it('takes nothing for code that is none', () => {
  const live = '@ada <b> #12'
  const dead = '@<!-- -->ada &lt;b> #<!-- -->12'
  expect(quote(`\`\`\`x\`\`\` is a span\n${live}`)).toBe(`> \`\`\`x\`\`\` is a span\n> ${dead}`)
  const list = ['- item', '  ```', `  ${live}`, live, '  ```', '  ```', `  ${live}`].join('\n')
  expect(quote(list)).toBe(
    ['> - item', '>   ```', `>   ${live}`, `> ${dead}`, '>   ```', '>   ```', `>   ${dead}`, '> ```'].join(
      '\n',
    ),
  )
})

it('begins no fence in the middle of a line, where it would be none', () => {
  expect(`- **1.1** ${itemText('```\n@ada\n```\nsee @ada')}`).toBe(
    '- **1.1** \n  ```\n  @ada\n  ```\n  see @<!-- -->ada',
  )
  expect(itemText('one\ntwo')).toBe('one\n  two')
})
