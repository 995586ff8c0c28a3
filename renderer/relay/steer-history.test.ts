import { expect, it } from 'vitest'
import { keepSaid, saidTo } from './steer-history'

const storage = (first: string | null = null) => {
  let kept = first
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  }
}

it('keeps what was said to each pair, newest last, and nothing twice', () => {
  const kept = storage()
  for (const text of ['one', 'two', 'one']) keepSaid(kept, 'p', text)
  keepSaid(kept, 'q', 'other')
  expect(saidTo(kept, 'p')).toEqual(['two', 'one'])
  expect(saidTo(kept, 'q')).toEqual(['other'])
  expect(saidTo(kept, 'r')).toEqual([])
})

it('is bounded: fifty texts of a pair, twenty pairs', () => {
  const kept = storage()
  for (let n = 0; n < 60; n++) keepSaid(kept, 'p', `text ${n}`)
  expect(saidTo(kept, 'p')).toHaveLength(50)
  expect(saidTo(kept, 'p').at(-1)).toBe('text 59')
  for (let n = 0; n < 20; n++) keepSaid(kept, `pair ${n}`, 'x')
  expect(saidTo(kept, 'p')).toEqual([])
  expect(saidTo(kept, 'pair 0')).toEqual(['x'])
})

it('begins anew where what was kept cannot be read', () => {
  for (const bad of ['{', '7', '[1]', '[["p"]]', '[["p", [1, "good"]]]']) {
    const kept = storage(bad)
    keepSaid(kept, 'q', 'x')
    expect(saidTo(kept, 'q')).toEqual(['x'])
    expect(saidTo(kept, 'p').every(text => typeof text === 'string')).toBe(true)
  }
})
