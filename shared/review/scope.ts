/**
 * The scope fence: a changed file is planned when an item of the plan names it, in `files` or in words. It only
 * compares names; nothing here knows which files exist, and a name is never taken back ("leave `a.ts` alone" still
 * names `a.ts`).
 */
import { baseName, folderOf, normalPath, stemOf } from './path'
import type { PlanItem } from './plan'

type NamingItem = Pick<PlanItem, 'text' | 'why'> & Partial<Pick<PlanItem, 'files'>>

interface Names {
  readonly matches: readonly ((path: string) => boolean)[]
  /** Last parts of the names that look like files, for what accompanies a file: its test, its lock file. */
  readonly fileNames: ReadonlySet<string>
}

/** `*` and `?` within one part of a path, `**` over any number of parts, `{a,b}`. */
const globPattern = (glob: string): RegExp => {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[.+^$|()[\]{}\\]/g, token => {
    if (token === '**/') return '(?:[^/]+/)*'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.length > 2) return `(?:${token.slice(1, -1).split(',').map(literal).join('|')})`
    return `\\${token}`
  })
  return new RegExp(`^${source}$`)
}
const literal = (text: string): string => text.replace(/[.+^$|()[\]{}\\?]/g, '\\$&').replaceAll('*', '[^/]*')

const isGlob = (name: string): boolean => /[*?]|\{.*,.*\}/.test(name)
const hasExtension = (name: string): boolean =>
  /[^/]\.[a-z][a-z0-9]{0,9}$/i.test(name) || /(^|\/)\.\w/.test(name)

/** Names too common to be a module's own: `index` would plan every folder's index. */
const COMMON = new Set(['index', 'main', 'mod', 'lib', '__init__', 'test', 'tests', 'true', 'false', 'null'])

/**
 * One name as a test of a path. A name without a folder names that file in any folder. Without an extension it names
 * a folder or a module: `src/retry` is `src/retry.ts` and all in `src/retry/`, `retry` is `retry.*` in any folder.
 */
const naming = (written: string): ((path: string) => boolean) => {
  const name = normalPath(written)
  if (name === '') return () => false
  const anywhere = !name.includes('/')
  if (isGlob(name)) {
    const pattern = globPattern(name)
    return path => pattern.test(path) || (anywhere && pattern.test(baseName(path)))
  }
  const isFolder = /[/\\]$/.test(written.trim())
  const within = (path: string): boolean =>
    path.startsWith(`${name}/`) || (isFolder && path.includes(`/${name}/`))
  if (isFolder) return within
  if (hasExtension(name)) return path => path === name || path.endsWith(`/${name}`) || within(path)
  const stem = stemOf(name)
  return path =>
    path === name ||
    within(path) ||
    (!COMMON.has(stem) &&
      stemOf(path) === stem &&
      !isTest(path) &&
      (anywhere || folderOf(path) === folderOf(name) || folderOf(path).endsWith(`/${folderOf(name)}`))) ||
    (anywhere && !COMMON.has(stem) && path.includes(`/${name}/index.`))
}

/** Files that have no extension and are written without backticks, or whose extension is left out. */
const BARE = /\b(?:Dockerfile|Makefile|Procfile|Gemfile|Rakefile|README|CHANGELOG|CONTRIBUTING|LICENSE)\b/g

