/** Electron's distribution as electron-builder wants it: a folder whose executable is named `electron`. */
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CACHE } from './paths.mjs'

/** macOS keeps the executable three folders deep: `Electron.app/Contents/MacOS/Electron`. */
const folderOf = executable =>
  process.platform === 'darwin' ? dirname(dirname(dirname(dirname(executable)))) : dirname(executable)

/**
 * @param electron what `findElectron` returned
 * @returns the folder; for the Electron of an npm package a copy without its app and with the right name
 */
export const distributionOf = electron => {
  if (electron.source !== 'npm') return folderOf(electron.executable)
  const copy = join(CACHE, `electron-${electron.version}-dist`)
  rmSync(copy, { recursive: true, force: true })
  cpSync(dirname(electron.executable), copy, {
    recursive: true,
    filter: from => basename(from) !== 'resources',
  })
  renameSync(join(copy, basename(electron.executable)), join(copy, 'electron'))
  mkdirSync(join(copy, 'resources'))
  writeFileSync(join(copy, 'version'), electron.version)
  return copy
}
