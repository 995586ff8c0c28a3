/** The invariants of the relay, over random orders of commands and signals. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { cooperate } from './cooperate'
import { decide } from './decide'
import type { Stamped } from './events'
import { evolve, fold } from './evolve'
import type { PairState } from './model'
import { findingOf, isHeld, isProven, workOf } from './view'
import { AT, CAP, command, run, stepListArb, walk, worldArb } from './worlds'

/** A world takes some 10 ms; when one fails, it is made smaller many times over. */
vi.setConfig({ testTimeout: 120_000 })

test('one delivery is on its way to a seat at a time', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (_, __, after) => {
        const carried = after.outbox.flatMap(({ carries }) => carries)
        for (const seat of ['left', 'right'] as const) {
          const flying = after.outbox.filter(
            each => each.to === seat && each.status === 'sending' && !carried.includes(each.id),
          )
          expect(flying.length).toBeLessThanOrEqual(1)
        }
      })
    }),
  )
})

test('nothing leaves while held, but for a step and for the human’s own steer', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (before, event) => {
        if (event.type !== 'deliverySending' || event.mode === 'launch') return
        const delivery = before.outbox.find(({ id }) => id === event.id)
        const paused = before.holds.some(({ type }) => type === 'paused')
        expect(paused && !before.stepAllowed).toBe(false)
        if (delivery?.kind === 'steer') return
        const onlyPaused = before.requests.length === 0 && before.holds.every(({ type }) => type === 'paused')
        expect(!isHeld(before) || (before.stepAllowed && onlyPaused)).toBe(true)
      })
    }),
  )
})

test('nothing is accepted twice, and nothing is sent again once it was accepted', () => {
  fc.assert(
    fc.property(worldArb, world => {
      const taken = new Set<string>()
      walk(run(world), (before, event) => {
        if (event.type === 'deliveryAccepted') {
          expect(taken.has(event.id)).toBe(false)
          taken.add(event.id)
          for (const id of before.outbox.find(each => each.id === event.id)?.carries ?? []) taken.add(id)
        }
        if (event.type === 'deliverySending') {
          expect([event.id, ...event.carries].some(id => taken.has(id))).toBe(false)
        }
      })
    }),
  )
})

test('rounds never pass the cap, and count by one', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (before, event, after) => {
        expect(after.round).toBeLessThanOrEqual(CAP)
        if (event.type === 'roundStarted') expect(event.round).toBe(before.round + 1)
      })
    }),
  )
})

test('a pair ends once, and then nothing more is sent, queued or held', () => {
  const end = command(() => ({ type: 'end' }))
  fc.assert(
    fc.property(worldArb, stepListArb, (world, more) => {
      walk(run({ ...world, steps: [...world.steps, end, ...more] }), (before, event) => {
        if (before.stage.phase !== 'ended') return
        expect(['ended', 'deliverySending', 'deliveryQueued', 'handingOver', 'held']).not.toContain(
          event.type,
        )
      })
    }),
  )
})

test('a replay of the journal gives the same state', () => {
  fc.assert(
    fc.property(worldArb, world => {
      const events = run(world)
      const stored = events.map(event => JSON.parse(JSON.stringify(event)) as Stamped)
      expect(fold(stored)).toEqual(fold(events))
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
    }),
  )
})

test('a state that was given is never changed, whatever comes next', () => {
  fc.assert(
    fc.property(worldArb, world => {
      let state: PairState = Object.freeze(fold([]))
      // To write to what is frozen throws.
      for (const event of run(world)) state = Object.freeze(evolve(state, event).state)
      expect(state).toEqual(fold(run(world)))
    }),
  )
})

test('from anywhere, a cooperating world reaches an end', () => {
  fc.assert(
    fc.property(worldArb, world => {
      let state = fold(run(world))
      for (let n = 0; n < 600 && state.stage.phase !== 'ended'; n += 1) {
        const input = cooperate(state, n)
        const decided = decide(state, input, AT)
        if (!decided.ok)
          throw new Error(`stuck: ${JSON.stringify({ input, why: decided.error, state }, null, 1)}`)
        state = fold(decided.value, state)
      }
      expect(state.stage.phase).toBe('ended')
    }),
  )
})

test('a pair agrees only on evidence: reported done, proven, and this very work passed review', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (before, event) => {
        if (event.type !== 'ended' || event.reason !== 'agreed') return
        expect(before.report).not.toBeNull()
        expect(isProven(before)).toBe(true)
        expect(before.passed?.work).toBe(workOf(before))
        expect(before.holds.some(({ type }) => type === 'unplanned')).toBe(false)
      })
    }),
    { numRuns: 300 },
  )
})

test('a failed proof goes back at most twice before the navigator sees it', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (_, event) => {
        if (event.type === 'proofSentBack') expect(event.count).toBeLessThanOrEqual(2)
      })
    }),
  )
})

test('what the human ruled out is not asked of the driver again, and the intent stays as it was', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (before, event, after) => {
        const ids = after.findings.map(({ finding }) => finding.id)
        expect(new Set(ids).size).toBe(ids.length)
        if (before.seq >= 0) expect(after.intent).toBe(before.intent)
        if (event.type !== 'deliveryQueued' || event.kind !== 'handoff' || event.to !== before.driver) return
        // The text of before the swap travels with the human's ruling beside it.
        if (event.text.startsWith('Your human has swapped')) return
        for (const { finding } of after.findings) {
          const record = findingOf(after, finding.id)
          const isOut = finding.silenced || (record?.ruling && record.ruling.type !== 'upheld')
          if (isOut && record?.promotedAt === null) {
            const [asked] = event.text.split('Your human has ruled on these')
            expect(asked).not.toContain(`- ${finding.id} `)
          }
        }
      })
    }),
  )
})

test('in a double review neither is told what the other found before both are in', () => {
  fc.assert(
    fc.property(worldArb, world => {
      walk(run(world), (before, event) => {
        if (event.type !== 'deliveryQueued' || before.stage.phase !== 'doubleReview') return
        if (event.kind === 'steer') return // the human's own words
        for (const reviewer of Object.values(before.stage.reviewers)) {
          for (const { text } of reviewer.review?.findings ?? []) expect(event.text).not.toContain(text)
        }
      })
    }),
  )
})
