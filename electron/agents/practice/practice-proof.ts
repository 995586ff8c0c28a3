/**
 * The proof command of a practice pair on this machine: `node --test` where a Node is on the PATH of the agents, else
 * the practice program itself, which runs the same tests inside itself.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { PRACTICE_PROOF } from '../../../shared/pair/practice'

/** `program`: how this build runs the practice agent; `env`: what agents and proofs get. A line for the shell. */
export function practiceProof(
  program: { readonly file: string; readonly args: readonly string[] },
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  const folders = (env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  if (folders.some(folder => existsSync(join(folder, name)))) return PRACTICE_PROOF
  return [program.file, ...program.args, 'test'].map(word => quote(word, platform)).join(' ')
}

/** One word for `/bin/sh -c` or `cmd /c`. */
const quote = (word: string, platform: NodeJS.Platform): string => {
  if (/^[\w./:\\=-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`
}
