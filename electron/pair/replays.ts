/**
 * Replays of this process's pairs, live and past. What was read of a recording is kept while it is being replayed: for
 * the pairs that were asked for last, since each window may replay one.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PairId } from '../../shared/ids'
import type { JournalEvent } from '../../shared/journal/line'
import type { SeatId } from '../../shared/pair/seat'
import type { ReplayExtent, ReplayFrame, ReplayPiece } from '../../shared/replay/frames'
import { err, ok, type Result } from '../../shared/result'
import { millisOf } from '../../shared/time'
import { keysPath } from '../store/keyframes'
import { openReplay, type Replay } from '../store/replay'
import type { BuildKeyframes } from '../store/replay-index'
import type { Engine, Failure } from './engine'
import { castFile } from './live'

export interface ReplaysDeps {
  readonly engine: Pick<Engine, 'read' | 'live' | 'pairFolder'>
  readonly build: BuildKeyframes
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface Replays {
  open(pair: PairId): Promise<Result<ReplayExtent, Failure>>
  /** Null: nothing was recorded of this seat. */
  frameAt(pair: PairId, seat: SeatId, at: number): Promise<Result<ReplayFrame | null, Failure>>
  read(pair: PairId, seat: SeatId, from: number): Promise<Result<ReplayPiece | null, Failure>>
}

const MOST_PAIRS = 8
const MOST_RECORDINGS = 2 * MOST_PAIRS

interface Begin {
  readonly driver: SeatId
  /** When each delivery was sent, until it was read: later runs mark themselves. */
  readonly sent: ReadonlyMap<string, number>
}

interface Kept {
  /** When they were read; a recorder that goes on adds to them. */
  readonly keysSize: number
  readonly replay: Replay | undefined
}

export const createReplays = ({ engine, build, now }: ReplaysDeps): Replays => {
  const kept = new Map<string, Kept>()
  /** One at a time for each recording: it may have to be made ready. */
  const opening = new Map<string, Promise<Replay | undefined>>()

  const replayOf = async (pair: PairId, seat: SeatId): Promise<Replay | undefined> => {
    engine.live(pair)?.flushRecordings()
    const begin = await beginOf(pair)
    if (!begin) return undefined
    const path = join(engine.pairFolder(pair), castFile(seat, begin.driver))
    const running = opening.get(path)
    if (running) return running
    const known = kept.get(path)
    if (known && known.keysSize === (await sizeOf(keysPath(path)))) return known.replay
    const opened = openKept(path, begin.sent).finally(() => opening.delete(path))
    opening.set(path, opened)
    return opened
  }

  const openKept = async (path: string, sent: ReadonlyMap<string, number>): Promise<Replay | undefined> => {
    const replay = await openReplay(path, build, sent)
    keepLast(kept, path, { replay, keysSize: await sizeOf(keysPath(path)) }, MOST_RECORDINGS)
    return replay
  }

  const begun = new Map<PairId, Begin>()
  const beginOf = async (pair: PairId): Promise<Begin | undefined> => {
    const known = begun.get(pair)
    if (known) return known
    const read = await engine.read(pair)
    if (!read.ok) return undefined
    const begin = read.value.find(event => event.type === 'pairStarted')
    if (begin?.type !== 'pairStarted') return undefined
    const made = { driver: begin.driver, sent: sentIn(read.value) }
    keepLast(begun, pair, made, MOST_PAIRS)
    return made
  }

  const guarded = async <T>(work: () => Promise<T>): Promise<Result<T, Failure>> => {
    try {
      return ok(await work())
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return err({ message: `The recording cannot be read: ${why}.` })
    }
  }

  return {
    open: pair =>
      guarded(async () => {
        // One after another: both may have to be made ready.
        const left = (await (await replayOf(pair, 'left'))?.spans()) ?? []
        const right = (await (await replayOf(pair, 'right'))?.spans()) ?? []
        return {
          spans: [...left, ...right],
          recorded: { left: left.length > 0, right: right.length > 0 },
        }
      }),
    frameAt: (pair, seat, at) =>
      guarded(async () => (await (await replayOf(pair, seat))?.frameAt(at)) ?? null),
    read: (pair, seat, from) =>
      guarded(async () => {
        // Before the recorder is told to write: what comes in this millisecond may come after that.
        const until = engine.live(pair) ? now() - 1 : null
        const replay = await replayOf(pair, seat)
        return (await replay?.read(from, until)) ?? null
      }),
  }
}

const keepLast = <K, V>(map: Map<K, V>, key: K, value: V, most: number): void => {
  map.delete(key)
  map.set(key, value)
  for (const oldest of [...map.keys()].slice(0, -most)) map.delete(oldest)
}

/** -1: there is none. */
const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? -1

const sentIn = (events: readonly JournalEvent[]): ReadonlyMap<string, number> =>
  new Map(
    events.flatMap((event): readonly (readonly [string, number])[] =>
      event.type === 'deliverySending' ? [[event.id, millisOf(event.at)]] : [],
    ),
  )
