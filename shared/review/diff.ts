/** What differs between two trees, file by file, as the Diff view shows it. */

export type FileStatus = 'added' | 'deleted' | 'modified' | 'renamed' | 'typeChanged'

export interface FileDiff {
  readonly path: string
  /** Where it was before, when that is another path. */
  readonly oldPath: string | null
  readonly status: FileStatus
  readonly added: number
  readonly removed: number
  readonly binary: boolean
  /** The unified diff of this one file as git prints it; empty if binary or too large. */
  readonly patch: string
  readonly tooLarge: boolean
}

export interface TreeDiff {
  readonly files: readonly FileDiff[]
  /** There are more files than are listed. */
  readonly truncated: boolean
}
