/** The piece of work that the pairs of these tests do: plausible, small, and with tests that can fail. */

export const INTENT =
  'Uploads that time out are lost. Retry them, at most three times, and never store a file twice.'

const UPLOAD = `/** Stores one file; resolves to its id. */
export const upload = (client, file) => client.put(file)
`

const TEST = `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { upload } from '../src/upload.js'

const client = failures => {
  const stored = []
  return {
    stored,
    put: async file => {
      stored.push(file.key ?? file)
      if (failures-- > 0) throw new Error('timeout')
      return stored.length
    },
  }
}

test('stores a file', async () => {
  assert.equal(await upload(client(0), { name: 'a.png' }), 1)
})
`

export const PROJECT = {
  'package.json': `${JSON.stringify({ name: 'uploader', type: 'module', scripts: { test: 'node --test' } }, null, 2)}\n`,
  'src/upload.js': UPLOAD,
  'test/upload.test.js': TEST,
} as const

/** Round 1: it retries, and stores twice what had only timed out. */
export const FIRST = {
  from: `export const upload = (client, file) => client.put(file)
`,
  to: `export const upload = async (client, file) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.put(file)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}
`,
} as const

/** Round 2: one key for all attempts. */
export const SECOND = {
  from: `  for (let attempt = 1; ; attempt++) {
`,
  to: `  const key = file.key ?? crypto.randomUUID()
  for (let attempt = 1; ; attempt++) {
`,
} as const

export const KEYED = {
  from: `      return await client.put(file)
`,
  to: `      return await client.put({ ...file, key })
`,
} as const

export const FINDING = {
  severity: 'major',
  file: 'src/upload.js',
  line: 5,
  text: 'A timeout does not mean that the file was not stored: a retry stores it twice. Send one key with every attempt.',
  inScope: true,
} as const

export const FOLLOW_UP = {
  severity: 'minor',
  file: 'src/upload.js',
  line: 3,
  text: 'The attempts follow each other at once; a pause between them belongs to the backoff task.',
  inScope: false,
} as const
