/** `+84 −12 · 5 files`: signs as well as colours. */
import type { Diffstat } from '../../shared/pair/model'
import { plural } from '../../shared/score/format'

export const Stat = ({ diffstat }: { diffstat: Diffstat }) =>
  diffstat.fileCount === 0 ? (
    <small>no files changed</small>
  ) : (
    <>
      <small className="plus">+{diffstat.added}</small> <small className="minus">−{diffstat.removed}</small>{' '}
      <small>·</small> <small>{plural(diffstat.fileCount, 'file')}</small>
    </>
  )
