/** Flags of `duologue run` as the request that starts a pair. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { StartRequest } from '../../shared/ipc'
import { parseRun, USAGE } from './args'

const parse = (...args: string[]) => parseRun(['/w', '--intent', 'Fix it', ...args], '/', false)
const request = (...args: string[]) => {
  const parsed = parse(...args)
  return parsed.ok && parsed.value !== 'help' ? parsed.value.request : parsed
}
const plain = {
  folder: '/w',
  intent: 'Fix it',
  left: { agent: 'claude' },
  right: { agent: 'codex' },
  rounds: 10,
}

test('no flag, no term: the engine knows what is usual', () => {
  expect(request()).toEqual(plain)
})

test('each term has its flag, and together they are a request that the engine takes', () => {
  const given = request(
    ...['--plan-first', 'approved', '--proof', 'npm test', '--proof-limit', '90', '--double-review'],
    ...['--hold-unplanned', '--rounds', '4', '--minutes', '30', '--tokens', '200000'],
  )
  expect(given).toEqual({
    ...plain,
    planFirst: 'approved',
    proof: { command: 'npm test', limitSeconds: 90 },
    doubleReview: true,
    holdUnplanned: true,
    rounds: 4,
    minutes: 30,
    tokens: 200_000,
  })
  expect(StartRequest.parse(given)).toEqual(given)
  expect(request('--proof', 'make check')).toEqual({
    ...plain,
    proof: { command: 'make check', limitSeconds: 600 },
  })
})

test.each([
  [['--plan-first', 'maybe'], '--plan-first takes reviewed or approved.'],
  [['--proof', ' '], '--proof takes a command, such as --proof "npm test".'],
  [['--proof-limit', '5'], '--proof-limit is about a proof: give --proof too.'],
  [['--proof', 'x', '--proof-limit', '0.5'], '--proof-limit takes a whole number from 1 to 86400.'],
  [['--minutes', '0'], '--minutes takes a whole number from 1 to 10000.'],
  [['--tokens', '5k'], '--tokens takes a whole number from 1000 to 1000000000.'],
  [['--rounds', '1e9'], '--rounds takes a whole number from 1 to 100.'],
])('%j is refused with what it takes', (args, said) => {
  expect(parse(...args)).toEqual({ ok: false, error: said })
})

test('the README has these words, all of them', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`\`\`\`\n${USAGE}\n\`\`\``)
})
