/**
 * Both terminals as they stand in an HTML transcript: packed parts in elements that no browser runs. A recording of any
 * length is written with bounded room: beyond it only what was on the screens at handoffs, and then nothing more.
 */
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { SeatId } from '../../shared/pair/seat'
import { createLooks } from '../../shared/transcript/looks'
import type { Redactor } from '../../shared/transcript/redact'
import { type ScreensDeps, screensOf, type TakenPart } from './screens'

/** Characters of a packed terminal: whole up to the first, then around handoffs up to the second. */
interface Room {
  readonly whole: number
  readonly handoffs: number
}
const ROOM: Room = { whole: 6_000_000, handoffs: 10_000_000 }

/** `left` drove first, so its recording is the driver's. */
const RECORDINGS = ['driver', 'navigator'] as const

const pack = async (part: TakenPart['part']): Promise<string> =>
  (await promisify(gzip)(JSON.stringify(part), { level: 9 })).toString('base64')

export interface ScreenChunks {
  readonly pairDir: string
  /** Whose recording is called the driver's. */
  readonly driver: SeatId
  readonly redactor: Redactor
  readonly sent: ScreensDeps['sent']
  readonly room?: Room
  readonly found?: ScreensDeps['found']
  readonly partChars?: number
}

export async function* screenChunks({
  pairDir,
  driver,
  redactor,
  sent,
  room = ROOM,
  found = () => undefined,
  ...more
}: ScreenChunks): AsyncGenerator<string> {
  const looks = createLooks()
  for (const name of RECORDINGS) {
    const seat = (name === 'driver') === (driver === 'left') ? 'left' : 'right'
    let used = 0
    let left = 0
    for await (const taken of screensOf(join(pairDir, `${name}.cast`), {
      ...{ looks, redactor, sent, found },
      ...more,
    })) {
      if (used > (taken.handoff ? room.handoffs : room.whole)) {
        left += Math.max(0, taken.until - taken.from)
        continue
      }
      const packed = await pack(taken.part)
      used += packed.length
      yield `<script type="application/x-duologue-screens" data-seat="${seat}" data-from="${taken.from}" data-until="${taken.until}">${packed}</script>\n`
    }
    if (left > 0)
      yield `<script type="application/x-duologue-left-out" data-seat="${seat}">${left}</script>\n`
  }
  yield `<style>${looks.css()}</style>\n`
}
