/**
 * What the practice agent can do in the second task: `truncate` in `src/truncate.js`, in every shape it writes
 * itself, with its tests, its section in the README and its option on the command line. Pure, text in and text out.
 */

export const TRUNCATE_FILE = 'src/truncate.js'
export const TRUNCATE_TESTS = 'test/truncate.test.js'
export const README_FILE = 'README.md'
export const CLI_FILE = 'bin/slugify.js'

export interface TruncateShape {
  /** A word that just fits is kept; the first try drops it. */
  readonly fits: boolean
  /** A first word that is longer than the limit stays whole, or is cut. */
  readonly longWord: 'whole' | 'cut'
  /** Without a limit nothing is cut. */
  readonly noLimit: boolean
}

export const FIRST_TRY: TruncateShape = { fits: false, longWord: 'whole', noLimit: false }

export function renderTruncate(shape: TruncateShape): string {
  const last = shape.fits ? "slug.lastIndexOf('-', max)" : "slug.slice(0, max).lastIndexOf('-')"
  const long =
    shape.longWord === 'whole'
      ? [
          ' * A first word that is longer stays whole.',
          "  return end > 0 ? slug.slice(0, end) : slug.split('-', 1)[0]",
        ]
      : [' * A first word that is longer is cut.', '  return slug.slice(0, end > 0 ? end : max)']
  return [
    "'use strict'",
    '',
    '/**',
    ' * Shortens a slug to `max` characters without cutting a word: "one-two-three", 8 → "one-two".',
    long[0],
    ' */',
    `function truncate(slug, max${shape.noLimit ? ' = Infinity' : ''}) {`,
    '  if (slug.length <= max) return slug',
    `  const end = ${last}`,
    long[1],
    '}',
    '',
    'module.exports = { truncate }',
    '',
  ].join('\n')
}

const SHAPES: readonly TruncateShape[] = [false, true].flatMap(fits =>
  (['whole', 'cut'] as const).flatMap(longWord =>
    [false, true].map(noLimit => ({ fits, longWord, noLimit })),
  ),
)

/** The shape of a whole source text, or null when somebody changed it. */
export const truncateShapeOf = (source: string): TruncateShape | null => {
  const text = source.replace(/\r\n/g, '\n')
  return SHAPES.find(shape => renderTruncate(shape) === text) ?? null
}

interface TestCase {
  readonly name: string
  readonly call: string
  readonly want: string
}

/** `all`: also what a review has brought up. */
function casesOf(shape: TruncateShape, all: boolean): readonly TestCase[] {
  const first = [
    { name: 'a long slug ends with a whole word', call: "'one-two-three', 8", want: 'one-two' },
    { name: 'a short slug stays as it is', call: "'one-two', 20", want: 'one-two' },
  ]
  if (!all) return first
  const long = "'extraordinary-claims', 5"
  return [
    ...first,
    ...(shape.fits
      ? [{ name: 'a word that just fits is kept', call: "'one-two-three', 7", want: 'one-two' }]
      : []),
    ...(shape.longWord === 'whole'
      ? [{ name: 'a first word that is too long stays whole', call: long, want: 'extraordinary' }]
      : [{ name: 'a first word that is too long is cut', call: long, want: 'extra' }]),
    ...(shape.noLimit
      ? [{ name: 'without a limit nothing is cut', call: "'one-two'", want: 'one-two' }]
      : []),
  ]
}

const TEST_HEAD = `'use strict'

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { truncate } = require('../src/truncate.js')
`
const blockOf = (item: TestCase): string =>
  `\ntest('${item.name}', () => {\n  assert.equal(truncate(${item.call}), '${item.want}')\n})\n`

/** Adds the tests that are not there yet; one that says the opposite of the shape is taken out. */
export function testsFor(source: string | null, shape: TruncateShape, all: boolean): string {
  const other = casesOf({ ...shape, longWord: shape.longWord === 'cut' ? 'whole' : 'cut' }, true)
  const wanted = casesOf(shape, all)
  const wrong = other.filter(item => !casesOf(shape, true).some(({ name }) => name === item.name))
  const kept = wrong.reduce((text, item) => text.replace(blockOf(item), ''), source ?? TEST_HEAD)
  return (
    kept +
    wanted
      .filter(item => !kept.includes(`'${item.name}'`))
      .map(blockOf)
      .join('')
  )
}

/** A section as the README of the practice repository has one for every function. */
export function withSection(readme: string, shape: TruncateShape): string {
  const long = shape.longWord === 'whole' ? 'stays whole' : 'is cut'
  const section = [
    '### truncate(slug, max)',
    '',
    `Shortens a slug to \`max\` characters without cutting a word. A first word that is longer ${long}.`,
    '',
    '```js',
    "const { truncate } = require('./src/truncate.js')",
    'truncate(\'one-two-three\', 8) // "one-two"',
    '```',
    '',
    '',
  ].join('\n')
  if (readme.includes('### truncate(')) return readme
  return readme.includes('## Decisions')
    ? readme.replace('## Decisions', () => `${section}## Decisions`)
    : `${readme.trimEnd()}\n\n${section.trimEnd()}\n`
}

/** The line of a README that decides about a word longer than the limit; null when none does. */
export function decisionIn(readme: string): { readonly line: number; readonly text: string } | null {
  const lines = readme.split('\n')
  const from = lines.findIndex(line => /^#+ Decisions/.test(line))
  if (from < 0) return null
  const at = lines.findIndex((line, index) => index > from && /word\b.*\blonger\b.*\bstays whole/i.test(line))
  return at < 0 ? null : { line: at + 1, text: (lines[at] ?? '').replace(/^[-*]\s+/, '').trim() }
}

const CLI_PLAIN = "const main = args => slugify(args.join(' '))"
const CLI_MAX = [
  "const { truncate } = require('../src/truncate.js')",
  '',
  '/** `--max N` before the title shortens its slug. */',
  'const main = args =>',
  "  args[0] === '--max' ? truncate(slugify(args.slice(2).join(' ')), Number(args[1])) : slugify(args.join(' '))",
].join('\n')

/** Null when it has the option already, or somebody changed it. */
export const withMaxOption = (source: string): string | null =>
  source.includes(CLI_PLAIN) ? source.replace(CLI_PLAIN, () => CLI_MAX) : null
export const hasMaxOption = (source: string): boolean => source.includes(CLI_MAX)
/** The README when the human wants long words cut, against what was decided before. */
export const withLongWord = (readme: string): string => {
  const decision = decisionIn(readme)
  const text = readme.replace(
    'A first word that is longer stays whole.',
    'A first word that is longer is cut.',
  )
  return decision === null
    ? text
    : text.replace(decision.text, 'Words are not cut. Only a word that alone is longer than a limit is.')
}
