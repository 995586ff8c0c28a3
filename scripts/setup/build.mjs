/** Builds main, preload and renderer into `out/`. Rule: only when a source changed, by content. */
import { existsSync } from 'node:fs'
import { inRoot, ROOT } from './paths.mjs'
import { runTool } from './run.mjs'
import { SetupError } from './say.mjs'
import { hashOf, readStamp, writeStamp } from './stamp.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'resources',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]

const STAMP = inRoot('out', '.built')

const isTest = name => /\.test\.[jt]sx?$/.test(name)

export const ensureBuilt = async say => {
  const wanted = hashOf(ROOT, SOURCES, isTest)
  if (readStamp(STAMP) === wanted && existsSync(inRoot('out', 'main', 'main.js'))) return
  say('building …')
  const code = await runTool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])
  if (code !== 0) throw new SetupError(`the build ended with code ${code}; what it says stands above.`)
  writeStamp(STAMP, wanted)
}
