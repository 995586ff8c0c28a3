/** Installs the dependencies. Rule: only when the lock file changed, and never into a linked node_modules. */
import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { npmCommand, run } from './run.mjs'
import { SetupError } from './say.mjs'
import { hashOf, readStamp, writeStamp } from './stamp.mjs'

/** electron-vite and Vite need it. */
const MIN_NODE = { major: 20, minor: 19 }

export const nodeIsNewEnough = (version, { major, minor } = MIN_NODE) => {
  const [a = 0, b = 0] = version.replace(/^v/, '').split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

const isLink = path => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true

/** @param folder the folder with `package-lock.json` */
export const ensureInstalled = async (say, folder = ROOT) => {
  if (!nodeIsNewEnough(process.version)) {
    throw new SetupError(
      `Node ${process.version} is too old: ${MIN_NODE.major}.${MIN_NODE.minor} or newer is needed.`,
    )
  }
  if (!existsSync(join(folder, 'package-lock.json')))
    throw new SetupError(`there is no package-lock.json in ${folder}.`)
  const modules = join(folder, 'node_modules')
  const stamp = join(modules, '.duologue-installed')
  const wanted = hashOf(folder, ['package-lock.json'])
  if (readStamp(stamp) === wanted || (isLink(modules) && existsSync(modules))) return
  say(`installing dependencies${folder === ROOT ? '' : ` in ${folder}`} (npm ci) …`)
  const npm = npmCommand()
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const code = await run(npm.file, [...npm.args, 'ci', ...quiet], { cwd: folder, shell: npm.shell })
  if (code !== 0) throw new SetupError(`npm ci ended with code ${code}; what it says stands above.`)
  writeStamp(stamp, wanted)
}
