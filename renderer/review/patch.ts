/**
 * One file's patch, taken apart for showing: hunks of lines, and in words what no line shows. Only the lines are left
 * to the parser: paths come from the diff's own record, since a header's paths may be quoted, renamed or absent.
 */
import { type ChangeData, type HunkData, parseDiff } from 'react-diff-view'
import type { FileDiff } from '../../shared/review/diff'

export interface ParsedFile {
  readonly hunks: readonly HunkData[]
  /** What is to be said of the file beside its lines, one sentence each. */
  readonly notes: readonly string[]
  /** The numbers of the lines that are shown: of the new file, or of the old one if the file is gone. */
  readonly lines: ReadonlySet<number>
  /** Digits of its longest line number. */
  readonly digits: number
}

/** In characters. A minified bundle's one line would cost more to lay out than all the rest. */
const LINE_SHOWN = 2_000

export const parseFile = (file: FileDiff): ParsedFile => {
  const parsed = linesOf(file.patch)
  const hunks = parsed.flatMap(part => part.hunks.map(shortened))
  const numbers = hunks.flatMap(hunk => hunk.changes.map(change => lineOf(change, file)))
  const last = hunks.at(-1)
  const longest = last ? Math.max(last.oldStart + last.oldLines, last.newStart + last.newLines) : 0
  const ending = parsed.at(-1)
  return {
    hunks,
    notes: [
      ...notesOf(file, hunks.length === 0),
      ...(ending ? endingOf(file, ending.oldEndingNewLine, ending.newEndingNewLine) : []),
    ],
    lines: new Set(numbers.filter(number => number > 0)),
    digits: String(longest).length,
  }
}

/** The number a finding would name this line by; 0 for a line that is no longer there. */
export const lineOf = (change: ChangeData, file: FileDiff): number => {
  switch (change.type) {
    case 'normal':
      return change.newLineNumber
    case 'insert':
      return change.lineNumber
    case 'delete':
      return file.status === 'deleted' ? change.lineNumber : 0
  }
}

const linesOf = (patch: string) => {
  const start = patch.startsWith('@@ ') ? 0 : patch.indexOf('\n@@ ') + 1
  return start === 0 && !patch.startsWith('@@ ')
    ? []
    : parseDiff(`diff --git a/f b/f\n--- a/f\n+++ b/f\n${patch.slice(start)}`)
}

const shortened = (hunk: HunkData): HunkData => ({ ...hunk, changes: hunk.changes.map(shownChange) })

const shownChange = (change: ChangeData): ChangeData => {
  const content = shownText(change.content, change.type !== 'normal')
  return content === change.content ? change : { ...change, content }
}

/** A carriage return is the whole difference when line endings changed, so in a changed line it is seen. */
const shownText = (text: string, changed: boolean): string => {
  const seen = changed && text.endsWith('\r') ? `${text.slice(0, -1)}␍` : text
  const rest = seen.length - LINE_SHOWN
  return rest > 0 ? `${seen.slice(0, LINE_SHOWN)}… (${rest.toLocaleString('en')} more characters)` : seen
}

const notesOf = (file: FileDiff, noLines: boolean): string[] => {
  const mode = modeOf(file.patch)
  const moved = file.oldPath !== null && file.oldPath !== file.path
  const notes = moved
    ? [`Renamed from ${file.oldPath}${noLines && !file.binary ? ', otherwise the same' : ''}.`]
    : []
  if (mode) notes.push(mode)
  if (file.binary) notes.push('A binary file; it is not shown.')
  else if (file.tooLarge)
    notes.push(`Too large to show here: ${file.added} lines added, ${file.removed} removed.`)
  else if (noLines && notes.length === 0) notes.push(EMPTY[file.status])
  return notes
}

const EMPTY: Readonly<Record<FileDiff['status'], string>> = {
  added: 'A new file without content.',
  deleted: 'The file had no content.',
  modified: 'No line changed.',
  renamed: 'No line changed.',
  typeChanged: 'It became a file of another type.',
}

const modeOf = (patch: string): string | null => {
  const head = patch.split('\n@@ ', 1)[0] ?? ''
  const before = /^(?:old mode|deleted file mode) (\d+)$/m.exec(head)?.[1]
  // Of a file that changed its type git prints the old one as deleted and the new one as added.
  const after = /^(?:new mode|new file mode) (\d+)$/m.exec(patch)?.[1]
  if (!before || !after) return null
  const [was, is] = [kindOf(before), kindOf(after)]
  return was === is
    ? `File mode ${before} → ${after}.`
    : `It was ${was} and is now ${is} (${before} → ${after}).`
}

const kindOf = (mode: string): string => {
  if (mode === '120000') return 'a symbolic link'
  if (mode === '160000') return 'a submodule'
  return mode === '100755' ? 'an executable file' : 'a plain file'
}

const endingOf = (file: FileDiff, before: boolean, now: boolean): string[] => {
  if (before === now || (file.status !== 'modified' && file.status !== 'renamed')) return []
  return [now ? 'Its last line now ends with a newline.' : 'Its last line no longer ends with a newline.']
}
