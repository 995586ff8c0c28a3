import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACK_CHARS, acknowledged, consumed, HIGH_MARK, LOW_MARK, noDebt, sent } from './flow'

const chunk = fc.integer({ min: 1, max: 70_000 })

test('the steps are small enough for the marks', () => {
  expect(ACK_CHARS).toBeLessThanOrEqual(LOW_MARK)
  expect(LOW_MARK).toBeLessThan(HIGH_MARK)
})

test('pauses above the high mark and goes on only below the low one', () => {
  const full = sent(noDebt, HIGH_MARK + 1)
  expect(full).toEqual({ owed: HIGH_MARK + 1, paused: true })
  expect(acknowledged(full, HIGH_MARK + 1 - LOW_MARK)).toEqual({ owed: LOW_MARK, paused: true })
  expect(acknowledged(full, HIGH_MARK + 2 - LOW_MARK)).toEqual({ owed: LOW_MARK - 1, paused: false })
})

test('a source that obeys and a consumer that acknowledges in steps always come to the end', () => {
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 200 }), fc.array(fc.boolean()), (chunks, order) => {
      let flow = noDebt
      let held = 0
      const inFlight: number[] = []
      const source = [...chunks]
      const turns = [...order]
      const total = (): number => inFlight.reduce((sum, size) => sum + size, 0)
      while (source.length > 0 || inFlight.length > 0) {
        const maySend = source.length > 0 && !flow.paused
        if (maySend && (inFlight.length === 0 || (turns.shift() ?? true))) {
          const size = source.shift() ?? 0
          flow = sent(flow, size)
          inFlight.push(size)
        } else {
          // Paused with nothing in flight would never end.
          expect(inFlight.length).toBeGreaterThan(0)
          const step = consumed(held, inFlight.shift() ?? 0)
          held = step.held
          if (step.acknowledge > 0) flow = acknowledged(flow, step.acknowledge)
        }
        expect(flow.owed).toBe(total() + held)
        expect(flow.owed).toBeLessThanOrEqual(HIGH_MARK + 70_000)
      }
      expect(flow).toEqual({ owed: held, paused: false })
      expect(held).toBeLessThan(ACK_CHARS)
    }),
  )
})

test('acknowledgements from before a reset make no credit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -10, max: 1_000_000 })), late => {
      expect(late.reduce(acknowledged, noDebt)).toEqual(noDebt)
    }),
  )
})
