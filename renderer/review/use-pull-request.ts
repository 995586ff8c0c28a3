/** The draft pull request that the human is about to make: what it says, what is in the way, and what became of it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PullRequestPreview, Reply } from '../../shared/ipc'
import { MAX_BODY_CHARS } from '../../shared/transcript/pull-request'
import { useOpenPair, useWindow } from '../store/context'

interface Words {
  readonly title: string
  readonly body: string
}

export interface PullRequest {
  /** Null while it is looked at for the first time. */
  readonly preview: PullRequestPreview | null
  readonly text: Words
  readonly busy: 'looking' | 'creating' | null
  /** Why the last thing did not work, with what was already done. */
  readonly trouble: string | null
  /** The draft's address, once it is there. */
  readonly url: string | null
  /** Why it cannot be created now; null when it can. */
  readonly why: string | null
  edit(change: Partial<Words>): void
  /** Looks at the repository again; gives what it found. */
  look(): Promise<PullRequestPreview | null>
  create(): Promise<void>
}

const whyNot = (preview: PullRequestPreview | null, { title, body }: Words): string | null => {
  if (!preview) return 'The repository is being looked at.'
  if (preview.problems.length > 0) return preview.problems.join(' ')
  if (title.trim() === '') return 'It needs a title.'
  return body.length > MAX_BODY_CHARS
    ? `GitHub takes a text of at most ${MAX_BODY_CHARS.toLocaleString('en')} characters.`
    : null
}

export const usePullRequest = (): PullRequest => {
  const { api, ui } = useWindow()
  const { pair } = useOpenPair()
  const [preview, setPreview] = useState<PullRequestPreview | null>(null)
  const [text, setText] = useState<Words>({ title: '', body: '' })
  const [busy, setBusy] = useState<PullRequest['busy']>('looking')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const shown = useRef(false)

  const take = useCallback((reply: Reply<PullRequestPreview>): PullRequestPreview | null => {
    setBusy(null)
    setTrouble(reply.ok ? null : reply.message)
    if (!reply.ok) return null
    setPreview(reply.value)
    return reply.value
  }, [])

  useEffect(() => {
    shown.current = true
    void api.request('pair.previewPullRequest', { pair }).then(reply => {
      if (!shown.current) return
      const found = take(reply)
      if (found) setText({ title: found.title, body: found.body })
    })
    return () => {
      shown.current = false
    }
  }, [api, pair, take])

  const look = async () => {
    setBusy('looking')
    // A title is needed for the commands; without one the pair's own is taken.
    const edited = preview && text.title.trim() !== '' ? { edited: text } : {}
    return take(await api.request('pair.previewPullRequest', { pair, ...edited }))
  }

  const create = async () => {
    setBusy('creating')
    const reply = await api.request('pair.createPullRequest', { pair, ...text })
    const problem = reply.ok ? reply.value.problem : reply.message
    if (!shown.current) {
      // The dialog was put away meanwhile.
      if (reply.ok) ui.getState().toast(`The draft is there: ${reply.value.url}`, 'news')
      if (problem !== null) ui.getState().toast(problem, 'trouble')
      return
    }
    setBusy(null)
    setTrouble(problem)
    if (reply.ok) setUrl(reply.value.url)
  }

  return {
    ...{ preview, text, busy, trouble, url, look, create },
    why:
      busy === null
        ? whyNot(preview, text)
        : busy === 'creating'
          ? 'It is being created.'
          : whyNot(null, text),
    edit: change => setText({ ...text, ...change }),
  }
}
