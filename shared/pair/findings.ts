/** What the human decides about single findings. */
import type { FindingId } from '../ids'
import type { Ruling } from '../review/finding'
import type { Draft } from './draft'
import { promotedText, ruledText } from './messages/notes'
import { otherSeat } from './seat'
import { findingOf, hasEnded, isAtWork, waiting } from './view'

/** A follow-up comes into scope. A pair that has ended goes on with it: that is when follow-ups are looked at. */
export const promote = (draft: Draft, id: FindingId): void => {
  if (hasEnded(draft.state)) {
    draft.add({ type: 'continued', why: `finding ${id} was brought into scope` })
    draft.add({ type: 'roundStarted', round: draft.state.round + 1 })
    draft.add({ type: 'findingPromoted', id })
    const record = findingOf(draft.state, id)
    if (record) draft.queue({ to: draft.state.driver, kind: 'notice', text: promotedText(record) })
    return
  }
  draft.add({ type: 'findingPromoted', id })
  tellDriver(draft, id, record => promotedText(record))
}

export const ruleFinding = (draft: Draft, id: FindingId, ruling: Ruling, reason: string): void => {
  const before = findingOf(draft.state, id)
  draft.add({ type: 'findingRuled', id, ruling, reason })
  const record = findingOf(draft.state, id)
  if (!record || !before || hasEnded(draft.state)) return
  const text = ruledText(record, ruling, reason)
  if (ruling === 'upheld') return tellDriver(draft, id, () => text)
  draft.queue({ to: otherSeat(draft.state.driver), kind: 'steer', text })
  const isWithDriver = before.handoff !== null && before.answer === null
  const { driver } = draft.state
  const travels = waiting(draft.state).some(({ kind, to }) => kind === 'handoff' && to === driver)
  if (isWithDriver && (travels || isAtWork(draft.state, driver))) tellDriver(draft, id, () => text)
}

/** Into its turn when it works or is about to, or else with its next message: then there is another round for it. */
const tellDriver = (
  draft: Draft,
  id: FindingId,
  text: (record: NonNullable<ReturnType<typeof findingOf>>) => string,
): void => {
  const { state } = draft
  const record = findingOf(state, id)
  if (!record) return
  const when = isAtWork(state, state.driver) ? 'now' : 'next'
  draft.queue({ to: state.driver, kind: 'steer', text: text(record) }, when)
}
