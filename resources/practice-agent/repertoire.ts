/**
 * What the practice agent can really do to code in its first task: it knows one function, `slugify` in `src/slugify.js`, in every
 * shape it writes itself. Pure, text in and text out. A shape it does not recognise is never overwritten.
 */
import type { Cause } from './task'

export const SOURCE_FILE = 'src/slugify.js'
export const TEST_FILE = 'test/slugify.test.js'

export interface Shape {
  readonly accents: boolean
  /** each: every space becomes a dash · spaces: runs of spaces do · runs: any run of separators, none at the ends. */
  readonly separators: 'each' | 'spaces' | 'runs'
  /** null: nobody has decided. */
  readonly emoji: 'strip' | 'keep' | null
  /** Letters that do not decompose become plain ones. */
  readonly letters: boolean
  /** Tabs and line breaks count as spaces. */
  readonly tabs: boolean
}

const EMOJI_LINE = { strip: ' * Emoji are dropped.', keep: ' * Emoji are kept.' }
const DASHES = {
  each: ["    .replace(/ /g, '-')"],
  spaces: ["    .replace(/ +/g, '-')"],
  runs: ["    .replace(/[ -]+/g, '-')", "    .replace(/^-|-$/g, '')"],
}

const LETTERS = "    .replace(/[ßøæ]/g, letter => ({ ß: 'ss', ø: 'o', æ: 'ae' })[letter])"

function render(shape: Shape): string {
  const kept = shape.emoji === 'keep' ? '/[^a-z0-9\\p{Extended_Pictographic} -]/gu' : '/[^a-z0-9 -]/g'
  return [
    '/**',
    ' * Turns a title into the part of a URL that names it: "Hello World" → "hello-world".',
    ...(shape.emoji === null ? [] : [EMOJI_LINE[shape.emoji]]),
    ' */',
    'function slugify(title) {',
    '  return title',
    ...(shape.accents ? ["    .normalize('NFKD')", "    .replace(/[\\u0300-\\u036f]/g, '')"] : []),
    '    .toLowerCase()',
    ...(shape.letters ? [LETTERS] : []),
    ...(shape.tabs ? ["    .replace(/\\s/g, ' ')"] : []),
    `    .replace(${kept}, '')`,
    ...DASHES[shape.separators],
    '}',
  ].join('\n')
}

const SHAPES: readonly Shape[] = [true, false].flatMap(accents =>
  (['each', 'spaces', 'runs'] as const).flatMap(separators =>
    ([null, 'strip', 'keep'] as const).flatMap(emoji =>
      [false, true].flatMap(letters =>
        [false, true].map(tabs => ({ accents, separators, emoji, letters, tabs })),
      ),
    ),
  ),
)

/** The shape of the function in a source text, or null when it is not one of ours. */
export const shapeOf = (source: string): Shape | null => {
  const text = source.replace(/\r\n/g, '\n')
  return SHAPES.find(shape => text.includes(render(shape))) ?? null
}

export const reshape = (source: string, from: Shape, to: Shape): string =>
  source.replace(/\r\n/g, '\n').replace(render(from), () => render(to))

export interface Plan {
  readonly shape: Shape
  readonly addTests: boolean
  /** Causes that nothing in the repertoire answers. */
  readonly unanswered: readonly Cause[]
}

const ABOUT_ACCENTS = /accent|diacritic|[À-ÖØ-öø-ÿ]/i
const ABOUT_SEPARATORS = /separator|dash|hyphen|space|\bpad|leading|trailing|--/i
const ABOUT_LETTERS = /do not decompose|[ßøæ]/i
const ABOUT_TABS = /\btabs?\b|line break/i
export const ABOUT_TESTS = /without a (changed )?test|no test|missing test|test is missing|untested/i

/**
 * The change that answers the causes. A first try takes a failing test at its word, so it folds runs of spaces
 * and no other separator: the kind of flaw a review is for. A finding gets the whole answer.
 */
export function planFor(shape: Shape, causes: readonly Cause[]): Plan {
  let next = shape
  let addTests = false
  const unanswered: Cause[] = []
  for (const cause of causes) {
    if (cause.from === 'finding' && ABOUT_TESTS.test(cause.text)) {
      addTests = true
      continue
    }
    const wanted = wantedFor(next, cause)
    if (wanted === null) unanswered.push(cause)
    else next = wanted
  }
  return { shape: next, addTests, unanswered }
}

/** Null when nothing in the repertoire answers it. */
function wantedFor(shape: Shape, { text, from }: Cause): Shape | null {
  if (ABOUT_LETTERS.test(text)) return { ...shape, letters: true }
  if (ABOUT_TABS.test(text)) return { ...shape, tabs: true }
  const accents = ABOUT_ACCENTS.test(text)
  const separators = ABOUT_SEPARATORS.test(text)
  if (!accents && !separators) return from === 'intent' ? shape : null
  const dashes = from === 'finding' ? 'runs' : 'spaces'
  return {
    ...shape,
    accents: accents || shape.accents,
    separators: separators && shape.separators !== 'runs' ? dashes : shape.separators,
  }
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.accents === b.accents &&
  a.separators === b.separators &&
  a.emoji === b.emoji &&
  a.letters === b.letters &&
  a.tabs === b.tabs

interface TestCase {
  readonly name: string
  readonly input: string
  readonly want: string
}

/** Tests for what a shape promises; only those whose names are not in the file yet are added. */
export function addTests(testSource: string, shape: Shape): string {
  const cases: readonly TestCase[] = [
    { name: 'an empty title gives an empty slug', input: '', want: '' },
    { name: 'mixed separators become one dash', input: 'one - two', want: 'one-two' },
    { name: 'no dash stays at either end', input: ' padded - ', want: 'padded' },
    shape.emoji === 'keep'
      ? { name: 'emoji are kept', input: 'Hello 🌍 World', want: 'hello-🌍-world' }
      : { name: 'emoji are dropped', input: 'Hello 🌍 World', want: 'hello-world' },
    ...(shape.letters ? [{ name: 'ß becomes ss', input: 'Straße', want: 'strasse' }] : []),
    ...(shape.tabs ? [{ name: 'a tab separates words', input: 'one\\ttwo', want: 'one-two' }] : []),
  ]
  const missing = cases.filter(item => !testSource.includes(`'${item.name}'`))
  const blocks = missing.map(
    item => `\ntest('${item.name}', () => {\n  assert.equal(slugify('${item.input}'), '${item.want}')\n})\n`,
  )
  return testSource + blocks.join('')
}
