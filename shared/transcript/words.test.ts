import { expect, it } from 'vitest'
import { costWords } from './words'

const used = (costUsd?: number) => ({
  ...{ inputTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 1, contextWindow: 9 },
  ...(costUsd === undefined ? {} : { costUsd }),
})

it('tells money as the window does: a little is not nothing, and what is not told is not said', () => {
  expect([used(0.4), used(0.004), used(0), used(), null].map(costWords)).toEqual([
    '$0.40',
    'under 1¢',
    '$0.00',
    '',
    '',
  ])
})
