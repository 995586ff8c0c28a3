import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
        return { ok: true, value: events }
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

test('two windows that replay two pairs by turns have nothing read anew for each other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duologue-replays-'))
  for (const name of ['p', 'q']) {
    mkdirSync(join(folder, name))
    for (const seat of ['left', 'right'] as const)
      writeFileSync(
        join(folder, name, castFile(seat, 'left')),
        '{"version":2,"width":20,"height":4,"timestamp":1700000000}\n[1.5,"o","one"]\n',
      )
  }
  const events: readonly Stamped[] = new Story().events
  let [read, built] = [0, 0]
  const replays = createReplays({
    engine: {
      live: () => undefined,
      pairFolder: pair => join(folder, pair),
      read: async () => {
        read += 1
        return { ok: true, value: events }
      },
    },
    build: async (cast, keys) => {
      built += 1
      await buildKeyframes(cast, keys)
    },
    now: () => 0,
  })
  for (const name of ['p', 'q', 'p', 'q'])
    expect(await replays.open(asPairId(name))).toMatchObject({
      value: { recorded: { left: true, right: true } },
    })
  expect([read, built]).toEqual([2, 4])
  rmSync(folder, { recursive: true })
})
