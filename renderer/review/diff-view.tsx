/**
 * A change as files and lines, with the findings at their lines. Any size: only what is near the visible part exists.
 * It knows nothing of pairs: who changed what between which trees is the caller's to say.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { TreeDiff } from '../../shared/review/diff'
import { DiffBar } from './diff-bar'
import { type BodyHandle, DiffBody } from './diff-body'
import { DiffRow } from './diff-row'
import { type DiffFinding, NO_FILE } from './diff-rows'
import { FileList } from './file-list'
import { sentenceOf } from './file-words'
import { useDiff } from './use-diff'
import { useWidth } from './use-width'

interface Props {
  readonly diff: TreeDiff
  /** Paths that no item of the plan names. */
  readonly unplanned: ReadonlySet<string>
  readonly findings: readonly DiffFinding[]
  /** The finding to go to and open; another `count` makes the same wish twice two wishes. */
  readonly show?: { readonly id: string; readonly count: number } | null
  readonly onOpenFinding?: (id: string) => void
}

/** In pixels: below these there is no room for two columns of code, for a list beside the lines, for two numbers. */
const SPLIT_FROM = 720
const LIST_FROM = 820
const TWO_NUMBERS_FROM = 520

export const DiffView = (props: Props) =>
  props.diff.files.length === 0 ? (
    <p className="diff-nothing">Nothing changed: the two trees are the same.</p>
  ) : (
    <ChangedFiles {...props} />
  )

const ChangedFiles = ({ diff, unplanned, findings, show = null, onOpenFinding }: Props) => {
  const root = useRef<HTMLDivElement>(null)
  const body = useRef<BodyHandle>(null)
  const width = useWidth(root)
  const [listOpen, setListOpen] = useState(false)
  const [at, setAt] = useState(0)
  const [said, setSaid] = useState('')
  const model = useDiff(diff.files, findings, width >= SPLIT_FROM)
  const { files } = diff
  const current = Math.min(at, files.length - 1)
  const narrow = width < TWO_NUMBERS_FROM
  const wide = width >= LIST_FROM
  const findingsOf = (file: number) => model.findingsOf(file).length

  useShown(show, model, body, root)

  const jump = (file: number) => {
    const target = files[file]
    if (!target) return
    setAt(file)
    const told = sentenceOf(target, unplanned.has(target.path), findingsOf(file))
    setSaid(`File ${file + 1} of ${files.length}: ${told}`)
    body.current?.showFile(file)
  }
  const fold = (file: number) => {
    flushSync(() => model.fold(file))
    body.current?.keepInView(file)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = moveOf(event)
    if (by === 0) return
    event.preventDefault()
    jump(current + by)
    body.current?.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for whatever in it has the focus
    <div ref={root} className={narrow ? 'diff-view narrow' : 'diff-view'} onKeyDown={onKeyDown}>
      <DiffBar
        diff={diff}
        current={current}
        unplanned={files.filter(file => unplanned.has(file.path)).length}
        view={narrow ? null : model.view}
        whyNotSplit={width < SPLIT_FROM ? 'Two columns need a wider panel' : null}
        onView={model.setView}
        list={wide ? null : { open: listOpen, toggle: () => setListOpen(!listOpen) }}
        folded={model.allFolded}
        onFoldAll={model.foldAll}
        onMove={by => jump(current + by)}
      />
      {diff.truncated && (
        <p className="diff-note warn">
          Too large to be shown whole: of some files only the numbers of lines are here.
        </p>
      )}
      <div className={wide ? 'diff-columns' : 'diff-stack'}>
        {(wide || listOpen) && (
          <FileList
            files={files}
            current={current}
            unplanned={unplanned}
            findings={findingsOf}
            onJump={jump}
          />
        )}
        <DiffBody
          rows={model.rows}
          handle={body}
          onScrolledTo={file => file !== NO_FILE && setAt(file)}
          render={row => {
            const file = files[row.file] ?? null
            return (
              <DiffRow
                row={row}
                file={file}
                marks={{
                  findings: model.findingsOf(row.file),
                  open: model.opened,
                  onToggle: model.openFinding,
                  onOpenFinding: onOpenFinding ?? null,
                }}
                unplanned={file !== null && unplanned.has(file.path)}
                collapsed={file !== null && model.folded.has(file.path)}
                current={row.file === current}
                view={model.view}
                narrow={narrow}
                digits={model.digitsOf(row.file)}
                onFold={() => fold(row.file)}
              />
            )
          }}
        />
      </div>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </div>
  )
}

/** So many are enough for rows to be measured and moved. */
const FRAMES_TO_COME = 30

/** The rows are virtual: first the row that holds the finding is brought in, then the finding itself. */
const useShown = (
  show: NonNullable<Props['show']> | null,
  model: ReturnType<typeof useDiff>,
  body: { readonly current: BodyHandle | null },
  root: { readonly current: HTMLElement | null },
) => {
  const done = useRef(0)
  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  useEffect(() => {
    if (!show || done.current === show.count || !model.reveal(show.id)) return
    done.current = show.count
    const row = model.rowOf(show.id)
    if (row < 0) return
    body.current?.showRow(row)
    const go = (framesLeft: number) => {
      const found = root.current?.querySelector(`[data-finding="${CSS.escape(show.id)}"] button`)
      if (found instanceof HTMLElement) {
        found.scrollIntoView({ block: 'center' })
        found.focus({ preventScroll: true })
      } else if (framesLeft > 0) frame.current = requestAnimationFrame(() => go(framesLeft - 1))
    }
    frame.current = requestAnimationFrame(() => go(FRAMES_TO_COME))
  }, [show, model, body, root])
}

/** `n` and `p`, wherever in the view the focus is; with a modifier they are somebody else's. */
const moveOf = (event: KeyboardEvent): 1 | -1 | 0 => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return 0
  return event.key === 'n' ? 1 : event.key === 'p' ? -1 : 0
}
