import { expect, test } from 'vitest'
import { nodeIsNewEnough } from './install.mjs'

test('which Node is new enough', () => {
  const versions = ['v18.20.0', 'v20.18.3', 'v20.19.0', 'v22.0.0']
  expect(versions.map(version => nodeIsNewEnough(version))).toEqual([false, false, true, true])
})
