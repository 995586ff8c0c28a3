import { expect, it } from 'vitest'
import type { Pushes } from '../../shared/ipc'
import type { Api } from '../api'
import { createProofStore, KEPT_CHARS, overlap } from './proof'

type Push = Pushes['pair.proof']

/** Answers are given by hand, so that a push can come before or after them. */
const host = () => {
  const answers: ((text: string) => void)[] = []
  let tell: (push: Push) => void = () => undefined
  const api = {
    request: () =>
      new Promise(resolve => {
        answers.push(value => resolve({ ok: true, value }))
      }),
    on: (_: string, listener: (push: Push) => void) => {
      tell = listener
      return () => undefined
    },
  } as unknown as Api
  return { api, answers, push: (text: string, run = 1) => tell({ pair: 'p', run, text }) }
}

it('joins what was printed before with what comes after, each line once', async () => {
  const { api, answers, push } = host()
  const store = createProofStore(api)
  const followed = store.getState().follow('p', 1)
  push('two\nthree\n')
  answers[0]?.('one\ntwo\n')
  await followed
  push('four\n')
  push('of another run\n', 2)
  expect(store.getState()).toMatchObject({ text: 'one\ntwo\nthree\nfour\n', cut: false, reading: false })
})

it('an answer that comes late does not show another run', async () => {
  const { api, answers } = host()
  const store = createProofStore(api)
  const first = store.getState().follow('p', 1)
  const second = store.getState().follow('p', 2)
  answers[1]?.('second\n')
  answers[0]?.('first\n')
  await Promise.all([first, second])
  expect(store.getState()).toMatchObject({ run: 2, text: 'second\n' })
})

it('keeps the end of a flood, from the beginning of a line', async () => {
  const { api, answers, push } = host()
  const store = createProofStore(api)
  const followed = store.getState().follow('p', 1)
  answers[0]?.('')
  await followed
  for (let line = 0; line < 40_000; line++) push(`line ${line}\n`)
  const { text, cut } = store.getState()
  expect(cut).toBe(true)
  expect(text.length).toBeLessThanOrEqual(KEPT_CHARS)
  expect(text.length).toBeGreaterThan(KEPT_CHARS / 2)
  expect(text).toMatch(/^line \d+\n/)
  expect(text.endsWith('line 39999\n')).toBe(true)
})

it('finds the longest text that stands at the end of one and the beginning of the other', () => {
  expect(overlap('abab', 'ababc')).toBe(4)
  expect(overlap('xab', 'abab')).toBe(2)
  expect(overlap('x', 'y')).toBe(0)
  expect(overlap('', 'y')).toBe(0)
})
