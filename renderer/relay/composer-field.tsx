/**
 * The composer's text: several lines, `@` for a file of the workspace, a dropped file as its path, `↑` for what was said
 * before. Enter sends. The list of files is steered from the text, which keeps the focus.
 */
import {
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { mentionOf, pathFrom } from '../../shared/steer/paths'
import { useOpenPair, useWindow } from '../store/context'
import { FileList } from './file-choices'
import { saidTo } from './steer-history'
import { useCompletion } from './use-completion'

/** Grows with the text up to this height in px, then scrolls. */
const MOST_PX = 168
/** Its height with one line, as in the style sheet. */
const LEAST_PX = 32

export interface FieldHandle {
  focus(): void
  /** In place of what is selected; with room before it. `ownLine`: as lines of its own. */
  insert(text: string, ownLine?: boolean): void
}

interface Props {
  readonly ref: Ref<FieldHandle>
  readonly label: string
  readonly keys: string | undefined
  readonly placeholder: string
  readonly disabled: boolean
  readonly text: string
  readonly onText: (text: string) => void
  readonly onSend: () => void
  readonly onEscape: () => void
  /** Alt and a digit: the canned steer with that number, counted from one. */
  readonly onCanned: (number: number) => void
}

const LIST = 'composer-files'

/** As tall as its text, whatever the width; a placeholder is no text. */
const useHeight = (field: RefObject<HTMLTextAreaElement | null>, text: string): void => {
  const fit = useCallback(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    const height = area.value === '' ? LEAST_PX : Math.min(MOST_PX, area.scrollHeight + 2)
    area.style.height = `${height}px`
    document.documentElement.style.setProperty('--over', `${Math.max(0, height - LEAST_PX)}px`)
  }, [field])
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever the text changes
  useLayoutEffect(fit, [text])
  useEffect(() => {
    const watch = new ResizeObserver(fit)
    // Its place has the width; its own box is what is changed here.
    const place = field.current?.closest('.composer-field')
    if (place) watch.observe(place)
    return () => {
      watch.disconnect()
      document.documentElement.style.removeProperty('--over')
    }
  }, [field, fit])
}

export const ComposerField = ({ ref, text, onText, ...props }: Props) => {
  const { ui, api } = useWindow()
  const { pair, state } = useOpenPair()
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [back, setBack] = useState<number | null>(null)
  const files = useCompletion(text, caret)

  useHeight(field, text)

  /** As if it were typed, so that it can be undone. */
  const put = (words: string, from?: number) => {
    const area = field.current
    if (!area) return
    area.focus()
    if (from !== undefined) area.setSelectionRange(from, area.selectionEnd)
    document.execCommand('insertText', false, words)
  }
  const insert = (words: string, ownLine = false) => {
    const before = text.slice(0, field.current?.selectionStart ?? 0)
    const room = before === '' || /\s$/.test(before) ? '' : ' '
    put(`${ownLine && before !== '' && !before.endsWith('\n') ? '\n' : room}${words}`)
  }
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus(), insert }))

  const pick = (path: string | undefined) => {
    if (files && path !== undefined) put(`${mentionOf(path)} `, files.at)
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    const paths = [...event.dataTransfer.files].map(file => api.pathOf(file)).filter(path => path !== '')
    if (paths.length > 0) insert(`${paths.map(path => mentionOf(pathFrom(state.folder, path))).join(' ')} `)
    else ui.getState().toast('What was dropped is no file of this machine, so it has no path.')
  }

  /** Goes through what was said, from the newest; past it the field is empty again. True when it did. */
  const recall = (older: boolean): boolean => {
    const said = saidTo(localStorage, pair)
    // Something else has come into the field since, or it was sent: that is no place in what was said.
    const at = back !== null && said.at(-back) === text ? back : null
    if (at === null && (!older || text !== '' || said.length === 0)) return false
    const next = (at ?? 0) + (older ? 1 : -1)
    if (next > said.length) return true
    setBack(next === 0 ? null : next)
    onText(next === 0 ? '' : (said.at(-next) ?? ''))
    return true
  }
  const choosing = (event: KeyboardEvent): boolean => {
    if (!files) return false
    const { paths, chosen } = files
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 }[event.key]
    if (to !== undefined) files.choose((to + paths.length) % paths.length)
    else if (event.key === 'Escape') files.dismiss()
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') pick(paths[chosen])
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const digit = event.altKey && !event.ctrlKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
    if (choosing(event)) event.preventDefault()
    else if (digit !== undefined) {
      event.preventDefault()
      props.onCanned(Number(digit))
    } else if (event.key === 'Escape') props.onEscape()
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      props.onSend()
    } else if (plain && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      if (recall(event.key === 'ArrowUp')) event.preventDefault()
    }
  }
  return (
    <div className="composer-field">
      <div className="composer-grow">
        {files && <FileList id={LIST} paths={files.paths} chosen={files.chosen} onPick={pick} />}
        <textarea
          ref={field}
          className="field"
          rows={1}
          aria-label={props.label}
          aria-describedby="landing"
          aria-keyshortcuts={props.keys}
          aria-autocomplete="list"
          aria-controls={files ? LIST : undefined}
          aria-activedescendant={files ? `${LIST}-${files.chosen}` : undefined}
          placeholder={props.placeholder}
          disabled={props.disabled}
          value={text}
          onChange={event => {
            setBack(null)
            setCaret(event.target.selectionStart)
            onText(event.target.value)
          }}
          onSelect={event => setCaret(event.currentTarget.selectionStart)}
          onBlur={() => files?.dismiss()}
          onKeyDown={onKeyDown}
          onDragOver={event => {
            if (event.dataTransfer.types.includes('Files')) event.preventDefault()
          }}
          onDrop={onDrop}
        />
      </div>
    </div>
  )
}
