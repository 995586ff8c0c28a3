import { describe, expect, test } from 'vitest'
import { PRACTICE_FILES } from '../../shared/pair/practice-files'
import { PROBES, probesFor } from './probes'
import { shapeOf } from './repertoire'
import type { Cause } from './task'
import {
  CLI_FILE,
  decisionIn,
  FIRST_TRY,
  hasMaxOption,
  README_FILE,
  renderTruncate,
  type TruncateShape,
  testsFor,
  truncateShapeOf,
  withLongWord,
  withMaxOption,
  withSection,
} from './truncate'
import { truncateTask } from './truncate-task'

const scratch = PRACTICE_FILES.truncate
const file = (name: string): string => scratch[name] ?? ''
const readme = file(README_FILE)
const whole: TruncateShape = { fits: true, longWord: 'whole', noLimit: true }

/** The function that a source text defines, run as it stands. */
const truncateOf = (shape: TruncateShape): ((slug: string, max?: number) => string) =>
  new Function('module', `${renderTruncate(shape)}; return module.exports.truncate`)({})

describe('truncate()', () => {
  test('every shape is known again, and one that somebody changed is not', () => {
    for (const shape of [FIRST_TRY, whole, { ...whole, longWord: 'cut' as const }])
      expect(truncateShapeOf(renderTruncate(shape))).toEqual(shape)
    expect(truncateShapeOf(renderTruncate(whole).replace('slug.length', 'slug.size'))).toBeNull()
  })

  test('the first try has the flaws that the probes find, and each change takes one away', () => {
    const wrong = (shape: TruncateShape) =>
      PROBES.filter(({ name }) => name === 'truncate')
        .filter(({ args, want }) => truncateOf(shape)(String(args[0]), args[1] as number) !== want)
        .map(({ about }) => about)
    expect(new Set(wrong(FIRST_TRY)).size).toBe(3)
    expect(wrong(whole)).toEqual(['the result is longer than max'])
    expect(wrong({ ...whole, longWord: 'cut' })).toEqual([])
  })
})

describe('the scratch repository', () => {
  test('is what the agent knows: its function, its command line, its decision', () => {
    expect(shapeOf(file('src/slugify.js'))).toMatchObject({ accents: true, separators: 'runs' })
    expect(hasMaxOption(withMaxOption(file(CLI_FILE)) ?? '')).toBe(true)
    const decision = decisionIn(readme)
    expect(readme.split('\n')[(decision?.line ?? 0) - 1]).toContain(decision?.text)
  })

  test('a decision that the human overrules is no longer there', () => {
    const text = withLongWord(withSection(readme, whole))
    expect(decisionIn(text)).toBeNull()
    expect(text).toContain('A first word that is longer is cut.')
  })
})

test('tests are added once, and one that says the opposite goes', () => {
  const first = testsFor(null, FIRST_TRY, false)
  expect(first.match(/^test\(/gm)).toHaveLength(2)
  const all = testsFor(first, whole, true)
  expect(testsFor(all, whole, true)).toBe(all)
  expect(all).toContain('stays whole')
  expect(testsFor(all, { ...whole, longWord: 'cut' }, true)).not.toContain('stays whole')
})

describe('the task', () => {
  const repo = (files: Readonly<Record<string, string>>) => ({ read: (name: string) => files[name] ?? null })
  const finding = (text: string, more: Partial<Cause> = {}): Cause => ({
    from: 'finding',
    id: '1.1',
    text,
    ...more,
  })
  const attempt = (files: Readonly<Record<string, string>>, ...causes: readonly Cause[]) =>
    truncateTask.attempt({} as never, repo(files), causes)
  const begun = { ...scratch, 'src/truncate.js': renderTruncate(FIRST_TRY) }

  test('what the README decides is a reason against a finding, unless the human upholds it', async () => {
    const long = 'truncate("extraordinary-claims", 5) gives …: the result is longer than max.'
    const first = await attempt(begun, finding(long))
    expect(first.rejected[0]?.reason).toMatch(/README\.md:\d+ decides it/)
    const upheld = await attempt(begun, finding(long, { upheld: true }))
    expect(upheld.rejected).toEqual([])
    expect(upheld.edits.map(edit => edit.file)).toEqual([
      'src/truncate.js',
      'test/truncate.test.js',
      'README.md',
    ])
    const undecided = await attempt({ ...begun, 'README.md': '# slugify\n' }, finding(long))
    expect(undecided.rejected).toEqual([])
  })

  test('what it does not know it does not touch', async () => {
    const odd = finding('the cache is never emptied')
    expect(await attempt(begun, odd)).toMatchObject({ unanswered: [odd], rejected: [] })
    const changed = { ...begun, 'src/truncate.js': 'module.exports = {}' }
    expect(truncateTask.knows(repo(changed))).toBe(false)
    expect(await attempt(changed, odd)).toEqual({ edits: [], unanswered: [odd], rejected: [] })
  })
})

test('each reviewer tries something that the other does not', () => {
  for (const source of ['src/slugify.js', 'src/truncate.js']) {
    const [driver, navigator] = (['driver', 'navigator'] as const).map(role =>
      probesFor([source], role).map(({ about }) => about),
    )
    expect(driver?.some(about => navigator?.includes(about))).toBe(true)
    expect(driver?.some(about => !navigator?.includes(about))).toBe(true)
    expect(navigator?.some(about => !driver?.includes(about))).toBe(true)
  }
})
