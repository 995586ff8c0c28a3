/**
 * Where the human speaks. It always says where and when the words will land. A draft that was not sent stays
 * until it is sent or cleared, and an edit of a waiting message never touches it.
 */
import { useRef, useState } from 'react'
import { asDeliveryId } from '../../shared/ids'
import { labelOf, strokeAria, strokeOf } from '../../shared/keymap'
import type { Command } from '../../shared/pair/inputs'
import { landingWords } from '../../shared/pair/landing'
import type { PairState } from '../../shared/pair/model'
import { otherSeat, type Role, type SeatId } from '../../shared/pair/seat'
import { whyNot } from '../relay-commands'
import { useOpenPair, useReplay, useSettings, useUi, useWindow } from '../store/context'
import { draftKey } from '../store/ui'
import { useFocusWish } from '../store/use-focus-wish'
import { Button } from '../ui/button'
import { RoleMark } from '../ui/icons'
import { Segmented } from '../ui/segmented'
import { CannedMenu } from './canned-menu'
import { ComposerField, type FieldHandle } from './composer-field'
import { keepSaid } from './steer-history'

type To = Role | 'both'
type When = 'next' | 'now'

const seatFor = (state: PairState, to: To): SeatId | 'both' =>
  to === 'both' ? 'both' : to === 'driver' ? state.driver : otherSeat(state.driver)

export const Composer = () => {
  const { ui, commands } = useWindow()
  const view = useOpenPair()
  const { state, pair } = view
  const editing = useUi(store => (store.editing?.pair === pair ? store.editing : null))
  const replayed = useReplay(store => store.view !== null || store.opening)
  const key = draftKey(pair, editing)
  const text = useUi(({ drafts }) => drafts[key]) ?? editing?.original ?? ''
  const platform = useSettings(({ info }) => info.platform)
  const steers = useSettings(({ settings }) => settings.steers)
  const [to, setTo] = useState<To>('both')
  const [when, setWhen] = useState<When>('next')
  const field = useRef<FieldHandle>(null)
  const setText = (words: string) => ui.getState().setDraft(key, words)
  useFocusWish('composer', () => field.current?.focus())

  const command: Command = editing
    ? { type: 'editDelivery', id: asDeliveryId(editing.id), text }
    : { type: 'steer', to: seatFor(state, to), when, text }
  const closed = whyNot(view, { type: 'steer', to: 'both', when: 'next', text: 'x' })
  const why = closed ?? (text.trim() === '' ? 'There is nothing to say yet.' : whyNot(view, command))
  const landing = editing
    ? 'Editing a message that waits. What was first written is kept in the journal.'
    : closed
      ? ''
      : landingWords(state, seatFor(state, to), when)

  const save = async () => {
    if (await commands.send(command)) ui.getState().edit(null)
  }
  /** The field is empty at once: it is not sent twice, and what is typed meanwhile stays. */
  const say = async () => {
    keepSaid(localStorage, pair, text)
    setText('')
    if (await commands.send(command)) return
    const since = ui.getState().drafts[key]
    setText(since ? `${text}\n${since}` : text)
  }
  const send = () => {
    if (!why) void (editing ? save() : say())
  }
  const stroke = strokeOf('pair.steer')
  return (
    <section className={`composer ${editing ? 'editing' : ''}`} aria-label="Steer" inert={replayed}>
      {!editing && (
        <Segmented label="To" value={to} onChange={setTo} disabled={closed !== null} choices={RECEIVERS} />
      )}
      <CannedMenu onChoose={words => field.current?.insert(words, true)} />
      <ComposerField
        ref={field}
        label={editing ? 'Edit the waiting message' : labelOf('pair.steer')}
        keys={stroke ? strokeAria(stroke, platform) : undefined}
        placeholder={closed ?? 'Steer the pair…  @ names a file, ↑ brings back what you said'}
        disabled={closed !== null}
        text={text}
        onText={setText}
        onSend={send}
        onEscape={() => editing && ui.getState().edit(null)}
        onCanned={number => {
          const words = steers[number - 1]
          if (words !== undefined) field.current?.insert(words, true)
        }}
      />
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
      <Button kind="go composer-send" why={why} hint="⏎" onPress={send}>
        {editing ? 'Save' : 'Send'}
      </Button>
      <p id="landing" className="composer-landing" title={landing}>
        {landing}
      </p>
    </section>
  )
}

const mark = (role: Role) => (
  <span className={`${role} mark`}>
    <RoleMark of={role} size={13} />
  </span>
)

const RECEIVERS = [
  { value: 'driver', label: 'Driver', mark: mark('driver') },
  { value: 'navigator', label: 'Navigator', mark: mark('navigator') },
  { value: 'both', label: 'Both' },
] as const
