import { expect, test } from 'vitest'
import { completeLock, platformOf } from './lock.mjs'

test('a name tells where a binary runs', () => {
  expect(platformOf('@oxc-parser/binding-linux-arm-musleabihf')).toEqual({
    os: ['linux'],
    cpu: ['arm'],
    libc: ['musl'],
  })
  expect(platformOf('@biomejs/cli-win32-x64')).toEqual({ os: ['win32'], cpu: ['x64'] })
  expect(platformOf('fsevents')).toBe(null)
})

test('only what is missing is added, in order, and twice changes nothing', () => {
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { name: 'x' },
      'node_modules/a': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: { 'a-darwin-x64': '1.0.0', 'a-linux-x64': '1.0.0' },
      },
      'node_modules/a-linux-x64': { version: '1.0.0', integrity: 'sha512-x' },
      'node_modules/b': {
        version: '2.0.0',
        optionalDependencies: { 'b-linux-x64-musl': '2.0.0', 'b-range-linux-x64': '^2' },
      },
      'node_modules/b/node_modules/b-linux-x64-musl': { version: '2.0.0', integrity: 'sha512-y' },
    },
  }
  const done = completeLock(lock)
  expect(Object.keys(done.packages)).toEqual([
    '',
    'node_modules/a',
    'node_modules/a-darwin-x64',
    'node_modules/a-linux-x64',
    'node_modules/b',
    'node_modules/b/node_modules/b-linux-x64-musl',
  ])
  expect(done.packages['node_modules/a-darwin-x64']).toEqual({
    version: '1.0.0',
    cpu: ['x64'],
    dev: true,
    optional: true,
    os: ['darwin'],
  })
  expect(completeLock(done)).toEqual(done)
})
