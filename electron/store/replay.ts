/**
 * A seat's recording, to be replayed: the terminal at any moment, and what follows. Reads are bounded: from the
 * keyframe before the moment, and a piece at a time after it. It only reads; a recorder may go on writing.
 */
import { open, stat } from 'node:fs/promises'
import { type Anchor, anchorsOf, momentOf, runsOf, secondsAt } from '../../shared/replay/anchors'
import type { Span } from '../../shared/replay/axis'
import type { ReplayFrame, ReplayPiece, ReplayStep } from '../../shared/replay/frames'
import { type CastEvent, parseCastLine } from '../../shared/terminal/cast'
import { sizeOf } from './keyframes-build'
import {
  type BuildKeyframes,
  endOf,
  type KeyframeState,
  keyframeAt,
  openReplayIndex,
  readRange,
} from './replay-index'

/** Read at once; some seconds of a busy agent's repaints. */
const PIECE_BYTES = 256 * 1024
const NEWLINE = 10

export interface Replay {
  /** When the terminal was recorded. */
  spans(): Promise<readonly Span[]>
  /** The terminal when everything until `at` had happened. Milliseconds since the epoch. */
  frameAt(at: number): Promise<ReplayFrame>
  /** @param from bytes; `next` of what was read before. @param now when the recording still goes on. */
  read(from: number, now: number | null): Promise<ReplayPiece>
}

/** @param sent when each delivery was sent, by its id. */
export const openReplay = async (
  path: string,
  build: BuildKeyframes,
  sent: ReadonlyMap<string, number>,
): Promise<Replay | undefined> => {
  let index = await openReplayIndex(path, build)
  if (!index) return undefined
  let making: ReturnType<typeof openReplayIndex> | null = null
  const frameStart = async (seconds: number): Promise<KeyframeState> => {
    const found = index && (await keyframeAt(index, seconds))
    if (found) return found
    // Damaged since it was read; now none of them is trusted. Once for all who ask meanwhile: it is one file.
    making ??= openReplayIndex(path, build, 'nothing').finally(() => {
      making = null
    })
    index = await making
    const made = index && (await keyframeAt(index, seconds))
    if (!made) throw new Error('its keyframes cannot be made')
    return made
  }
  return replayOf(path, anchorsOf(index.marks, index.header.timestamp, sent), frameStart)
}

const replayOf = (
  path: string,
  anchors: readonly Anchor[],
  frameStart: (seconds: number) => Promise<KeyframeState>,
): Replay => ({
  spans: async () => runsOf(anchors, await endOf(path)),
  frameAt: async at => {
    const seconds = secondsAt(anchors, at)
    const { offset, ...key } = await frameStart(seconds)
    const steps: ReplayStep[] = []
    let next = offset
    for await (const { event, end } of eventsFrom(path, offset)) {
      if (event && event[0] > seconds) break
      next = end
      const step = event && stepOf(event)
      if (step) addStep(steps, step)
    }
    return { ...key, steps, next }
  },
  read: async (from, now) => {
    const steps: (ReplayStep & { at: number })[] = []
    let next = from
    for await (const { event, end } of eventsFrom(path, from)) {
      next = end
      const step = event && stepOf(event)
      if (event && step) steps.push({ ...step, at: momentOf(anchors, event[0]) })
      if (end - from >= PIECE_BYTES) return { steps, next, until: steps.at(-1)?.at ?? 0, more: true }
    }
    return { steps, next, until: now, more: false }
  },
})

const stepOf = ([, kind, text]: CastEvent): ReplayStep | undefined => {
  if (kind === 'o') return { type: 'output', data: text }
  const size = kind === 'r' ? sizeOf(text) : undefined
  return size && { type: 'resize', ...size }
}

/** Output that follows output is one step. */
const addStep = (steps: ReplayStep[], step: ReplayStep): void => {
  const last = steps.at(-1)
  if (step.type === 'output' && last?.type === 'output')
    steps[steps.length - 1] = { type: 'output', data: last.data + step.data }
  else steps.push(step)
}

/** Whole lines from `offset` on; a line that is no event comes without one. */
async function* eventsFrom(
  path: string,
  offset: number,
): AsyncGenerator<{ readonly event: CastEvent | undefined; readonly end: number }> {
  const file = await open(path, 'r')
  try {
    const { size } = await stat(path)
    let rest = Buffer.alloc(0)
    let at = offset
    while (at + rest.length < size) {
      const fresh = await readRange(file, at + rest.length, Math.min(size, at + rest.length + PIECE_BYTES))
      if (fresh.length === 0) return
      const data = Buffer.concat([rest, fresh])
      let from = 0
      for (let to = data.indexOf(NEWLINE, rest.length); to !== -1; to = data.indexOf(NEWLINE, from)) {
        yield { event: parseCastLine(data.toString('utf8', from, to)), end: at + to + 1 }
        from = to + 1
      }
      rest = Buffer.from(data.subarray(from))
      at += from
    }
  } finally {
    await file.close()
  }
}
