/**
 * The journal's disk fails while a pair works. The pair waits and says so, nothing that was acknowledged is lost, and
 * Resume goes on where it stood; the same when the app is killed meanwhile.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DiskFault } from './fault-disk'
import { judge } from './judge'
import { createRandom } from './random'
import { takenIn } from './record'
import { type Outcome, play } from './world'

vi.setConfig({ testTimeout: 120_000 })

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'faults-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const good = { lost: [], doubled: [], merged: [], wrong: [] }

const failing = (name: string, seed: number, disk: (write: number) => DiskFault | null): Promise<Outcome> =>
  play({
    root: join(root, name),
    random: createRandom(seed),
    plot: { passAt: 4 },
    request: { intent: 'Make it right.', rounds: 20, proof: { command: 'true', limitSeconds: 20 } },
    faults: { host: () => null, disk, seat: 0, loss: 0, refusal: 0 },
    habits: { steer: 0.1, pause: 0 },
  })

const WORDS = { ENOSPC: 'the disk is full', EIO: 'EIO', EACCES: 'permission denied' }

const CODES = ['ENOSPC', 'EIO', 'EACCES'] as const
const PLACES = ['write', 'part', 'sync'] as const
const WIDTH = 8

const check = async (fault: DiskFault, target: number): Promise<number> => {
  const outcome = await failing(`${fault.code}-${fault.at}-${target}`, target, write =>
    write === target ? fault : null,
  )
  const verdict = judge(outcome.events, takenIn(outcome.records))
  expect({ target, ...verdict, broken: outcome.broken }).toMatchObject({ ...good, broken: [] })
  expect(outcome.state.stage).toMatchObject({ phase: 'ended', reason: 'agreed' })
  if (outcome.diskFaults > 0) {
    expect(outcome.troubles.filter(each => each !== null)[0]).toContain(WORDS[fault.code])
    expect(outcome.troubles.at(-1)).toBeNull()
  }
  expect((await readFile(outcome.journal, 'utf8')).endsWith('\n')).toBe(true)
  expect(outcome.events.map(({ seq }) => seq)).toEqual(outcome.events.map((_, index) => index))
  return outcome.diskFaults
}

describe('a disk that fails', () => {
  PLACES.forEach((at, place) => {
    test(`at each ${at}: the pair waits, says so, and goes on`, async () => {
      const { writes } = await failing(`count-${at}`, 1, () => null)
      let faults = 0
      let pairs = 0
      const one = async (target: number): Promise<void> => {
        const code = CODES[target % CODES.length] ?? 'EIO'
        const found = await check({ at, code, times: 1 + (target % 2) }, target)
        faults += found
        pairs += 1
      }
      // Each write fails in one of the three places; which, changes from one to the next.
      const targets = Array.from({ length: writes - 1 }, (_, index) => index + 1).filter(
        target => Math.floor(target / CODES.length) % PLACES.length === place,
      )
      for (let from = 0; from < targets.length; from += WIDTH)
        await Promise.all(targets.slice(from, from + WIDTH).map(one))
      expect(faults).toBeGreaterThan(0)
      console.log(`disk fails at each ${at}: ${pairs} pairs, ${faults} failures`)
    })
  })
})
