/** `duologue …` as a program of its own, to its end. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

export const CLI = resolve(__dirname, '../out/main/cli.js')

/** All it printed and its exit code; nothing is given to its input. */
export const duologue = async (env: Readonly<Record<string, string>>, ...args: string[]) => {
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  child.stdout.on('data', text => {
    out += text
  })
  child.stderr.on('data', text => {
    errors += text
  })
  const [code] = await once(child, 'close')
  return { code, out, errors }
}
