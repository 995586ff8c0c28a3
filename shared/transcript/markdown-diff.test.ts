import { expect, it } from 'vitest'
import { markdownNoDiff } from './markdown-diff'

it('says why a diff is not there in words that do nothing', () => {
  expect(markdownNoDiff('gone (fatal: /home/<b>/@ada_x)')).toBe(
    '*The diff is not here: gone (fatal: /home/\\<b\\>/@<!-- -->ada\\_x)*',
  )
})
