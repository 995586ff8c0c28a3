/**
 * Where the human speaks. It always says where and when the words will land. A draft that was not sent stays
 * until it is sent or cleared, and an edit of a waiting message never touches it.
 */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { asDeliveryId } from '../../shared/ids'
import { labelOf, strokeAria, strokeOf } from '../../shared/keymap'
import type { Command } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import type { SeatId } from '../../shared/pair/seat'
import { otherSeat } from '../../shared/pair/seat'
import { isWorking } from '../../shared/pair/view'
import { whyNot } from '../commands'
import { useOpenPair, useReplay, useSettings, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { RoleMark } from '../ui/icons'
import { Segmented } from '../ui/segmented'

type To = 'driver' | 'navigator' | 'both'
type When = 'next' | 'now'

/** Grows with the text up to this height in px, then scrolls. */
const MOST_PX = 168

const seatFor = (state: PairState, to: To): SeatId | 'both' =>
  to === 'both' ? 'both' : to === 'driver' ? state.driver : otherSeat(state.driver)

/** Says truthfully what will happen: `now` enters a running turn, and starts one where nothing runs. */
const landing = (state: PairState, to: To, when: When): string => {
  const name = to === 'both' ? 'both' : `the ${to}`
  if (when === 'next')
    return to === 'both' ? 'Lands with the next handoff to each' : `Lands with the next handoff to ${name}`
  const seat = seatFor(state, to)
  const busy =
    seat === 'both'
      ? isWorking(state.seats.left) || isWorking(state.seats.right)
      : isWorking(state.seats[seat])
  return busy
    ? `Goes into the running turn of ${name}, between its steps`
    : `Goes to ${name} at once, and starts a turn`
}

export const Composer = () => {
  const { ui, commands } = useWindow()
  const view = useOpenPair()
  const { state } = view
  const editing = useUi(store => store.editing)
  const replayed = useReplay(store => store.view !== null || store.opening)
  const focus = useUi(store => store.focus)
  const platform = useSettings(({ info }) => info.platform)
  const [to, setTo] = useState<To>('both')
  const [when, setWhen] = useState<When>('next')
  const [draft, setDraft] = useState('')
  const [edited, setEdited] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const text = editing ? edited : draft
  const setText = editing ? setEdited : setDraft

  useEffect(() => {
    if (!editing) return
    setEdited(editing.original)
    field.current?.focus()
  }, [editing])
  useEffect(() => {
    if (focus?.target === 'composer') field.current?.focus()
  }, [focus])
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever the text changes
  useLayoutEffect(() => {
    const area = field.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(MOST_PX, area.scrollHeight + 2)}px`
  }, [text])

  const command: Command = editing
    ? { type: 'editDelivery', id: asDeliveryId(editing.id), text }
    : { type: 'steer', to: seatFor(state, to), when, text }
  const closed = whyNot(view, { type: 'steer', to: 'both', when: 'next', text: 'x' })
  const why = closed ?? (text.trim() === '' ? 'There is nothing to say yet.' : whyNot(view, command))

  const send = async () => {
    if (why) return
    if (!(await commands.send(command))) return
    setText('')
    if (editing) ui.getState().edit(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && editing) ui.getState().edit(null)
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }
  const stroke = strokeOf('pair.steer')
  return (
    <section className={`composer ${editing ? 'editing' : ''}`} aria-label="Steer" inert={replayed}>
      {!editing && (
        <Segmented
          label="To"
          value={to}
          onChange={setTo}
          disabled={closed !== null}
          choices={[
            {
              value: 'driver',
              label: 'Driver',
              mark: (
                <span className="driver mark">
                  <RoleMark of="driver" size={13} />
                </span>
              ),
            },
            {
              value: 'navigator',
              label: 'Navigator',
              mark: (
                <span className="navigator mark">
                  <RoleMark of="navigator" size={13} />
                </span>
              ),
            },
            { value: 'both', label: 'Both' },
          ]}
        />
      )}
      <div className="composer-field">
        <textarea
          ref={field}
          className="field"
          rows={1}
          aria-label={editing ? 'Edit the waiting message' : labelOf('pair.steer')}
          aria-describedby="landing"
          aria-keyshortcuts={stroke ? strokeAria(stroke, platform) : undefined}
          placeholder={closed ?? 'Steer the pair…'}
          disabled={closed !== null}
          value={text}
          onChange={event => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <p id="landing" className="composer-landing">
          {editing
            ? 'Editing a message that waits. What was first written is kept in the journal.'
            : closed
              ? ''
              : landing(state, to, when)}
        </p>
      </div>
      {editing ? (
        <Button kind="key" onPress={() => ui.getState().edit(null)}>
          Leave as it was
        </Button>
      ) : (
        <Segmented
          label="When"
          value={when}
          onChange={setWhen}
          disabled={closed !== null}
          choices={[
            { value: 'next', label: 'Next handoff' },
            { value: 'now', label: 'Now' },
          ]}
        />
      )}
      <Button kind="go composer-send" why={why} hint="⏎" onPress={() => void send()}>
        {editing ? 'Save' : 'Send'}
      </Button>
    </section>
  )
}
