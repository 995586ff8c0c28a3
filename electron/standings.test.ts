import { expect, it } from 'vitest'
import { asTurnId } from '../shared/ids'
import type { Stamped } from '../shared/pair/events'
import { nothing } from '../shared/pair/initial'
import type { PairState } from '../shared/pair/model'
import type { Standing } from '../shared/pair/standing'
import { createStandings } from './standings'

const AT = '2026-01-01T10:00:00.000Z'
const state = (intent: string, startedAt = AT): PairState => ({
  ...nothing,
  ...{ intent, startedAt, round: 2, caps: { rounds: 5 } },
})
const turnEnded = {
  ...{ type: 'turnEnded', seat: 'left', turn: asTurnId('t'), outcome: { type: 'completed' }, text: '' },
  ...{ seq: 1, at: AT },
} as Stamped

it('tells where each open pair stands, and counts what ended while no window showed it', () => {
  const live = new Set(['p', 'q'])
  let shown = 'p'
  const told: (readonly Standing[])[] = []
  const standings = createStandings({
    live: pair => live.has(pair),
    shown: pair => pair === shown,
    tell: now => told.push(now),
  })
  const standing = (pair: string, intent: string, unread: number) => ({
    ...{ pair, intent, startedAt: AT, ended: false, round: 2, rounds: 5, unread },
    now: { text: 'Driver starting', role: 'driver', tone: 'plain' },
  })
  standings.events('p', [turnEnded], state('Mend it\nand so on'))
  standings.events('q', [turnEnded, turnEnded], state('Paint it', '2026-01-01T10:00:01.000Z'))
  standings.events('r', [turnEnded], state('Not open here'))
  const paint = { ...standing('q', 'Paint it', 2), startedAt: '2026-01-01T10:00:01.000Z' }
  expect(standings.all()).toEqual([standing('p', 'Mend it', 0), paint])
  expect(told).toHaveLength(2)

  standings.events('q', [], state('Paint it', '2026-01-01T10:00:01.000Z'))
  expect(told).toHaveLength(2)
  shown = 'q'
  standings.looked()
  expect(told.at(-1)).toEqual([standing('p', 'Mend it', 0), { ...paint, unread: 0 }])
  standings.events('p', [turnEnded], state('Mend it'))
  expect(told.at(-1)?.[0]).toEqual(standing('p', 'Mend it', 1))
  live.delete('p')
  standings.changed()
  expect(told.at(-1)).toEqual([{ ...paint, unread: 0 }])
})
