/** The plan in the human's hands: items are changed, added, taken out and moved; a reason goes with it. */
import { useEffect, useRef, useState } from 'react'
import type { PlanVersion } from '../../shared/review/plan'
import { whyNot } from '../relay-commands'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { GrowArea } from '../ui/grow-area'
import { AlertIcon, CloseIcon, DownIcon, UpIcon } from '../ui/icons'
import { type DraftItem, draftOf, itemsOf, moved, withNew, without } from './plan-draft'

interface Props {
  readonly plan: PlanVersion
  readonly onClose: () => void
}

export const PlanEdit = ({ plan, onClose }: Props) => {
  const view = useOpenPair()
  const { commands } = useWindow()
  const [from] = useState(plan)
  const [draft, setDraft] = useState(() => draftOf(plan.items))
  const [reason, setReason] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const [focusKey, setFocusKey] = useState<number | null>(draft[0]?.key ?? null)

  const command = { type: 'editPlan', items: itemsOf(draft), reason: reason.trim() } as const
  const why = whyNot(view, command)
  const save = async () => {
    if (!why && (await commands.send(command))) onClose()
  }
  const change = (key: number, part: Partial<DraftItem>) =>
    setDraft(draft.map(item => (item.key === key ? { ...item, ...part } : item)))
  const remove = (key: number) => {
    const at = draft.findIndex(item => item.key === key)
    setFocusKey((draft[at + 1] ?? draft[at - 1])?.key ?? null)
    setDraft(without(draft, key))
  }
  const add = () => {
    const next = withNew(
      draft,
      view.state.plans.flatMap(({ items }) => items),
    )
    setFocusKey(next.at(-1)?.key ?? null)
    setDraft(next)
  }
  useEffect(() => {
    if (focusKey === null) return
    form.current?.querySelector<HTMLElement>(`[data-item="${focusKey}"] textarea`)?.focus()
  }, [focusKey])

  return (
    <form
      ref={form}
      className="plan-edit"
      aria-label="Edit the plan"
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
      }}
    >
      {plan.version !== from.version && (
        <p className="note warn" role="alert">
          <AlertIcon size={12} /> Version {plan.version} came while you were editing version {from.version}.
          What you save replaces it.
        </p>
      )}
      {draft.map((item, index) => (
        <EditItem
          key={item.key}
          item={item}
          first={index === 0}
          last={index === draft.length - 1}
          onChange={part => change(item.key, part)}
          onMove={by => setDraft(moved(draft, item.key, by))}
          onRemove={() => remove(item.key)}
        />
      ))}
      <div>
        <Button kind="key small" onPress={add}>
          Add an item
        </Button>
      </div>
      <div className="labelled">
        <span aria-hidden="true">Why</span>
        <GrowArea
          label="Why"
          value={reason}
          placeholder="Kept with the version, and told with the plan."
          onChange={setReason}
        />
      </div>
      <div className="plan-acts">
        <Button kind="go" submit why={why} onPress={() => undefined}>
          Save as version {plan.version + 1}
        </Button>
        <Button kind="key" onPress={onClose}>
          Leave it as it is
        </Button>
      </div>
      {why && <p className="note">{why}</p>}
    </form>
  )
}

interface ItemProps {
  readonly item: DraftItem
  readonly first: boolean
  readonly last: boolean
  readonly onChange: (part: Partial<DraftItem>) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

const EditItem = ({ item, first, last, onChange, onMove, onRemove }: ItemProps) => (
  <fieldset className="plan-edit-item" data-item={item.key} aria-label={`Item ${item.id}`}>
    <div className="plan-edit-head">
      <span className="plan-id">{item.id}</span>
      <span className="grow" />
      <Button
        kind="soft icon small"
        label={`Move item ${item.id} up`}
        why={first ? 'It is the first.' : null}
        onPress={() => onMove(-1)}
      >
        <UpIcon />
      </Button>
      <Button
        kind="soft icon small"
        label={`Move item ${item.id} down`}
        why={last ? 'It is the last.' : null}
        onPress={() => onMove(1)}
      >
        <DownIcon />
      </Button>
      <Button kind="soft icon small" label={`Take out item ${item.id}`} onPress={onRemove}>
        <CloseIcon />
      </Button>
    </div>
    <GrowArea
      label={`What item ${item.id} does`}
      placeholder="What is to be done"
      value={item.text}
      onChange={text => onChange({ text })}
    />
    <GrowArea
      label={`Why item ${item.id}`}
      placeholder="Why"
      value={item.why}
      onChange={why => onChange({ why })}
    />
    <input
      className="field mono"
      type="text"
      spellCheck={false}
      aria-label={`Files of item ${item.id}`}
      placeholder="Files, folders, globs: a, b"
      value={item.files}
      onChange={event => onChange({ files: event.target.value })}
    />
  </fieldset>
)
