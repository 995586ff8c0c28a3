import { expect, test } from 'vitest'
import { type ProofOutcome, passed, proofWords } from './proof'

test.each<[ProofOutcome, boolean, string]>([
  [{ type: 'exited', code: 0 }, true, 'passed'],
  [{ type: 'exited', code: 1 }, false, 'exit 1'],
  [{ type: 'exited', code: 127 }, false, 'exit 127 (command not found)'],
  [{ type: 'signalled', signal: 'SIGSEGV' }, false, 'ended by SIGSEGV'],
  [{ type: 'timedOut', limitSeconds: 600 }, false, 'timed out after 10 min'],
  [{ type: 'timedOut', limitSeconds: 90 }, false, 'timed out after 90 s'],
  [{ type: 'stopped' }, false, 'stopped'],
  [{ type: 'notStarted', message: 'no folder' }, false, 'not started: no folder'],
])('%o', (outcome, pass, words) => {
  expect([passed(outcome), proofWords(outcome)]).toEqual([pass, words])
})
