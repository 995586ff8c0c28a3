import { expect, test } from 'vitest'
import type { AgentEvent } from '../../shared/agent/event'
import { asTurnId } from '../../shared/ids'
import { createLimits } from './limits'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const turn = asTurnId('t')
const began: AgentEvent = { type: 'turnStarted', turn, cause: 'human' }
const failed = (cause: 'quota' | 'server'): AgentEvent => {
  const detail = "You've hit your session limit · resets 3pm (UTC)"
  return { type: 'turnEnded', turn, outcome: { type: 'failed', cause, detail }, text: '' }
}
const byWords: AgentEvent = { type: 'limit', resetsAt: '2026-11-23T15:01:00.000Z' }
const byAgent: AgentEvent = { type: 'limit', resetsAt: '2026-11-23T15:00:00.000Z' }

test('the words of a refused turn tell the time before its end is told', () => {
  const limits = createLimits(() => NOW)
  expect(limits.heard('left', failed('quota'))).toEqual([byWords, failed('quota')])
  expect(limits.heard('left', failed('server'))).toEqual([failed('server')])
})

test('what the agent itself told in this turn is better than its words', () => {
  const limits = createLimits(() => NOW)
  expect(limits.heard('left', began)).toEqual([began])
  expect(limits.heard('left', byAgent)).toEqual([byAgent])
  expect(limits.heard('left', failed('quota'))).toEqual([failed('quota')])
  expect(limits.heard('right', failed('quota'))).toEqual([byWords, failed('quota')])
  limits.heard('left', began)
  expect(limits.heard('left', failed('quota'))).toEqual([byWords, failed('quota')])
})

test('a time that has passed tells nothing, so the words do', () => {
  const limits = createLimits(() => NOW)
  limits.heard('left', { type: 'limit', resetsAt: '2026-11-23T08:59:00.000Z' })
  expect(limits.heard('left', failed('quota'))).toEqual([byWords, failed('quota')])
})
