/** The diagnostic log: what the app did, for people who look into a problem. Never message text, never secrets. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** One older file is kept beside it. */
const MAX_BYTES = 2_000_000

export type Log = (line: string) => void

export const openLog = (path: string): Log => {
  let broken = false
  const write = (line: string): void => {
    if (broken) return
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(path, `${path}.old`)
      appendFileSync(path, `${new Date().toISOString()} ${line.replaceAll('\n', ' ⏎ ')}\n`, { mode: 0o600 })
    } catch (error) {
      broken = true
      process.stderr.write(`duologue: the log ${path} cannot be written: ${String(error)}\n`)
    }
  }
  return write
}
