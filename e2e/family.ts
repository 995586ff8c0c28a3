/**
 * Who descends from a process, told truly; Linux only, from /proc. A process is its pid and when it began, so that a pid
 * that was given again is not taken for it. Chromium overwrites its children's environment and a program may clean its
 * own, so a family is known by its parents, by its process groups and sessions (a parent may be gone before anyone has looked), and only
 * then by a mark in the environment.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Clock ticks since boot. */
  readonly began: string
  /** It has ended and only waits to be asked how. */
  readonly zombie: boolean
}

/** Fields of `/proc/<pid>/stat` after the name, which may hold anything (proc(5)). */
const processAt = (pid: number): Process | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      began: rest[15] ?? '',
      zombie: state === 'Z',
    }
  } catch {
    return null // it ended while we looked
  }
}

const everyone = (): readonly Process[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => processAt(Number(pid)) ?? [])

const keyOf = ({ pid, began }: Process): string => `${pid}:${began}`

/**
 * The members of a family among `all`: those that were `known` and live, and whoever is a child of one, or in the
 * group or session of one. (A group's or a session's number is not given again while a member lives.) `strangers` are groups
 * and sessions of whoever is no part of it, such as our own.
 */
export const membersOf = (
  all: readonly Process[],
  known: ReadonlySet<string>,
  strangers: ReadonlySet<number> = new Set(),
): readonly Process[] => {
  const found = all.filter(each => known.has(keyOf(each)))
  const rest = new Set(all.filter(each => !known.has(keyOf(each))))
  for (const member of found)
    for (const each of rest) {
      const together =
        each.parent === member.pid ||
        (each.group === member.group && !strangers.has(each.group)) ||
        (each.session === member.session && !strangers.has(each.session))
      if (!together) continue
      found.push(each)
      rest.delete(each)
    }
  return found
}

/** The process and all that descends from it, by pid. */
export const familyOf = (root: number): readonly number[] => {
  const all = everyone()
  const known = new Set(all.filter(({ pid }) => pid === root).map(keyOf))
  return membersOf(all, known, ours()).map(({ pid }) => pid)
}

const ours = (): ReadonlySet<number> => {
  const me = processAt(process.pid)
  return new Set(me ? [me.group, me.session] : [])
}

/** It has the mark in its environment. */
const carries =
  (mark: string) =>
  ({ pid }: Process): boolean => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)
    } catch {
      return false // it ended while we looked, or is not ours to read
    }
  }

const nameOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 120)
  } catch {
    return '(gone)'
  }
}

export interface Watch {
  look(): void
  /** Members that live, as `pid command line`. */
  left(): readonly string[]
  /**
   * Looks for the last time, and rejects with their names when some live longer than `patience` milliseconds; these are
   * killed, so that nobody else suffers.
   */
  nothingLeft(patience?: number): Promise<void>
  stop(): void
}

/** Often enough for a parent that lives for a moment; one look takes about 2 ms. */
const LOOK_MS = 100
const KILLED_MS = 5
/** A bound for what never ends, on a busy machine. */
const PATIENCE_MS = 30_000

/**
 * Remembers, from now on, every process that we start and all that descend from it. `mark`: an environment variable
 * `NAME=value` that they are given.
 */
export const watchFamily = (mark: string): Watch => {
  const seen = new Set<string>()
  const isOurs = ({ parent }: Process): boolean => parent === process.pid
  const before = new Set(everyone().filter(isOurs).map(keyOf))
  const strangers = ours()
  const members = (): readonly Process[] => {
    const all = everyone()
    for (const each of all) if (isOurs(each) && !before.has(keyOf(each))) seen.add(keyOf(each))
    const found = membersOf(all, seen, strangers)
    for (const each of found) seen.add(keyOf(each))
    return found
  }
  const marked = carries(mark)
  /** Whoever only carries the mark is looked for at the end: reading all environments takes time. */
  const living = (): readonly Process[] => {
    for (const each of everyone().filter(marked)) seen.add(keyOf(each))
    return members().filter(({ zombie }) => !zombie)
  }
  const left = () => living().map(({ pid }) => `${pid} ${nameOf(pid)}`)
  const timer = setInterval(members, LOOK_MS)
  return {
    look: () => void members(),
    left,
    async nothingLeft(patience = PATIENCE_MS) {
      const until = performance.now() + patience
      while (left().length > 0 && performance.now() < until) await wait(LOOK_MS)
      const names = left()
      for (const { pid } of living()) process.kill(pid, 'SIGKILL')
      // A process that was killed dies a moment later.
      const end = performance.now() + PATIENCE_MS
      while (left().length > 0 && performance.now() < end) await wait(KILLED_MS)
      if (names.length > 0) throw new Error(`processes left behind:\n${names.join('\n')}`)
    },
    stop: () => clearInterval(timer),
  }
}
