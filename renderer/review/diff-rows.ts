/** The whole change as one flat list of rows, which is what is virtualised: heads, sentences, pieces of lines. */
import type { HunkData } from 'react-diff-view'
import type { FileDiff } from '../../shared/review/diff'
import type { Severity } from '../../shared/review/finding'
import { heightOf, piecesOf, type ViewType } from './chunks'
import type { ParsedFile } from './patch'

export interface DiffFinding {
  readonly id: string
  readonly severity: Severity
  /** As in the review: a path, empty when it is about no file. */
  readonly file: string
  /** 1-based; 0 when it is about no line. */
  readonly line: number
  readonly text: string
  /** In words. */
  readonly state: string
}

export type Row =
  | { readonly type: 'file'; readonly key: string; readonly file: number }
  | { readonly type: 'note'; readonly key: string; readonly file: number; readonly text: string }
  /** Findings that no shown line can carry. `file` is NO_FILE for those about files outside this change. */
  | {
      readonly type: 'findings'
      readonly key: string
      readonly file: number
      readonly title: string
      readonly findings: readonly DiffFinding[]
    }
  | {
      readonly type: 'lines'
      readonly key: string
      readonly file: number
      readonly hunk: HunkData
      /** What stands between this piece and the lines before it; null within a hunk. */
      readonly gap: string | null
      readonly height: number
    }

export const NO_FILE = -1

export interface RowsInput {
  readonly files: readonly FileDiff[]
  readonly parsed: readonly ParsedFile[]
  readonly byFile: FindingsByFile
  /** Paths. */
  readonly folded: ReadonlySet<string>
  readonly view: ViewType
}

export const rowsOf = ({ files, parsed, byFile, folded, view }: RowsInput): Row[] => {
  const elsewhere = byFile.get(NO_FILE) ?? []
  const rows: Row[] = []
  if (elsewhere.length > 0)
    rows.push({ type: 'findings', key: 'elsewhere', file: NO_FILE, title: ELSEWHERE, findings: elsewhere })
  files.forEach((file, index) => {
    rows.push({ type: 'file', key: file.path, file: index })
    const body = parsed[index]
    if (body && !folded.has(file.path))
      rows.push(...bodyOf(index, `${view} ${file.path}`, body, byFile.get(index) ?? [], view))
  })
  return rows
}

const ELSEWHERE = 'Findings outside this change'
const NO_LINE = 'Findings on lines that are not shown here'

/** By the index of the file in the change; under NO_FILE those that belong to none of its files. */
type FindingsByFile = ReadonlyMap<number, readonly DiffFinding[]>

export const findingsByFile = (
  files: readonly FileDiff[],
  findings: readonly DiffFinding[],
): FindingsByFile => {
  const at = new Map(files.map((file, index) => [file.path, index]))
  const result = new Map<number, DiffFinding[]>()
  for (const finding of findings) {
    const index = at.get(finding.file) ?? NO_FILE
    result.set(index, [...(result.get(index) ?? []), finding])
  }
  return result
}

const bodyOf = (
  file: number,
  key: string,
  { hunks, notes, lines }: ParsedFile,
  findings: readonly DiffFinding[],
  view: ViewType,
): Row[] => {
  const strays = findings.filter(finding => !lines.has(finding.line))
  return [
    ...notes.map((text, at): Row => ({ type: 'note', key: `${key} note ${at}`, file, text })),
    ...(strays.length > 0
      ? [{ type: 'findings', key: `${key} findings`, file, title: NO_LINE, findings: strays } as const]
      : []),
    ...hunks.flatMap((hunk, at) =>
      piecesOf(hunk, view).map(
        (piece, part): Row => ({
          type: 'lines',
          key: `${key} ${at} ${part}`,
          file,
          hunk: piece,
          gap: part === 0 ? gapBefore(hunk, hunks[at - 1]) : null,
          height: heightOf(piece.changes, view),
        }),
      ),
    ),
  ]
}

/** `34 unchanged lines · export const upload = …`: what was skipped, and where git says we are. */
const gapBefore = (hunk: HunkData, before: HunkData | undefined): string | null => {
  const skipped = hunk.oldStart - (before ? before.oldStart + before.oldLines : 1)
  const section = /^@@ .*? @@ ?(.*)$/.exec(hunk.content)?.[1] ?? ''
  const told = skipped > 0 ? `${skipped} unchanged ${skipped === 1 ? 'line' : 'lines'}` : ''
  return [told, section].filter(Boolean).join(' · ') || null
}
