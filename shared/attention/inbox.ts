/**
 * What waits for the human, oldest first: requests of the agents, and holds that do not release themselves. The window
 * draws its cards from it, the host its badge and what a notification leads to, so they never count differently.
 */
import type { Hold, PairState } from '../pair/model'

type Asked = PairState['requests'][number]
export type Decision = Exclude<Hold, { type: 'paused' }>
export type InboxItem =
  | { readonly type: 'request'; readonly key: string; readonly since: string; readonly asked: Asked }
  | { readonly type: 'hold'; readonly key: string; readonly since: string; readonly hold: Decision }

const isDecision = (hold: Hold): hold is Decision => hold.type !== 'paused'

/** Names the card of a request for as long as it is open. */
export const requestKey = (id: Asked['request']['id']): string => `request ${id}`

/** Both seats can be in trouble at once, and more than one message not taken. */
export const holdKey = (hold: { readonly type: Hold['type'] }): string => {
  const { seat = '', delivery = '' } = hold as { readonly seat?: string; readonly delivery?: string }
  return ['hold', hold.type, delivery || seat].join(' ').trim()
}

export const inboxItems = (state: PairState): readonly InboxItem[] => {
  const requests = state.requests.filter(({ answered }) => !answered).map(asRequest)
  if (state.stage.phase === 'ended') return requests
  return [...requests, ...state.holds.filter(isDecision).map(asHold)].sort((a, b) =>
    a.since < b.since ? -1 : a.since > b.since ? 1 : 0,
  )
}

const asRequest = (asked: Asked): InboxItem => ({
  type: 'request',
  key: requestKey(asked.request.id),
  since: asked.since,
  asked,
})

const asHold = (hold: Decision): InboxItem => ({ type: 'hold', key: holdKey(hold), since: hold.since, hold })
