/**
 * The `opencode` that a human would get by typing its name, as a program we can start and end: npm may leave a Node
 * script before the native program, and a signal to the script would leave the program behind.
 */
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { isProgram } from '../program'

type Env = Readonly<Record<string, string>>

/** The PATH, and where its own installer puts it when the PATH does not say. */
const places = (env: Env): readonly string[] => [
  ...(env.PATH ?? env.Path ?? '').split(delimiter).filter(folder => folder !== ''),
  ...(env.HOME ? [join(env.HOME, '.opencode', 'bin')] : []),
]

/** The native program of the platform's package, beside npm's `opencode-ai`. */
const nativeOf = (script: string, platform: NodeJS.Platform, arch: string): string | undefined => {
  const root = dirname(dirname(script))
  const name = `opencode-${platform === 'win32' ? 'windows' : platform}-${arch}`
  const file = platform === 'win32' ? 'opencode.exe' : 'opencode'
  return [join(root, '..', name, 'bin', file), join(root, 'node_modules', name, 'bin', file)].find(isProgram)
}

/** npm's `opencode.cmd` on Windows stands beside `node_modules`. */
const scriptOf = (found: string): string =>
  found.endsWith('.cmd') ? join(dirname(found), 'node_modules', 'opencode-ai', 'bin', 'opencode') : found

/** The program to start, or undefined. `DUOLOGUE_OPENCODE` names it outright. */
export const findOpencode = (env: Env, platform: NodeJS.Platform, arch: string): string | undefined => {
  const names = platform === 'win32' ? ['opencode.exe', 'opencode.cmd'] : ['opencode']
  const found =
    env.DUOLOGUE_OPENCODE ||
    places(env)
      .flatMap(folder => names.map(name => join(folder, name)))
      .find(isProgram)
  if (found === undefined || !existsSync(found)) return undefined
  const script = scriptOf(found)
  const real = existsSync(script) ? realpathSync(script) : found
  return nativeOf(real, platform, arch) ?? (found.endsWith('.cmd') ? found : real)
}
