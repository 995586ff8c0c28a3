/**
 * The `codex` that a human would get by typing its name, as a program we can start and end: npm installs a Node
 * script that starts the native program, and a signal to the script would leave the program behind.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { isProgram } from '../program'

const onPath = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform): string | undefined => {
  const names = platform === 'win32' ? ['codex.exe', 'codex.cmd'] : ['codex']
  return (env.PATH ?? env.Path ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => names.map(name => join(folder, name)))
    .find(isProgram)
}

const childrenOf = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

/** The native program behind npm's script: `vendor/<target>/bin/codex` of the platform's package. */
const nativeOf = (script: string, platform: NodeJS.Platform, arch: string): string | undefined => {
  const root = dirname(dirname(script))
  const name = `codex-${platform === 'android' ? 'linux' : platform}-${arch}`
  const file = platform === 'win32' ? 'codex.exe' : 'codex'
  const vendors = [
    join(root, '..', name, 'vendor'),
    join(root, 'node_modules', '@openai', name, 'vendor'),
    join(root, 'vendor'),
  ]
  return vendors
    .flatMap(vendor => childrenOf(vendor).map(target => join(vendor, target, 'bin', file)))
    .find(isProgram)
}

/** npm's `codex.cmd` on Windows stands beside `node_modules`. */
const scriptOf = (found: string): string =>
  found.endsWith('.cmd') ? join(dirname(found), 'node_modules', '@openai', 'codex', 'bin', 'codex.js') : found

/** The program to start, or undefined. `DUOLOGUE_CODEX` names it outright. */
export const findCodex = (
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
  arch: string,
): string | undefined => {
  const found = env.DUOLOGUE_CODEX || onPath(env, platform)
  if (found === undefined || !existsSync(found)) return undefined
  const real = realpathSync(scriptOf(found))
  return real.endsWith('.js') ? (nativeOf(real, platform, arch) ?? found) : real
}
