import { expect, test } from 'vitest'
import { createReloads } from './reloads'

test('three times within a minute, then the human is asked; a minute later, or on their word, again', () => {
  let now = 0
  const reloads = createReloads(() => now)
  expect([reloads.allow(), reloads.allow(), reloads.allow(), reloads.allow()]).toEqual([
    true,
    true,
    true,
    false,
  ])
  now = 60_001
  expect(reloads.allow()).toBe(true)
  reloads.allow()
  reloads.allow()
  expect(reloads.allow()).toBe(false)
  reloads.reset()
  expect(reloads.allow()).toBe(true)
})
