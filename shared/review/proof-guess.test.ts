import { expect, test } from 'vitest'
import { type GuessFiles, suggestProof } from './proof-guess'

const manifest = (test: unknown): string => JSON.stringify({ scripts: { build: 'tsc', test } })

test.each<[string, GuessFiles, string | null]>([
  ['an empty folder', {}, null],
  ['a test script', { 'package.json': manifest('vitest run') }, 'npm test'],
  ['with pnpm', { 'package.json': manifest('vitest'), 'pnpm-lock.yaml': '' }, 'pnpm test'],
  ['with yarn', { 'package.json': manifest('jest'), 'yarn.lock': '' }, 'yarn test'],
  ['with bun', { 'package.json': manifest('bun test'), 'bun.lock': '' }, 'bun run test'],
  [
    "npm's own default",
    { 'package.json': manifest('echo "Error: no test specified" && exit 1'), Makefile: 'test:\n\ttrue\n' },
    'make test',
  ],
  ['a script that is no text', { 'package.json': manifest(1) }, null],
  ['no scripts', { 'package.json': '{}' }, null],
  ['a broken package.json', { 'package.json': '{"scripts":', 'go.mod': 'module x' }, 'go test ./...'],
  ['a crate', { 'Cargo.toml': '[package]', Makefile: 'test:' }, 'cargo test'],
  ['Go', { 'go.mod': 'module example.org/x' }, 'go test ./...'],
  ['Python', { 'pyproject.toml': '' }, 'pytest'],
  ['pytest', { 'pytest.ini': '' }, 'pytest'],
  ['uv', { 'pyproject.toml': '', 'uv.lock': '' }, 'uv run pytest'],
  ['poetry', { 'pyproject.toml': '', 'poetry.lock': '' }, 'poetry run pytest'],
  ['make', { Makefile: 'all: build\n\ntest: all\n\tgo\n' }, 'make test'],
  ['no target test', { Makefile: 'TEST := 1\ntest := 2\ntesting:\n\techo test:\n.PHONY: test\n' }, null],
  ['make reads only the first', { GNUmakefile: 'all:\n', Makefile: 'test:\n' }, null],
  ['just', { justfile: 'default: build\n\n@test *args: build\n    cargo test\n' }, 'just test'],
  ['no recipe test', { justfile: 'test := "x"\ntest-all:\n  true\n' }, null],
])('%s', (_, files, command) => {
  expect(suggestProof(files)).toBe(command)
})
