import { expect, it } from 'vitest'
import { nothing } from '../../shared/pair/initial'
import type { PairState } from '../../shared/pair/model'
import { whatNow } from '../../shared/pair/now'
import { nowOf } from '../relay/words'
import { rowsOf } from './rows'

const AT = '2026-01-01T10:00:00.000Z'
const LIMIT = { resetsAt: '2026-01-01T14:00:00.000Z', over: false, goesOn: false }
const limited: PairState = {
  ...nothing,
  seats: { ...nothing.seats, left: { ...nothing.seats.left, status: { type: 'idle' } } },
  holds: [{ type: 'quota', seat: 'left', resetsAt: LIMIT.resetsAt, detail: 'used up', since: AT }],
}

it('the list says of a pair what its own bar says, a limit with its end', () => {
  const [row] = rowsOf(
    [
      {
        ...{ pair: 'p1', intent: 'Mend it', startedAt: AT, now: whatNow(limited), ended: false },
        ...{ round: 1, rounds: 3, unread: 2 },
      },
    ],
    [{ pair: 'p1', intent: 'Mend it', count: 1, ended: false }],
  )
  expect(row?.now).toEqual(nowOf(limited))
  expect(row?.now.text).toMatch(/^Limit until .*\d\d:\d\d$/)
  expect(row?.words).toBe(
    `Mend it: ${row?.now.text}, 1 waiting for you, 2 turns since you looked, Round 1 of 3`,
  )
})
