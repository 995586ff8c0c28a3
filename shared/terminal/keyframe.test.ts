import { expect, test } from 'vitest'
import { KEYFRAME_BYTES, KEYFRAME_MOST_BYTES, keyframeDue } from './keyframe'

test.each([
  ['little, after long', KEYFRAME_BYTES - 1, 3_600, false],
  ['enough, in its time', KEYFRAME_BYTES, 1, true],
  ['enough, in a flood', KEYFRAME_BYTES, 0.01, false],
  ['very much, in a flood', KEYFRAME_MOST_BYTES, 0.01, true],
] as const)('a keyframe after %s: %i bytes, %d s', (_, bytes, seconds, due) => {
  expect(keyframeDue(bytes, seconds)).toBe(due)
})
