import { expect, test } from 'vitest'
import { debianPackages, installable, missingLibraries, withCandidate } from './libraries.mjs'

const LDD = `	linux-vdso.so.1 (0x00007ffd)
	libnss3.so => not found
	libnssutil3.so => not found
	libgtk-3.so.0 => /usr/lib/x86_64-linux-gnu/libgtk-3.so.0 (0x00007f)
	libasound.so.2 => not found
	libnss3.so => not found
	libstrange.so.7 => not found
`

test('from what ldd misses to packages', () => {
  const missing = missingLibraries(LDD)
  expect(missing).toEqual(['libnss3.so', 'libnssutil3.so', 'libasound.so.2', 'libstrange.so.7'])
  expect(debianPackages(missing)).toEqual({
    packages: ['libasound2', 'libnss3'],
    unknown: ['libstrange.so.7'],
  })
})

const POLICY = `libasound2:
  Installed: (none)
  Candidate: (none)
  Version table:
libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1build2
  Version table:
     1.2.11-1build2 500
        500 http://archive.example noble/main amd64 Packages
libnss3:
  Installed: (none)
  Candidate: 2:3.98-1build1
  Version table:
`

test('a t64 package is taken where only that can be installed', () => {
  const candidates = withCandidate(POLICY)
  expect(candidates).toEqual(new Set(['libasound2t64', 'libnss3']))
  expect(installable(['libasound2', 'libnss3', 'xvfb'], candidates)).toEqual([
    'libasound2t64',
    'libnss3',
    'xvfb',
  ])
})
