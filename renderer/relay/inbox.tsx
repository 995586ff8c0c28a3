/**
 * One place for everything that waits for the human. It opens by itself when something new comes, but never takes
 * the focus: someone may be typing in a terminal. Its single-letter keys work only while the focus is inside.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { inboxItems } from '../../shared/attention/inbox'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { useFocusWish } from '../store/use-focus-wish'
import { Button } from '../ui/button'
import { CloseIcon } from '../ui/icons'
import { ApprovalCard } from './approval-card'
import { HoldCard } from './hold-card'
import { QuestionCard } from './question-card'

export const Inbox = () => {
  const { state, live } = useOpenPair()
  const { ui } = useWindow()
  const open = useUi(({ inboxOpen }) => inboxOpen)
  const card = useUi(store => store.card)
  const dock = useRef<HTMLElement>(null)
  const [shown, setShown] = useState('')
  const items = live ? inboxItems(state) : []
  const newest = items.map(({ key }) => key).join('\n')

  useEffect(() => {
    setShown(before => {
      const isNew = newest.split('\n').some(key => key !== '' && !before.includes(key))
      if (isNew) ui.getState().setInbox(true)
      return newest
    })
  }, [newest, ui])
  useFocusWish('inbox', () => dock.current?.querySelector<HTMLElement>('article')?.focus())

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not drawn yet is looked for when it is
  useEffect(() => {
    if (card === null) return
    const found = dock.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(card)}"]`)
    found?.scrollIntoView({ block: 'nearest' })
    found?.focus()
    if (found || !newest.split('\n').includes(card)) ui.getState().cardShown()
  }, [card, newest, open, shown, ui])

  if (items.length === 0 || !open || shown === '') return null
  return (
    <section className="inbox scrolls" ref={dock} aria-label="Inbox" data-testid="inbox" onKeyDown={letters}>
      {items.length > 1 && <h2 className="inbox-count">{items.length} things wait for you</h2>}
      <Button
        kind="soft icon inbox-close"
        label="Hide the inbox"
        onPress={() => ui.getState().setInbox(false)}
      >
        <CloseIcon />
      </Button>
      {items.map(item => {
        if (item.type === 'hold') return <HoldCard key={item.key} hold={item.hold} />
        const { request, seat } = item.asked
        return request.type === 'approval' ? (
          <ApprovalCard key={item.key} seat={seat} request={request} since={item.since} />
        ) : (
          <QuestionCard key={item.key} seat={seat} request={request} since={item.since} />
        )
      })}
    </section>
  )
}

/** A letter presses the button of the focused card that names it, unless it is being typed into a field. */
const letters = (event: KeyboardEvent<HTMLElement>) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
  if (event.target.matches('textarea, input[type="text"]')) return
  const card = event.target.closest('article')
  const button = card?.querySelector<HTMLElement>(
    `[data-letter="${CSS.escape(event.key.toLowerCase())}"] button`,
  )
  if (!button) return
  event.preventDefault()
  button.click()
}
