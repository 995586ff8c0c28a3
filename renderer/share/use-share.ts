/** The export that the human is about to make: what it would replace, what they chose, and what became of it. */
import { useEffect, useState } from 'react'
import type { ExportFormat, ExportPreview } from '../../shared/ipc'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { choiceOf } from './choice'

export type ShareFormat = Exclude<ExportFormat, 'followUps'>

export interface Share {
  /** Null while it is looked for. */
  readonly preview: ExportPreview | null
  readonly format: ShareFormat
  readonly terminals: boolean
  /** Values that are no secrets. */
  readonly kept: ReadonlySet<string>
  /** The human's own, a line each, as they type them. */
  readonly words: string
  readonly writing: boolean
  readonly trouble: string | null
  setFormat(format: ShareFormat): void
  setTerminals(terminals: boolean): void
  setWords(words: string): void
  /** Replaces a value, or keeps it. */
  toggle(value: string): void
  write(): Promise<void>
}

/** Where it is, and what redaction can and cannot do. */
const exported = (paths: readonly string[]): string =>
  `Exported to ${paths.join(' and ')}. Not every secret can be told: read it before you share it.`

export const useShare = (): Share => {
  const { api, ui } = useWindow()
  const { pair } = useOpenPair()
  const show = useUi(store => store.show)
  const [preview, setPreview] = useState<ExportPreview | null>(null)
  const [format, setFormat] = useState<ShareFormat>('html')
  const [terminals, setTerminals] = useState(false)
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [words, setWords] = useState('')
  const [writing, setWriting] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  useEffect(() => {
    let shown = true
    void api.request('pair.previewExport', { pair }).then(reply => {
      if (!shown) return
      if (!reply.ok) return setTrouble(reply.message)
      setPreview(reply.value)
      // Where a secret was on a screen there may be one in pieces, which nothing finds: then they are asked for.
      const seen = reply.value.hits.some(({ places }) => places.includes('screen'))
      setTerminals(reply.value.recorded && !seen)
    })
    return () => {
      shown = false
    }
  }, [api, pair])

  const write = async () => {
    setWriting(true)
    setTrouble(null)
    const choice = choiceOf(preview?.hits ?? [], kept, words)
    const reply = await api.request('pair.export', { pair, format, choice, terminals })
    setWriting(false)
    if (!reply.ok) return setTrouble(reply.message)
    if (reply.value.length === 0) return
    // Something else may stand there by now.
    if (ui.getState().overlay === 'share') show('none')
    ui.getState().toast(exported(reply.value), 'news')
  }

  return {
    ...{
      preview,
      format,
      terminals,
      kept,
      words,
      writing,
      trouble,
      setFormat,
      setTerminals,
      setWords,
      write,
    },
    toggle: value => {
      const next = new Set(kept)
      if (!next.delete(value)) next.add(value)
      setKept(next)
    },
  }
}
