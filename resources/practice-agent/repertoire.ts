/**
 * What the practice agent can really do to code: it knows one function, `slugify` in `src/slugify.js`, in every
 * shape it writes itself. Pure, text in and text out. A shape it does not recognise is never overwritten.
 */

export const SOURCE_FILE = 'src/slugify.js'
export const TEST_FILE = 'test/slugify.test.js'

export interface Shape {
  readonly accents: boolean
  /** each: every space becomes a dash · spaces: runs of spaces do · runs: any run of separators, none at the ends. */
  readonly separators: 'each' | 'spaces' | 'runs'
  /** null: nobody has decided. */
  readonly emoji: 'strip' | 'keep' | null
}

const EMOJI_LINE = { strip: ' * Emoji are dropped.', keep: ' * Emoji are kept.' }
const DASHES = {
  each: ["    .replace(/ /g, '-')"],
  spaces: ["    .replace(/ +/g, '-')"],
  runs: ["    .replace(/[ -]+/g, '-')", "    .replace(/^-|-$/g, '')"],
}

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
    `    .replace(${kept}, '')`,
    ...DASHES[shape.separators],
    '}',
  ].join('\n')
}

const SHAPES: readonly Shape[] = [true, false].flatMap(accents =>
  (['each', 'spaces', 'runs'] as const).flatMap(separators =>
    ([null, 'strip', 'keep'] as const).map(emoji => ({ accents, separators, emoji })),
  ),
)

/** The shape of the function in a source text, or null when it is not one of ours. */
export const shapeOf = (source: string): Shape | null => {
  const text = source.replace(/\r\n/g, '\n')
  return SHAPES.find(shape => text.includes(render(shape))) ?? null
}

export const reshape = (source: string, from: Shape, to: Shape): string =>
  source.replace(/\r\n/g, '\n').replace(render(from), () => render(to))

/** Where work comes from: a failing test, a finding, or the intent when neither is there. */
export interface Cause {
  readonly text: string
  readonly from: 'test' | 'finding' | 'intent'
}

export interface Plan {
  readonly shape: Shape
  readonly addTests: boolean
  /** Causes that nothing in the repertoire answers. */
  readonly unanswered: readonly Cause[]
}

const ABOUT_ACCENTS = /accent|diacritic|[À-ÖØ-öø-ÿ]/i
const ABOUT_SEPARATORS = /separator|dash|hyphen|space|padd|leading|trailing|--/i
const ABOUT_TESTS = /without a (changed )?test|no test|missing test|test is missing|untested/i

/**
 * The change that answers the causes. A first try takes a failing test at its word, so it folds runs of spaces
 * and no other separator: the kind of flaw a review is for. A finding gets the whole answer.
 */
export function planFor(shape: Shape, causes: readonly Cause[]): Plan {
  let next = shape
  let addTests = false
  const unanswered: Cause[] = []
  for (const cause of causes) {
    const before = next
    if (cause.from === 'finding' && ABOUT_TESTS.test(cause.text)) {
      addTests = true
      continue
    }
    if (ABOUT_ACCENTS.test(cause.text)) next = { ...next, accents: true }
    if (ABOUT_SEPARATORS.test(cause.text)) {
      const wanted = cause.from === 'finding' ? 'runs' : 'spaces'
      if (next.separators !== 'runs') next = { ...next, separators: wanted }
    }
    const answered = next !== before || cause.from === 'intent'
    if (!answered && !changedFor(shape, next, cause)) unanswered.push(cause)
  }
  return { shape: next, addTests, unanswered }
}

/** An earlier cause may already have brought the change that this one asks for. */
const changedFor = (from: Shape, to: Shape, cause: Cause): boolean =>
  (ABOUT_ACCENTS.test(cause.text) && from.accents !== to.accents) ||
  (ABOUT_SEPARATORS.test(cause.text) && from.separators !== to.separators)

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.accents === b.accents && a.separators === b.separators && a.emoji === b.emoji

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
  ]
  const missing = cases.filter(item => !testSource.includes(`'${item.name}'`))
  const blocks = missing.map(
    item => `\ntest('${item.name}', () => {\n  assert.equal(slugify('${item.input}'), '${item.want}')\n})\n`,
  )
  return testSource + blocks.join('')
}

/** A title, what a good slug of it is, and what to say when it is not. */
export interface Probe {
  readonly input: string
  readonly want: string
  readonly about: string
  /** Finds the line of the source that is to blame. */
  readonly blame: RegExp
  readonly inScope: boolean
}

export const PROBES: readonly Probe[] = [
  {
    input: 'Crème Brûlée',
    want: 'creme-brulee',
    about: 'accents are lost instead of folded',
    blame: /normalize|toLowerCase/,
    inScope: true,
  },
  {
    input: 'one - two',
    want: 'one-two',
    about: 'mixed separators are not folded into one dash',
    blame: /replace\(\/( \+?|\[ -\]\+)\//,
    inScope: true,
  },
  {
    input: ' padded ',
    want: 'padded',
    about: 'leading and trailing separators stay as dashes',
    blame: /replace\(\/( \+?|\[ -\]\+)\//,
    inScope: true,
  },
  { input: '', want: '', about: 'an empty title fails', blame: /function slugify/, inScope: true },
  {
    input: 'Straße',
    want: 'strasse',
    about: 'letters that do not decompose (ß, ø, æ) are dropped',
    blame: /replace\(\/\[\^/,
    inScope: false,
  },
]

/** 1-based line of the first match, or of the function, or 1. */
export function blamedLine(source: string, blame: RegExp): number {
  const lines = source.split('\n')
  const at = lines.findIndex(line => blame.test(line))
  const fallback = lines.findIndex(line => /function slugify/.test(line))
  return Math.max(1, (at >= 0 ? at : fallback) + 1)
}
