/** The changed files by folder, as one listbox: a single stop for Tab, arrows inside, any number of files. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react'
import type { FileDiff } from '../../shared/review/diff'
import { AlertIcon } from '../ui/icons'
import { LineCounts, StatusLetter } from './file-head'
import { partsOf, sentenceOf } from './file-words'

interface Props {
  readonly files: readonly FileDiff[]
  readonly current: number
  readonly unplanned: ReadonlySet<string>
  readonly findings: (file: number) => number
  readonly onJump: (file: number) => void
}

type Entry = { readonly folder: string } | { readonly file: number }

/** In pixels, as in diff.css. */
const ENTRY = 25

export const FileList = ({ files, current, unplanned, findings, onJump }: Props) => {
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const entries = useMemo(() => entriesOf(files), [files])
  const at = entries.findIndex(entry => 'file' in entry && entry.file === current)
  const list = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ENTRY,
    overscan: 8,
  })
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at)
  }, [at, list])

  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event.key, current, files.length)
    if (target === null) return
    event.preventDefault()
    event.stopPropagation()
    onJump(target)
  }
  return (
    <div
      ref={scroller}
      className="diff-list scrolls"
      role="listbox"
      aria-label="Changed files"
      aria-activedescendant={at >= 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="diff-list-size" role="presentation" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start, key }) => {
          const entry = entries[index]
          if (!entry) return null
          const style = { transform: `translateY(${start}px)` }
          if ('folder' in entry)
            return (
              <div
                key={key}
                className="diff-list-folder"
                style={style}
                role="presentation"
                title={entry.folder}
              >
                <span aria-hidden="true">{entry.folder}</span>
              </div>
            )
          const file = files[entry.file]
          return (
            file && (
              <FileOption
                key={key}
                id={`${id}-${entry.file}`}
                style={style}
                file={file}
                place={[entry.file + 1, files.length]}
                selected={entry.file === current}
                unplanned={unplanned.has(file.path)}
                findings={findings(entry.file)}
                onPick={() => onJump(entry.file)}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

interface OptionProps {
  readonly id: string
  readonly style: CSSProperties
  readonly file: FileDiff
  /** The how-manieth of how many. */
  readonly place: readonly [number, number]
  readonly selected: boolean
  readonly unplanned: boolean
  readonly findings: number
  readonly onPick: () => void
}

const FileOption = ({ id, style, file, place, selected, unplanned, findings, onPick }: OptionProps) => {
  const { folder, name } = partsOf(file.path)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, aria-activedescendant the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox handles the keys of its options
    <div
      id={id}
      className={folder ? 'diff-list-file' : 'diff-list-file top'}
      style={style}
      role="option"
      aria-selected={selected}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      title={file.path}
      onClick={onPick}
    >
      <span className="visually-hidden">{sentenceOf(file, unplanned, findings)}</span>
      <span className="diff-list-face" aria-hidden="true">
        <StatusLetter file={file} />
        <span className="diff-list-name">{name}</span>
        {unplanned && (
          <span className="diff-unplanned" title="unplanned: no item of the plan names this file">
            <AlertIcon size={11} />
          </span>
        )}
        {findings > 0 && <span className="diff-count">{findings}</span>}
        <LineCounts file={file} />
      </span>
    </div>
  )
}

/** A folder's line stands before the first of its files, wherever the folder changes. */
const entriesOf = (files: readonly FileDiff[]): Entry[] => {
  let last = ''
  return files.flatMap((file, index): Entry[] => {
    const { folder } = partsOf(file.path)
    const before: Entry[] = folder !== last ? [{ folder: folder || 'top folder' }] : []
    last = folder
    return [...before, { file: index }]
  })
}

const targetOf = (key: string, current: number, count: number): number | null => {
  switch (key) {
    case 'ArrowDown':
      return Math.min(current + 1, count - 1)
    case 'ArrowUp':
      return Math.max(current - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
