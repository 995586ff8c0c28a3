/** What a handoff changed, as Markdown: folded, in a fence that nothing in it can close. */
import type { FileDiff, TreeDiff } from '../review/diff'
import { plural } from '../score/format'
import { details, fence, inline } from './markdown-text'

/** GitHub shows a file of some hundred KB no longer as Markdown. */
const MAX_CHARS = 20_000

const patchOf = ({ path, oldPath, status, added, removed, binary, tooLarge, patch }: FileDiff): string => {
  const name = `${oldPath === null ? '' : `${oldPath} → `}${path} (${status}, +${added} −${removed})`
  if (binary || tooLarge) return `${name}\n${binary ? 'binary' : 'left out: too large'}`
  const from = patch.indexOf('\n@@')
  return from === -1 ? name : `${name}\n${patch.slice(from + 1).trimEnd()}`
}

export const markdownDiff = ({ files }: TreeDiff): string => {
  if (files.length === 0) return '*No file changed.*'
  const all = files.map(patchOf).join('\n\n')
  const text =
    all.length > MAX_CHARS ? `${all.slice(0, MAX_CHARS)}\n… ${all.length - MAX_CHARS} more characters` : all
  return details(`Diff: ${plural(files.length, 'file')}`, fence(text, 'diff'))
}

/** Where it cannot be told any more; git's own words are in it. */
export const markdownNoDiff = (why: string): string => `*The diff is not here: ${inline(why)}*`
