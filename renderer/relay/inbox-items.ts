/** What waits for the human, oldest first: requests of the agents, and holds that do not release themselves. */
import type { Hold, PairState } from '../../shared/pair/model'

type Asked = PairState['requests'][number]
export type Decision = Exclude<Hold, { type: 'paused' }>
export type InboxItem =
  | { readonly type: 'request'; readonly key: string; readonly since: string; readonly asked: Asked }
  | { readonly type: 'hold'; readonly key: string; readonly since: string; readonly hold: Decision }

const isDecision = (hold: Hold): hold is Decision => hold.type !== 'paused'

export const inboxItems = (state: PairState): readonly InboxItem[] => {
  if (state.stage.phase === 'ended') return state.requests.filter(({ answered }) => !answered).map(asRequest)
  return [
    ...state.requests.filter(({ answered }) => !answered).map(asRequest),
    ...state.holds
      .filter(isDecision)
      .map((hold): InboxItem => ({ type: 'hold', key: `hold ${hold.type}`, since: hold.since, hold })),
  ].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
}

const asRequest = (asked: Asked): InboxItem => ({
  type: 'request',
  key: `request ${asked.request.id}`,
  since: asked.since,
  asked,
})

export const inboxCount = (state: PairState): number => inboxItems(state).length
