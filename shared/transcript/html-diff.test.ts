import { expect, it } from 'vitest'
import type { FileDiff } from '../review/diff'
import { htmlDiff } from './html-diff'

const file = (change: Partial<FileDiff>): FileDiff => ({
  ...{ path: 'src/<a>.ts', oldPath: null, status: 'modified', added: 1, removed: 1 },
  ...{ binary: false, submodule: false, tooLarge: false, patch: '' },
  ...change,
})

it('shows the lines of a patch by their kind, and nothing of it as markup', () => {
  const patch =
    'diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ <h1>\n same\n-<b>\n+<script>alert(1)</script>\n'
  const html = htmlDiff({ files: [file({ patch })], truncated: false })
  expect(html).toContain('<code>src/&lt;a&gt;.ts</code>')
  expect(html).toContain(
    '<pre class="diff"><span class="hunk">@@ -1,2 +1,2 @@ &lt;h1&gt;</span>\n same\n<span class="cut">-&lt;b&gt;</span>\n<span class="add">+&lt;script&gt;alert(1)&lt;/script&gt;</span></pre>',
  )
  expect(html).not.toContain('diff --git')
})

it('says what it does not show', () => {
  const long = `@@ -1 +1,700 @@\n${'+x\n'.repeat(700)}`
  const html = htmlDiff({
    files: [
      file({ binary: true }),
      file({ tooLarge: true }),
      file({ patch: long }),
      file({ status: 'renamed', oldPath: 'old.ts', added: 0, removed: 0 }),
    ],
    truncated: true,
  })
  expect(html).toContain('Binary.')
  expect(html).toContain('too large')
  expect(html).toContain('101 more lines left out.')
  expect(html).toContain('<code>old.ts → src/&lt;a&gt;.ts</code><span>renamed</span>')
  expect(htmlDiff({ files: [], truncated: false })).toContain('No file changed.')
})
