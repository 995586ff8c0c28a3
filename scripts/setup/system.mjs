/**
 * What the machine must bring: libraries for Electron, Xvfb for the tests. Rule: as root on Debian and Ubuntu it is
 * installed; everyone else is told the one command, and nothing on their machine is changed.
 */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { debianPackages, installable, missingLibraries, withCandidate } from './libraries.mjs'
import { capture, run } from './run.mjs'
import { SetupError } from './say.mjs'

export const onPath = name =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

const isRoot = () => process.getuid?.() === 0

const chosenVariants = async packages => {
  const names = packages.flatMap(name => [name, `${name}t64`])
  const policy = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } })
  return installable(packages, withCandidate(policy.stdout))
}

/** Installs Debian packages as root, or throws with the command to type. */
const aptInstall = async (say, why, packages) => {
  if (!isRoot()) {
    const names = (await chosenVariants(packages)).join(' ')
    throw new SetupError(`${why}\n\n  sudo apt-get update && sudo apt-get install -y ${names}\n`)
  }
  say(`${why} Installing: ${packages.join(', ')} (apt-get) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0']
  const update = await capture('apt-get', [...quiet, 'update'], { env })
  if (update.code !== 0) say(`apt-get update: ${update.stderr.trim().split('\n').at(-1)}`)
  const names = await chosenVariants(packages)
  const code = await run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...names], { env })
  if (code !== 0) throw new SetupError(`apt-get install ended with code ${code}; what it says stands above.`)
}

/** Makes sure that Electron finds its libraries; Linux only. */
export const ensureLibraries = async (say, executable) => {
  if (process.platform !== 'linux' || !onPath('ldd')) return
  const look = async () => missingLibraries((await capture('ldd', [executable])).stdout)
  const missing = await look()
  if (missing.length === 0) return
  const why = `Electron needs system libraries that are missing (${missing.join(', ')}).`
  const { packages, unknown } = debianPackages(missing)
  if (!onPath('apt-get') || packages.length === 0) {
    const dnf = missing.map(name => `'${name}()(64bit)'`).join(' ')
    throw new SetupError(onPath('dnf') ? `${why}\n\n  sudo dnf install -y ${dnf}\n` : why)
  }
  await aptInstall(say, why, packages)
  const still = unknown.length === 0 ? [] : await look()
  if (still.length > 0) throw new SetupError(`these libraries are still missing: ${still.join(', ')}`)
}

/**
 * Makes sure that a program is there; where we cannot install it, says what to do.
 *
 * @param why a sentence that says what it is needed for
 */
export const ensureProgram = async (say, program, debianPackage, why) => {
  if (onPath(program)) return
  if (process.platform !== 'linux' || !onPath('apt-get')) {
    throw new SetupError(`${why} Install ${program} with your system's package manager.`)
  }
  await aptInstall(say, why, [debianPackage])
}
