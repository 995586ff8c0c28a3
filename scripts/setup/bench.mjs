/** Builds the benchmarks: the app's own modules, bundled as they are for the app. Rule: only when a source changed. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { CACHE, inRoot, ROOT } from './paths.mjs'
import { hashOf, readStamp, writeStamp } from './stamp.mjs'

const SOURCES = ['bench', 'electron', 'shared', 'e2e', 'package-lock.json', 'scripts/setup/bench.mjs']
const OUT = `${CACHE}/bench`
const STAMP = `${OUT}/.built`

/** Tests are built in only where a case uses what helps them. */
const isUnused = name => /\.(?:test|spec)\.[jt]sx?$/.test(name) || name.startsWith('bench/results/')

/** The file of a built part of the benchmarks. */
export const benchProgram = name => `${OUT}/${name}.js`

const entries = () => {
  const inFolder = folder =>
    readdirSync(inRoot('bench', folder))
      .filter(name => name.endsWith('.ts'))
      .map(name => `${folder}/${basename(name, '.ts')}`)
  const names = ['run', 'one', 'compare', ...inFolder('cases'), ...inFolder('programs')]
  return Object.fromEntries(names.map(name => [name, inRoot('bench', `${name}.ts`)]))
}

/** A source that finds a file by its own place is bundled into another: it gets the place that it was written for. */
const ownPlace = {
  name: 'duologue:own-place',
  transform: (code, id) =>
    id.startsWith(ROOT) && !id.includes('node_modules') && code.includes('__dirname')
      ? { code: code.replaceAll('__dirname', JSON.stringify(dirname(id))), map: null }
      : null,
}

export const ensureBenchBuilt = async say => {
  const wanted = hashOf(ROOT, SOURCES, isUnused)
  if (readStamp(STAMP) === wanted && existsSync(benchProgram('run'))) return
  say('building the benchmarks …')
  rmSync(OUT, { recursive: true, force: true })
  // Not before the dependencies are installed.
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [ownPlace],
    build: {
      outDir: OUT,
      target: 'node20',
      ssr: true,
      rollupOptions: {
        input: entries(),
        external: ['node-pty', 'electron', 'vite', /^@?playwright/],
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true },
  })
  writeStamp(STAMP, wanted)
}
