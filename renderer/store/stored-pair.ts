/** For tests: a pair as the host opens it. */
import type { OpenedPair } from '../../shared/ipc'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'

export const startedEvent = (pair: string): Stamped =>
  ({
    ...{ seq: 0, at: '2026-01-01T10:00:00.000Z', type: 'pairStarted', pair, salt: 's', intent: 'Mend it' },
    ...{ folder: '/f', branch: null, git: true, base: null, driver: 'left', caps: { rounds: 3 } },
    seats: { left: { agent: 'practice' }, right: { agent: 'practice' } },
  }) as unknown as Stamped

export const openedWith = (events: readonly Stamped[]): OpenedPair => ({
  journal: new TextEncoder().encode(events.map(event => encodeLine(event)).join('')),
  live: true,
  damage: [],
  storageTrouble: null,
})
