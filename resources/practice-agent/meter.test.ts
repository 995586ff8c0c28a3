import { expect, test } from 'vitest'
import { createMeter } from './meter'

const kept = () => {
  const facts = new Map<string, string>()
  return {
    fact: (key: string) => facts.get(key),
    setFact: (key: string, value: string) => facts.set(key, value),
  }
}

test('what it reads and writes is counted once, its conversation as cached, and goes on in the next process', () => {
  const record = kept()
  const told: unknown[] = []
  const first = createMeter(record, usage => told.push(usage))
  first.read('12345678')
  first.wrote('1234')
  expect(told).toEqual([
    { inputTokens: 2, cachedTokens: 0, outputTokens: 0, contextTokens: 2, contextWindow: 16_000 },
    { inputTokens: 4, cachedTokens: 2, outputTokens: 1, contextTokens: 3, contextWindow: 16_000 },
  ])
  createMeter(record, usage => told.push(usage)).wrote('')
  expect(told.at(-1)).toEqual({
    ...{ inputTokens: 7, cachedTokens: 5, outputTokens: 1 },
    ...{ contextTokens: 3, contextWindow: 16_000 },
  })
})
