/** The one place from which anything is pushed: what will happen is said first, and it happens on one button. */
import { useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { AlertIcon, CheckIcon } from '../ui/icons'
import { type PullRequest, usePullRequest } from './use-pull-request'

export const PullRequestDialog = () => {
  const show = useUi(store => store.show)
  const draft = usePullRequest()
  const close = () => show('none')
  return (
    <Dialog label="Create draft PR" className="pull-request" onClose={close}>
      <div className="dialog-body scrolls" aria-busy={draft.busy !== null}>
        <h2>{draft.url ? 'The draft is there' : 'Create draft PR'}</h2>
        {draft.url ? <Created url={draft.url} /> : <Draft draft={draft} />}
        {draft.trouble && (
          <p className="note bad selectable" role="alert">
            {draft.trouble}
          </p>
        )}
        <Acts draft={draft} onClose={close} />
      </div>
    </Dialog>
  )
}

const Draft = ({ draft }: { draft: PullRequest }) => {
  const { preview, text, edit } = draft
  if (!preview) return draft.busy ? <p className="quiet">Looking at the repository…</p> : null
  const locked = draft.busy === 'creating'
  return (
    <>
      <WhatHappens draft={draft} />
      <label className="labelled">
        <span>Title</span>
        <input
          className="field"
          value={text.title}
          maxLength={300}
          readOnly={locked}
          onChange={event => edit({ title: event.target.value })}
        />
      </label>
      <label className="labelled">
        <span>Text, as Markdown</span>
        <textarea
          className="field mono scrolls pull-request-text"
          value={text.body}
          readOnly={locked}
          spellCheck={false}
          onChange={event => edit({ body: event.target.value })}
        />
      </label>
      {preview.commands.length > 0 && <ByHand draft={draft} commands={preview.commands} />}
    </>
  )
}

const WhatHappens = ({ draft: { preview } }: { draft: PullRequest }) => {
  if (!preview) return null
  const { push, problems, notes } = preview
  return (
    <>
      {push && problems.length === 0 && (
        <p>
          Pushes <b className="mono">{push.branch}</b> to <b className="mono">{push.remote}</b> and creates a
          draft pull request with this text. Until you press the button nothing leaves this machine.
        </p>
      )}
      {problems.length > 0 && (
        <section className="pull-request-problems" aria-label="What is in the way">
          {problems.map(problem => (
            <p key={problem} className="selectable">
              <AlertIcon />
              <span>{problem}</span>
            </p>
          ))}
        </section>
      )}
      {notes.map(note => (
        <p key={note} className="note warn selectable">
          {note}
        </p>
      ))}
    </>
  )
}

const ByHand = ({ draft, commands }: { draft: PullRequest; commands: readonly string[] }) => {
  const { ui } = useWindow()
  const copy = async () => {
    const found = await draft.look()
    if (!found || found.commands.length === 0) return
    try {
      await navigator.clipboard.writeText(`${found.commands.join('\n')}\n`)
      ui.getState().toast('The text is saved and the commands are copied.')
    } catch {
      ui.getState().toast('The clipboard did not take it.', 'trouble')
    }
  }
  return (
    <section className="labelled" aria-label="By hand">
      <span className="label">Or run this yourself, in the folder of the pair</span>
      <pre className="pull-request-commands selectable mono">{commands.join('\n')}</pre>
      <span className="pull-request-copy">
        <Button kind="key" onPress={() => void copy()}>
          Save text and copy commands
        </Button>
      </span>
    </section>
  )
}

const Created = ({ url }: { url: string }) => (
  <p className="pull-request-made">
    <CheckIcon />
    <span className="mono selectable">{url}</span>
  </p>
)

const Acts = ({ draft, onClose }: { draft: PullRequest; onClose: () => void }) => {
  const { api, ui } = useWindow()
  const { url, busy, why, preview, trouble } = draft
  const canLook = preview ? preview.problems.length > 0 || preview.notes.length > 0 : trouble !== null
  const open = async () => {
    if (url === null) return
    const reply = await api.request('link.open', { url })
    if (!reply.ok) ui.getState().toast(reply.message, 'trouble')
  }
  if (url !== null) {
    return (
      <div className="dialog-acts">
        <Button kind="key" onPress={() => void open()}>
          Open it
        </Button>
        <Button kind="go" autoFocus onPress={onClose}>
          Done
        </Button>
      </div>
    )
  }
  return (
    <div className="dialog-acts">
      {canLook && (
        <Button kind="soft" why={busy ? 'Wait a moment.' : null} onPress={() => void draft.look()}>
          Look again
        </Button>
      )}
      <span className="grow" />
      <Button kind="key" autoFocus onPress={onClose}>
        {busy === 'creating' ? 'Close' : 'Cancel'}
      </Button>
      <Button kind="go" why={why} onPress={() => void draft.create()}>
        {busy === 'creating' ? 'Pushing…' : 'Create draft PR'}
      </Button>
    </div>
  )
}
