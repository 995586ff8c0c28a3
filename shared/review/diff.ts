/**
 * What changed between two trees, parsed from what git prints. File names may hold anything but NUL, so only `-z`
 * output is read for them, and it is read as byte strings (one character per byte) until it is decoded at the end.
 */
import { err, ok, type Result } from '../result'

export type FileStatus = 'added' | 'deleted' | 'modified' | 'renamed' | 'typeChanged'

export interface FileDiff {
  /** Relative to the top of the work tree; bytes that are not UTF-8 show as U+FFFD. */
  readonly path: string
  /** The name before, for a rename. */
  readonly oldPath: string | null
  readonly status: FileStatus
  /** Lines; 0 for binary files. */
  readonly added: number
  readonly removed: number
  readonly binary: boolean
  /** The commit of a nested repository changed; the patch shows the two commits. */
  readonly submodule: boolean
  /** This file's unified diff as git prints it; empty when binary or too large. */
  readonly patch: string
  /** The patch was left out because it, or all patches together, went over the bound. */
  readonly tooLarge: boolean
}

export interface TreeDiff {
  /** Every changed file, in git's order. */
  readonly files: readonly FileDiff[]
  /** At least one patch was left out for its size. */
  readonly truncated: boolean
}

export type FileChange = Omit<FileDiff, 'patch' | 'tooLarge'>

/** One line of `git diff-tree --raw -z`; `path` is a byte string. */
export interface RawChange {
  readonly oldMode: string
  readonly newMode: string
  readonly oldId: string
  readonly newId: string
  /** Git's letter, without the score. */
  readonly letter: string
  readonly oldPath: string | null
  readonly path: string
}

export interface NumstatFile {
  readonly path: string
  readonly added: number
  readonly removed: number
  readonly binary: boolean
}

/** `:oldmode newmode oldid newid letter NUL path NUL`, with a second path after R and C. Ends at what is not raw. */
const readRaw = (
  parts: readonly string[],
): { readonly changes: readonly RawChange[]; readonly at: number } => {
  const changes: RawChange[] = []
  let at = 0
  for (;;) {
    const match = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(parts[at] ?? '')
    if (!match) return { changes, at }
    const [, oldMode = '', newMode = '', oldId = '', newId = '', letter = ''] = match
    const renamed = letter === 'R' || letter === 'C'
    const first = parts[at + 1] ?? ''
    const path = renamed ? (parts[at + 2] ?? '') : first
    changes.push({ oldMode, newMode, oldId, newId, letter, oldPath: renamed ? first : null, path })
    at += renamed ? 3 : 2
  }
}

export const parseRaw = (output: string): readonly RawChange[] => readRaw(output.split('\0')).changes

/** `added TAB removed TAB path NUL`, or for a rename `… TAB NUL old NUL new NUL`; `-` is binary. */
const readNumstat = (parts: readonly string[]): readonly NumstatFile[] => {
  const files: NumstatFile[] = []
  for (let at = 0; at < parts.length; at += 1) {
    const match = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(parts[at] ?? '')
    if (!match) continue
    const [, added = '', removed = '', name = ''] = match
    const path = name === '' ? (parts[at + 2] ?? '') : name
    if (name === '') at += 2
    files.push({ path, added: Number(added) || 0, removed: Number(removed) || 0, binary: added === '-' })
  }
  return files
}

export const parseNumstat = (output: string): readonly NumstatFile[] => readNumstat(output.split('\0'))

const SUBMODULE_MODE = '160000'

const statusOf = ({ letter }: RawChange): FileStatus => {
  if (letter === 'A') return 'added'
  if (letter === 'D') return 'deleted'
  if (letter === 'R') return 'renamed'
  return letter === 'T' ? 'typeChanged' : 'modified'
}

/** `git diff-tree --raw --numstat -z`: first all raw lines, then all counts, in the same order. */
export const parseChanges = (output: string, decode: (bytes: string) => string): readonly FileChange[] => {
  const parts = output.split('\0')
  const { changes, at } = readRaw(parts)
  const counts = readNumstat(parts.slice(at))
  return changes.map((change, index) => {
    const count = counts[index]
    return {
      path: decode(change.path),
      oldPath: change.oldPath === null ? null : decode(change.oldPath),
      status: statusOf(change),
      added: count?.added ?? 0,
      removed: count?.removed ?? 0,
      binary: count?.binary ?? false,
      submodule: change.oldMode === SUBMODULE_MODE || change.newMode === SUBMODULE_MODE,
    }
  })
}

export interface PatchBounds {
  /** Bytes of one file's patch, and of all that are kept. */
  readonly file: number
  readonly total: number
}

export interface Patches {
  /** One byte string per `diff --git` section, in order; null for one that is too large. */
  readonly sections: readonly (string | null)[]
  /** The total was reached: sections after the last were not read. */
  readonly full: boolean
}

export interface PatchSplitter {
  /** Takes git's output as it comes; false: the total is reached and nothing more is kept. */
  readonly push: (chunk: string) => boolean
  readonly end: () => Patches
}

const HEADER = 'diff --git '

/**
 * Cuts `git diff-tree -p` into one patch per file. Every line of a hunk begins with a space, `+`, `-` or `\`, so a line
 * that begins with `diff --git ` is always a header.
 */
export const createPatchSplitter = ({ file, total }: PatchBounds): PatchSplitter => {
  const sections: (string | null)[] = []
  let current: string[] | null = null
  let size = 0
  let kept = 0
  let rest = ''
  let full = false
  const close = (): void => {
    if (sections.length === 0) return
    if (current === null) return
    full = kept + size > total
    if (full) return
    kept += size
    sections[sections.length - 1] = current.join('')
  }
  const line = (text: string): void => {
    if (text.startsWith(HEADER)) {
      close()
      if (full) return
      sections.push(null)
      current = []
      size = 0
    }
    size += text.length
    if (size > file) current = null
    else current?.push(text)
  }
  return {
    push: chunk => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const text of lines) {
        if (full) break
        line(`${text}\n`)
      }
      return !full
    },
    end: () => {
      if (rest !== '' && !full) line(rest)
      if (!full) close()
      return { sections, full }
    },
  }
}

/** Puts patches to their files. A change of type is printed as a deletion and an addition: two sections. */
export const joinPatches = (
  changes: readonly FileChange[],
  { sections, full }: Patches,
  decode: (bytes: string) => string,
): Result<TreeDiff, string> => {
  let at = 0
  const files = changes.map((change): FileDiff => {
    const count = change.status === 'typeChanged' ? 2 : 1
    const mine = Array.from({ length: count }, (_, index) => sections[at + index] ?? null)
    at += count
    if (change.binary) return { ...change, patch: '', tooLarge: false }
    const whole = mine.flatMap(section => (section === null ? [] : [section]))
    return whole.length === count
      ? { ...change, patch: decode(whole.join('')), tooLarge: false }
      : { ...change, patch: '', tooLarge: true }
  })
  if (sections.length !== at && !full) return err(`${sections.length} patches for ${changes.length} files`)
  return ok({ files, truncated: files.some(file => file.tooLarge) })
}
