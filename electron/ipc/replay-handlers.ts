/** Requests of a replay. They read recordings; no terminal and no agent knows of them. */
import { asPairId } from '../../shared/ids'
import type { Reply } from '../../shared/ipc'
import type { Result } from '../../shared/result'
import type { Replays } from '../pair/replays'
import type { Handlers } from './handlers'

type ReplayRequest = 'replay.open' | 'replay.frame' | 'replay.read'

const answer = <T>(result: Result<T, { readonly message: string }>): Reply<T> =>
  result.ok ? { ok: true, value: result.value } : { ok: false, message: result.error.message }

export const createReplayHandlers = (replays: Replays): Pick<Handlers, ReplayRequest> => ({
  'replay.open': async ({ pair }) => answer(await replays.open(asPairId(pair))),
  'replay.frame': async ({ pair, seat, at }) => answer(await replays.frameAt(asPairId(pair), seat, at)),
  'replay.read': async ({ pair, seat, from }) => answer(await replays.read(asPairId(pair), seat, from)),
})
