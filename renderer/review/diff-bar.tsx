/** The bar above a diff: how much changed, which file one is at, and how it is shown. */
import type { TreeDiff } from '../../shared/review/diff'
import { count, plural } from '../../shared/score/format'
import { Button } from '../ui/button'
import { DownIcon, FoldIcon, UnfoldIcon } from '../ui/icons'
import { Segmented } from '../ui/segmented'
import type { ViewType } from './chunks'
import { totalOf } from './file-words'

interface Props {
  readonly diff: TreeDiff
  readonly current: number
  readonly unplanned: number
  /** Null when there is no choice. */
  readonly view: ViewType | null
  /** Why two columns cannot be had; null when they can. */
  readonly whyNotSplit: string | null
  readonly onView: (view: ViewType) => void
  /** Null when the list of files is beside the lines all the time. */
  readonly list: { readonly open: boolean; readonly toggle: () => void } | null
  readonly folded: boolean
  readonly onFoldAll: () => void
  readonly onMove: (by: 1 | -1) => void
}

export const DiffBar = ({ diff, current, unplanned, list, ...props }: Props) => {
  const { added, removed } = totalOf(diff.files)
  const files = plural(diff.files.length, 'file')
  const last = diff.files.length - 1
  return (
    <div className="diff-bar">
      {list ? (
        <Button kind="key small" onPress={list.toggle} expanded={list.open}>
          {files} <span aria-hidden="true">{list.open ? '▴' : '▾'}</span>
        </Button>
      ) : (
        <b>{files}</b>
      )}
      <span className="diff-counts">
        <span className="plus">+{count(added)}</span>
        <span className="minus">−{count(removed)}</span>
      </span>
      {unplanned > 0 && <span className="diff-bar-note">{unplanned} unplanned</span>}
      <span className="grow" />
      <span className="diff-steps">
        <Button
          kind="icon small soft up"
          onPress={() => props.onMove(-1)}
          label="Previous file (p)"
          keys="p"
          why={current <= 0 ? 'This is the first file' : null}
        >
          <DownIcon />
        </Button>
        <span className="diff-place">
          {current + 1} / {diff.files.length}
        </span>
        <Button
          kind="icon small soft"
          onPress={() => props.onMove(1)}
          label="Next file (n)"
          keys="n"
          why={current >= last ? 'This is the last file' : null}
        >
          <DownIcon />
        </Button>
      </span>
      <Button
        kind="icon small soft"
        onPress={props.onFoldAll}
        label={props.folded ? 'Expand all files' : 'Collapse all files'}
      >
        {props.folded ? <UnfoldIcon /> : <FoldIcon />}
      </Button>
      {props.view && (
        <Segmented<ViewType>
          label="How lines are shown"
          value={props.view}
          choices={[
            { value: 'unified', label: 'Unified' },
            { value: 'split', label: 'Split', why: props.whyNotSplit },
          ]}
          onChange={props.onView}
        />
      )}
    </div>
  )
}
