/** Starting a pair and going to it; every failure comes back as the words to show. */
import type { StartRequest } from '../../shared/ipc'
import { PRACTICE_INTENT } from '../../shared/pair/practice'
import type { Stores } from '../store/context'
import { lastOf } from './choices'

export const startPair = async (stores: Stores, request: StartRequest): Promise<string | null> => {
  const { api, settings, ui, pair } = stores
  const reply = await api.request('pairs.start', request)
  if (!reply.ok) return reply.message
  if (request.folder !== null) await settings.getState().change({ last: lastOf(request, request.folder) })
  ui.getState().setStarting(false)
  ui.getState().setInbox(true)
  await pair.getState().open(reply.value.pair)
  return null
}

export const startPractice = (stores: Stores): Promise<string | null> =>
  startPair(stores, {
    folder: null,
    intent: PRACTICE_INTENT,
    left: { agent: 'practice' },
    right: { agent: 'practice' },
    rounds: 5,
    proof: { command: 'node --test', limitSeconds: 120 },
  })
