/** What a handoff changed, file by file, below its text. Lines are told apart by their sign first, then by colour. */
import type { FileDiff, TreeDiff } from '../review/diff'
import { plural } from '../score/format'
import { htmlText } from './html-text'

/** Lines of one patch that are shown. More are read by nobody, and a page must open. */
const MAX_LINES = 600

const KINDS: Readonly<Record<string, string>> = { '+': 'add', '-': 'cut', '@': 'hunk' }

/** The lines after git's header; a rename without changes has none. */
const hunksOf = ({ patch }: FileDiff): readonly string[] => {
  const lines = patch.replace(/\n$/, '').split('\n')
  const first = lines.findIndex(line => line.startsWith('@@'))
  return first === -1 ? [] : lines.slice(first)
}

const line = (text: string): string => {
  const kind = KINDS[text[0] ?? ''] ?? ''
  const inner = htmlText(text === '' ? ' ' : text)
  return kind === '' ? inner : `<span class="${kind}">${inner}</span>`
}

const patchOf = (file: FileDiff): string => {
  if (file.binary) return '<p class="under">Binary.</p>'
  if (file.tooLarge) return '<p class="under">Left out: this file’s diff is too large.</p>'
  const lines = hunksOf(file)
  if (lines.length === 0) return ''
  const more = lines.length - MAX_LINES
  const rest = more > 0 ? `<p class="under">${plural(more, 'more line')} left out.</p>` : ''
  return `<pre class="diff">${lines.slice(0, MAX_LINES).map(line).join('\n')}</pre>${rest}`
}

const STATUS = {
  added: 'new',
  deleted: 'deleted',
  renamed: 'renamed',
  modified: '',
  typeChanged: 'another type',
} as const

const fileOf = (file: FileDiff): string => {
  const { path, oldPath, status, added, removed } = file
  const from = oldPath === null ? '' : `${htmlText(oldPath)} → `
  const how = STATUS[status] === '' ? '' : `<span>${STATUS[status]}</span>`
  return `<div class="file"><p class="file-head"><code>${from}${htmlText(path)}</code>${how}<span class="plus">+${added}</span><span class="minus">−${removed}</span></p>${patchOf(file)}</div>`
}

export const htmlDiff = ({ files }: TreeDiff): string =>
  files.length === 0
    ? '<p class="under">No file changed.</p>'
    : `<details class="diffs" open><summary><span>Diff · ${plural(files.length, 'file')}</span></summary>${files.map(fileOf).join('')}</details>`

/** Where it cannot be told any more. */
export const htmlNoDiff = (why: string): string =>
  `<p class="under">The diff is not here: ${htmlText(why)}</p>`
