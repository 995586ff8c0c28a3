/**
 * Finds Electron's executable, in this order: ELECTRON_OVERRIDE_DIST_PATH, the installed one, the official download,
 * and on Linux x64 the one inside an npm package. Rule: what was found stands in `.cache/electron.json`; a download
 * that failed is not tried again for the same version of Electron while there is another way.
 *
 * Run by itself it prints that file's content.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureNpmElectron, NPM_ELECTRON, npmElectronRunsHere } from './setup/electron-npm.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { CACHE, inRoot, ROOT } from './setup/paths.mjs'
import { capture } from './setup/run.mjs'
import { readSandboxFacts, sandboxVerdict } from './setup/sandbox.mjs'
import { runMain, SetupError, say as sayAloud } from './setup/say.mjs'
import { readStamp, writeStamp } from './setup/stamp.mjs'

/** Long enough for 120 MB on a slow line, short enough that a dead one is noticed. */
const DOWNLOAD_LIMIT_MS = 300_000

const FAILED = join(CACHE, 'electron-download-failed')

export const FOUND = join(CACHE, 'electron.json')

const EXECUTABLES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

const executableIn = dist => {
  const file = join(dist, EXECUTABLES[process.platform] ?? 'electron')
  return existsSync(file) ? file : null
}

const wantedVersion = () =>
  JSON.parse(readFileSync(inRoot('node_modules/electron/package.json'), 'utf8')).version

const versionOf = dist => readStamp(join(dist, 'version'))?.trim().replace(/^v/, '') ?? 'unknown'

const installed = () => {
  const dist = inRoot('node_modules/electron/dist')
  const executable = executableIn(dist)
  // A download that was cut off has files but no path.txt; an older version's folder must not be taken either.
  if (executable === null || !existsSync(inRoot('node_modules/electron/path.txt'))) return null
  return versionOf(dist) === wantedVersion()
    ? { executable, version: wantedVersion(), source: 'official' }
    : null
}

const download = async say => {
  const version = wantedVersion()
  const mayGiveUp = npmElectronRunsHere()
  if (mayGiveUp && readStamp(FAILED) === version) return null
  say(`downloading Electron ${version} (about 120 MB) …`)
  const script = inRoot('node_modules/electron/install.js')
  const done = await capture(process.execPath, [script], { timeoutMs: DOWNLOAD_LIMIT_MS })
  const found = installed()
  if (found !== null) return found
  const why =
    done.code > 128 ? 'it took too long' : (done.stderr.trim().split('\n')[0] ?? `code ${done.code}`)
  say(`that download failed (${why})${mayGiveUp ? '; it is not tried again until .cache/ is deleted' : ''}.`)
  if (mayGiveUp) writeStamp(FAILED, version)
  return null
}

const overridden = () => {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!dist) return null
  const executable = executableIn(dist)
  if (executable === null) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${dist}`)
  return { executable, version: versionOf(dist), source: 'override' }
}

const fromNpm = async say => {
  if (!npmElectronRunsHere()) {
    throw new SetupError(
      'Electron could not be downloaded. Set ELECTRON_OVERRIDE_DIST_PATH to a folder with one.',
    )
  }
  const executable = await ensureNpmElectron(say)
  say(`using Electron ${NPM_ELECTRON.version} from an npm package: for development and tests only.`)
  return { executable, version: NPM_ELECTRON.version, source: 'npm' }
}

/**
 * @returns `{ executable, version, source, args }`: start it with `args` first. The arguments name the app's folder,
 *   unless this Electron finds it by itself, and `--no-sandbox` where nothing else works. Also in `.cache/electron.json`.
 *   `verdict` says whether the sandbox works (see setup/sandbox.mjs).
 */
export const findElectron = async say => {
  const found = overridden() ?? installed() ?? (await download(say)) ?? (await fromNpm(say))
  const verdict = sandboxVerdict(await readSandboxFacts(found.executable))
  const args = [
    ...(found.source === 'npm' ? [] : [ROOT]),
    ...(verdict.type === 'off' ? ['--no-sandbox'] : []),
  ]
  const electron = { ...found, args }
  writeStamp(FOUND, `${JSON.stringify(electron, null, 2)}\n`)
  return { ...electron, verdict }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    await ensureInstalled(sayAloud)
    await findElectron(sayAloud)
    process.stdout.write(readFileSync(FOUND))
    return 0
  })
}