/** What a text names: all of a code span without blanks; outside, words with a slash or an extension. */
const namesIn = (text: string): readonly string[] => {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(match => match[1] ?? '')
  const prose = text.replace(/`[^`\n]*`/g, ' ')
  const words = [...spans.filter(span => /\s/.test(span)), prose].flatMap(part =>
    part.split(/[\s"'“”‘’„«»(),;<>|]+/).filter(word => /[/\\]/.test(word) || hasExtension(trimmed(word))),
  )
  const bare = prose.match(BARE) ?? []
  return [...spans.filter(span => !/\s/.test(span)), ...words, ...bare].map(trimmed).filter(plausible)
}
/** Without the sentence's punctuation and a line number: `src/a.ts:42.` is `src/a.ts`. */
const trimmed = (word: string): string =>
  word.replace(/[.,;:!?)\]]+$/, '').replace(/(?::\d+(?:[-:]\d+)*|#L\d+(?:-L?\d+)?)$/, '')
const plausible = (name: string): boolean =>
  /[\p{L}\p{N}]/u.test(name) && !/^\w+:\/\//.test(name) && name !== ''

const namesOf = (items: readonly NamingItem[]): Names => {
  const written = items.flatMap(item => [...(item.files ?? []), ...namesIn(item.text), ...namesIn(item.why)])
  const files = written
    .filter(name => !isGlob(name) && !/[/\\]$/.test(name))
    .map(name => baseName(normalPath(name)))
  return { matches: written.map(naming), fileNames: new Set(files) }
}

const named = (path: string, names: Names): boolean => names.matches.some(matches => matches(path))

const TEST_NAME =
  /^(?:test_(\w+)|(\w[\w-]*?)(?:[._-](?:test|tests|spec)|(?<=[a-z0-9])(?:Test|Tests|Spec)))(?:\.\w+)?\.\w+$/
const TEST_FOLDER = /(^|\/)(?:__tests__|__snapshots__|tests?|specs?)\//
const isTest = (path: string): boolean => TEST_NAME.test(baseName(path)) || TEST_FOLDER.test(path)

/** The stem of the file a test is about, and where that file might be; null when the path is no test. */
const subjectOf = (path: string): { stem: string; places: readonly string[] } | null => {
  const file = path.replace(/\.snap$/, '')
  if (!isTest(file)) return null
  const name = baseName(file)
  const match = TEST_NAME.exec(name)
  const stem = match?.[1] ?? match?.[2] ?? stemOf(name)
  const subject = `${stem}${name.slice(name.lastIndexOf('.'))}`
  const folder = folderOf(file).replace(/__snapshots__\//, '')
  const without = folder.replace(TEST_FOLDER, '$1')
  const folders = [folder, without, `src/${without}`, `lib/${without}`, folder.replace(TEST_FOLDER, '$1src/')]
  return { stem, places: folders.map(place => `${place}${subject}`) }
}

const testOfPlanned = (path: string, names: Names): boolean => {
  const subject = subjectOf(path)
  if (subject === null) return false
  const byStem = !COMMON.has(subject.stem) && [...names.fileNames].some(name => stemOf(name) === subject.stem)
  return byStem || subject.places.some(place => named(place, names))
}

const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
  'package-lock.json': ['package.json'],
  'npm-shrinkwrap.json': ['package.json'],
  'yarn.lock': ['package.json'],
  'pnpm-lock.yaml': ['package.json', 'pnpm-workspace.yaml'],
  'bun.lock': ['package.json'],
  'bun.lockb': ['package.json'],
  'deno.lock': ['deno.json', 'deno.jsonc'],
  'Cargo.lock': ['Cargo.toml'],
  'go.sum': ['go.mod', 'go.work'],
  'go.work.sum': ['go.work'],
  'poetry.lock': ['pyproject.toml'],
  'uv.lock': ['pyproject.toml'],
  'pdm.lock': ['pyproject.toml'],
  'Pipfile.lock': ['Pipfile'],
  'Gemfile.lock': ['Gemfile'],
  'composer.lock': ['composer.json'],
  'mix.lock': ['mix.exs'],
  'flake.lock': ['flake.nix'],
  'packages.lock.json': ['Directory.Packages.props'],
}

/** A workspace's lock file lies at its root, its manifests anywhere: a manifest named in any folder is enough. */
const lockOfPlanned = (path: string, names: Names): boolean =>
  (MANIFESTS[baseName(path)] ?? []).some(
    manifest => names.fileNames.has(manifest) || named(`${folderOf(path)}${manifest}`, names),
  )

const planned = (path: string, names: Names): boolean => {
  const file = normalPath(path)
  return named(file, names) || testOfPlanned(file, names) || lockOfPlanned(file, names)
}

/**
 * Whether a changed file (path relative to the workspace) is named by a plan item. Planned with a file: a test named
 * after it (`test/retry.test.ts` with `src/retry.ts`, since writing the test is part of the change; not the other way
 * round), that test's snapshot, and the lock file of a planned manifest.
 */
export const isPlanned = (path: string, items: readonly NamingItem[]): boolean =>
  planned(path, namesOf(items))

/** Those of `paths` that no item names, in their order. */
export const unplannedFiles = (paths: readonly string[], items: readonly NamingItem[]): readonly string[] => {
  const names = namesOf(items)
  return paths.filter(path => !planned(path, names))
}
