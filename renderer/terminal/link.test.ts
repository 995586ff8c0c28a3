import { expect, test } from 'vitest'
import { safeLink } from './link'

test.each([
  ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ['javascript:alert(1)', undefined],
  ['file:///etc/passwd', undefined],
  ['vscode://file/x', undefined],
  ['data:text/html,x', undefined],
  [' JavaScript:alert(1)', undefined],
  ['not a link', undefined],
])('%j is followed as %j', (uri, url) => {
  expect(safeLink(uri)).toBe(url)
})
