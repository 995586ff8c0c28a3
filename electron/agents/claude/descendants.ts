/**
 * The processes that a program has started, so that none outlives it: Claude Code gives its background commands
 * sessions of their own, and sometimes ends before it has ended them. Rule: only a process that was seen as a
 * descendant is ended, and only while it is still the same one (same pid, same command line; the time of start that `ps` tells varies by a second).
 */
import { execFile } from 'node:child_process'

interface Running {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Milliseconds; `ps` takes some ten. */
const PS_MS = 2_000
/** Command lines can be long. */
const PS_BYTES = 64 * 1024 * 1024

const parseLine = (line: string): readonly Running[] => {
  const match = /^\s*(\d+)\s+(\d+)\s+(.+)$/.exec(line)
  if (!match) return []
  return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }]
}

/** Empty where there is no `ps`. */
const listProcesses = (): Promise<readonly Running[]> =>
  new Promise(resolve => {
    execFile(
      'ps',
      ['-A', '-o', 'pid=,ppid=,args='],
      { timeout: PS_MS, maxBuffer: PS_BYTES },
      (_error, stdout) => resolve(stdout.split('\n').flatMap(parseLine)),
    )
  })

export const descendantsOf = async (root: number): Promise<readonly Running[]> => {
  const all = await listProcesses()
  const found: Running[] = []
  const parents = [root]
  for (const parent of parents) {
    const children = all.filter(process => process.parent === parent)
    found.push(...children)
    parents.push(...children.map(({ pid }) => pid))
  }
  return found
}

/** Ends those of them that are still there. */
export const endAll = async (seen: readonly Running[], log: (line: string) => void): Promise<void> => {
  if (seen.length === 0) return
  const now = await listProcesses()
  const left = seen.filter(old => now.some(({ pid, command }) => pid === old.pid && command === old.command))
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      log(`process ${pid} ended by itself: ${String(error)}`)
    }
  }
}
