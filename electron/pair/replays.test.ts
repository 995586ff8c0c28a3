import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asPairId } from '../../shared/ids'
import type { Stamped } from '../../shared/pair/events'
import { Story } from '../../shared/pair/story'
import { buildKeyframes } from '../store/keyframes-build'
import { openRecorder } from '../store/recordings'
import { castFile, type LivePair } from './live'
import { createReplays } from './replays'

test('what a live recording is said to hold until a moment is in what was read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duologue-replays-'))
  const pair = asPairId('p')
  // Each look at the clock takes a millisecond, in which the program says something.
  let clock = 1_700_000_000_000
  const said: number[] = []
  const recorder = openRecorder({
    ...{
      path: join(folder, castFile('left', 'left')),
      cols: 40,
      rows: 10,
      title: 'driver',
      now: () => clock,
    },
    failed: error => expect.fail(error.message),
  })
  if (!recorder.ok) throw recorder.error
  const say = (): void => {
    clock += 1
    recorder.value.output(`at ${clock}`)
    said.push(clock)
  }
  const live = { flushRecordings: recorder.value.flush } as LivePair
  const events: readonly Stamped[] = new Story().events
  const replays = createReplays({
    engine: {
      live: () => live,
      pairFolder: () => folder,
      read: async () => {
        say()
        return { ok: true, value: { events, live: true, damage: [], storageTrouble: null } }
      },
    },
    build: buildKeyframes,
    now: () => clock,
  })
  say()
  const piece = await replays.read(pair, 'left', 0)
  if (!piece.ok || !piece.value) throw new Error('nothing was read')
  const { steps, until } = piece.value
  expect(until).not.toBeNull()
  expect(steps.map(({ at }) => at)).toEqual(
    expect.arrayContaining(said.filter(at => until !== null && at <= until)),
  )
  expect(steps.map(({ at }) => at)).toContain(1_700_000_000_001)
  recorder.value.close()
  rmSync(folder, { recursive: true })
})
