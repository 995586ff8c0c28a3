/** A pair on disk whose agents tell what they have used: one with money, one with the size of its window. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from './app'

const PAIR = '20260101-140200-c057'

interface Used {
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
  readonly [more: string]: number
}

const used = (seat: string, usage: Used): object => ({ type: 'usageReported', seat, usage })

const turn = (
  seat: string,
  delivery: string,
  kind: string,
  usages: readonly object[],
  text: string,
): object[] => [
  { type: 'deliveryQueued', id: delivery, to: seat, kind, when: 'next', text: `Message ${delivery}` },
  { type: 'deliverySending', id: delivery, carries: [], mode: 'message' },
  { type: 'deliveryAccepted', id: delivery, via: 'its own signal' },
  { type: 'turnStarted', seat, turn: `t-${delivery}`, cause: { delivery } },
  ...usages,
  { type: 'turnEnded', seat, turn: `t-${delivery}`, outcome: { type: 'completed' }, text },
]

const story = (folder: string): readonly object[] => [
  {
    ...{ type: 'pairStarted', pair: PAIR, salt: 'c057', intent: 'Make the upload cheaper.', folder },
    ...{ branch: null, git: false, base: null, driver: 'left' },
    seats: { left: { agent: 'opencode' }, right: { agent: 'codex' } },
    caps: { rounds: 10, tokens: 100_000 },
  },
  { type: 'seatReady', seat: 'left', session: 'a', version: '1.18.33', model: 'big-model' },
  { type: 'seatReady', seat: 'right', session: 'b', version: '0.169.0', model: 'gpt' },
  ...turn(
    'left',
    'c05701',
    'opening',
    [
      used('left', { inputTokens: 30_000, cachedTokens: 10_000, outputTokens: 1_000, costUsd: 0.12 }),
      used('left', {
        ...{ inputTokens: 90_000, cachedTokens: 60_000, outputTokens: 4_000 },
        ...{ contextTokens: 31_000, costUsd: 0.42 },
      }),
    ],
    'The upload is cheaper.',
  ),
  ...turn(
    'right',
    'c05702',
    'handoff',
    [
      used('right', {
        ...{ inputTokens: 61_000, cachedTokens: 12_000, outputTokens: 1_500 },
        ...{ contextTokens: 64_600, contextWindow: 258_400 },
      }),
    ],
    'Looks right.',
  ),
]

export const storeCostPair = (room: Room): void => {
  const project = join(room.root, 'uploader')
  mkdirSync(project, { recursive: true })
  const folder = join(room.data, 'pairs', PAIR)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lines = story(project).map((event, seq) => {
    const at = new Date(Date.UTC(2026, 0, 1, 14, 2) + seq * 20_000).toISOString()
    return `${JSON.stringify({ v: 1, seq, at, ...event })}\n`
  })
  writeFileSync(join(folder, 'journal.jsonl'), lines.join(''), { mode: 0o600 })
}
