/** What was found at the typed path. */
import { BranchIcon } from '../ui/icons'
import type { FolderCheck } from './choices'

export const FolderNote = ({ check }: { check: FolderCheck }) => (
  <p id="folder-note" className={`note folder-note ${toneOf(check)}`} aria-live="polite">
    {check.type === 'none' && 'Where the pair works. Both agents share it.'}
    {check.type === 'checking' && 'Looking…'}
    {check.type === 'checked' && <Found check={check} />}
  </p>
)

const toneOf = (check: FolderCheck): string => {
  if (check.type !== 'checked') return ''
  if (!check.result.ok) return 'bad'
  return check.result.git ? '' : 'warn'
}

const Found = ({ check }: { check: Extract<FolderCheck, { type: 'checked' }> }) => {
  const { ok, git, branch, message } = check.result
  if (!ok) return message
  if (!git) return message || 'Not a git repository: reviews will have no diffstat and no pinned tree.'
  return (
    <>
      <BranchIcon /> Git repository{branch ? `, on ${branch}` : ', no branch checked out'}
      {message ? `. ${message}` : ''}
    </>
  )
}
