/**
 * A suggestion for the proof command from the files of a folder. It only fills a form: nothing is run before the
 * human has seen it.
 */
import { isRecord, parseJson } from '../json'

/** What is asked of the folder, by name; null when it is not there. Only for some of them the text matters. */
export const GUESS_FILES = [
  'package.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
  'Cargo.toml',
  'go.mod',
  'pyproject.toml',
  'pytest.ini',
  'uv.lock',
  'poetry.lock',
  'Makefile',
  'makefile',
  'GNUmakefile',
  'justfile',
  'Justfile',
  '.justfile',
] as const

type GuessFile = (typeof GUESS_FILES)[number]
export type GuessFiles = Readonly<Partial<Record<GuessFile, string | null>>>

/** `npm init` writes a script that only fails. What is not JSON npm could not read either. */
const hasTestScript = (text: string): boolean => {
  const manifest = parseJson(text.replace(/^\uFEFF/, ''))
  const scripts = isRecord(manifest) ? manifest.scripts : undefined
  const script = isRecord(scripts) ? scripts.test : undefined
  return typeof script === 'string' && script.trim() !== '' && !/no test specified/i.test(script)
}

const MAKE_TARGET = /^test[ \t]*:(?![:=])/m
const JUST_RECIPE = /^@?test(?:[ \t][^:=\n]*)?:(?!=)/m

const nodeTest = (has: (name: GuessFile) => boolean): string => {
  if (has('pnpm-lock.yaml')) return 'pnpm test'
  if (has('yarn.lock')) return 'yarn test'
  return has('bun.lock') || has('bun.lockb') ? 'bun run test' : 'npm test'
}

const pythonTest = (has: (name: GuessFile) => boolean): string => {
  if (has('uv.lock')) return 'uv run pytest'
  return has('poetry.lock') ? 'poetry run pytest' : 'pytest'
}

/** The first that fits; null when nothing does. */
export const suggestProof = (files: GuessFiles): string | null => {
  const text = (name: GuessFile): string => files[name] ?? ''
  const has = (name: GuessFile): boolean => typeof files[name] === 'string'
  if (hasTestScript(text('package.json'))) return nodeTest(has)
  if (has('Cargo.toml')) return 'cargo test'
  if (has('go.mod')) return 'go test ./...'
  if (has('pyproject.toml') || has('pytest.ini')) return pythonTest(has)
  // make looks for them in this order, and reads only the first.
  const make = (['GNUmakefile', 'makefile', 'Makefile'] as const).find(has)
  if (make && MAKE_TARGET.test(text(make))) return 'make test'
  const just = (['justfile', 'Justfile', '.justfile'] as const).find(has)
  return just && JUST_RECIPE.test(text(just)) ? 'just test' : null
}
