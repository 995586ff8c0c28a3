/** What stands in the scratch repository of each practice task. Its tests need nothing but Node. */
import type { PracticeTask } from './practice'

type Files = Readonly<Record<string, string>>

const manifest = (version: string): string =>
  `${JSON.stringify(
    {
      name: 'duologue-practice',
      version,
      private: true,
      description: 'A small library to practise on.',
      main: 'src/slugify.js',
      scripts: { test: 'node --test' },
      license: 'MIT',
    },
    null,
    2,
  )}\n`

const TEST_HEAD = `'use strict'

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { slugify } = require('../src/slugify.js')

test('words are joined with dashes', () => {
  assert.equal(slugify('Hello World'), 'hello-world')
})

test('punctuation is dropped', () => {
  assert.equal(slugify('What is new?'), 'what-is-new')
})

test('accents are folded', () => {
  assert.equal(slugify('Crème Brûlée'), 'creme-brulee')
})
`

/** Two of its four tests fail. */
const slugify: Files = {
  'package.json': manifest('1.0.0'),
  'README.md': `# slugify

Turns a title into the part of a URL that names it.

\`\`\`js
const { slugify } = require('./src/slugify.js')
slugify('Hello World') // "hello-world"
\`\`\`

Run the tests with \`npm test\`. Nothing has to be installed.
`,
  'src/slugify.js': `'use strict'

/**
 * Turns a title into the part of a URL that names it: "Hello World" → "hello-world".
 */
function slugify(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/ /g, '-')
}

module.exports = { slugify }
`,
  'test/slugify.test.js': `${TEST_HEAD}
test('repeated separators become one', () => {
  assert.equal(slugify('one   two'), 'one-two')
})
`,
}

/** All tests pass; one of them looks at what is new. */
const truncate: Files = {
  'package.json': manifest('1.1.0'),
  'README.md': `# slugify

Turns a title into the part of a URL that names it. On the command line: \`node bin/slugify.js Hello World\`.

## Functions

### slugify(title)

\`\`\`js
const { slugify } = require('./src/slugify.js')
slugify('Hello World') // "hello-world"
\`\`\`

## Decisions

- A slug is made of a–z, 0–9 and dashes. Accents are folded, emoji are dropped.
- Words are never cut: half a word reads as another one. A word that alone is longer than a limit stays whole.

Run the tests with \`npm test\`. Nothing has to be installed.
`,
  'bin/slugify.js': `#!/usr/bin/env node
'use strict'

const { slugify } = require('../src/slugify.js')
const main = args => slugify(args.join(' '))

module.exports = { main }
if (require.main === module) console.log(main(process.argv.slice(2)))
`,
  'src/slugify.js': `'use strict'

/**
 * Turns a title into the part of a URL that names it: "Hello World" → "hello-world".
 * Emoji are dropped.
 */
function slugify(title) {
  return title
    .normalize('NFKD')
    .replace(/[\\u0300-\\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '')
}

module.exports = { slugify }
`,
  'test/slugify.test.js': `${TEST_HEAD}
test('separators become one dash, and none stays at the ends', () => {
  assert.equal(slugify(' one - two '), 'one-two')
})
`,
  'test/readme.test.js': `'use strict'

const { readdirSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { test } = require('node:test')

const root = join(__dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

for (const file of readdirSync(join(root, 'src'))) {
  for (const name of Object.keys(require(join(root, 'src', file)))) {
    test(\`\${name}() is in the README\`, () => {
      if (!readme.includes(\`### \${name}(\`)) throw new Error(\`README.md has no section for \${name}()\`)
    })
  }
}
`,
}

export const PRACTICE_FILES: Readonly<Record<PracticeTask, Files>> = { slugify, truncate }
