/** How a changed file is told: in a letter for the eye, in words for a reader. */
import type { FileDiff, FileStatus } from '../../shared/review/diff'
import { plural } from '../../shared/score/format'

export const LETTERS: Readonly<Record<FileStatus, string>> = {
  added: 'A',
  deleted: 'D',
  modified: 'M',
  renamed: 'R',
  typeChanged: 'T',
}

export const STATUS_WORDS: Readonly<Record<FileStatus, string>> = {
  added: 'added',
  deleted: 'deleted',
  modified: 'modified',
  renamed: 'renamed',
  typeChanged: 'type changed',
}

export interface PathParts {
  /** With its last slash; empty at the top. */
  readonly folder: string
  readonly name: string
}

export const partsOf = (path: string): PathParts => {
  const cut = path.lastIndexOf('/') + 1
  return { folder: path.slice(0, cut), name: path.slice(cut) }
}

export const sentenceOf = (file: FileDiff, unplanned: boolean, findings: number): string =>
  [
    file.path,
    STATUS_WORDS[file.status],
    file.binary ? 'binary' : `${file.added} added, ${file.removed} removed`,
    ...(unplanned ? ['unplanned'] : []),
    ...(findings > 0 ? [plural(findings, 'finding')] : []),
  ].join(', ')

export const totalOf = (
  files: readonly FileDiff[],
): { readonly added: number; readonly removed: number } => ({
  added: files.reduce((sum, file) => sum + file.added, 0),
  removed: files.reduce((sum, file) => sum + file.removed, 0),
})
