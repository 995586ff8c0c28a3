import { describe, expect, test } from 'vitest'
import { createTally, parseRow } from './claude-transcript'

const usage = {
  input_tokens: 100,
  cache_creation_input_tokens: 10,
  cache_read_input_tokens: 20,
  output_tokens: 7,
  service_tier: 'standard',
}
const assistant = (id: string, content: unknown[], stop: string, model = 'claude-opus-5-5'): string =>
  JSON.stringify({
    type: 'assistant',
    isSidechain: false,
    message: { id, type: 'message', role: 'assistant', model, content, stop_reason: stop, usage },
  })
const counted = { inputTokens: 130, cachedTokens: 20, outputTokens: 7, contextTokens: 137 }

describe('rows of the transcript', () => {
  test('what waits in the queue, and what has left it', () => {
    const row = (operation: string, content?: string) =>
      JSON.stringify({ type: 'queue-operation', operation, sessionId: 's', content })
    expect(parseRow(row('enqueue', '[duologue 7c1e] hi'))).toEqual({
      type: 'queue',
      text: '[duologue 7c1e] hi',
    })
    for (const left of ['dequeue', 'remove'])
      expect(parseRow(row(left))).toEqual({ type: 'queue', text: null })
  })

  test('what the agent says and costs', () => {
    const content = [
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', id: 't', name: 'Bash', input: {} },
    ]
    expect(parseRow(assistant('m1', content, 'tool_use'))).toEqual({
      type: 'assistant',
      message: 'm1',
      text: 'Let me look.',
      goesOn: true,
      sideChain: false,
      usage: counted,
    })
  })

  test('prompts, also those that entered mid-turn; results of tools are none', () => {
    const user = (content: unknown) =>
      JSON.stringify({ type: 'user', promptId: 'p', message: { role: 'user', content } })
    expect(parseRow(user('[duologue 7c1e] hi'))).toEqual({ type: 'prompt', text: '[duologue 7c1e] hi' })
    expect(
      parseRow(user([{ type: 'tool_result', content: '[duologue 7c1e] quoted', tool_use_id: 't' }])),
    ).toEqual({
      type: 'prompt',
      text: '',
    })
    const queued = {
      type: 'queued_command',
      prompt: '[duologue cd34] mid-turn',
      commandMode: 'task-notification',
    }
    expect(parseRow(JSON.stringify({ type: 'attachment', attachment: queued }))).toEqual({
      type: 'prompt',
      text: '[duologue cd34] mid-turn',
    })
    expect(parseRow(user([{ type: 'text', text: '[Request interrupted by user for tool use]' }]))).toEqual({
      type: 'interrupted',
      promptId: 'p',
    })
  })

  test.each([
    'not json',
    '{"type":"last-prompt","lastPrompt":"[duologue 7c1e]"}',
    assistant('m2', [{ type: 'text', text: 'API Error' }], 'stop_sequence', '<synthetic>'),
  ])('rows that repeat, or that no model wrote, tell nothing: %s', line => {
    expect(parseRow(line)).toBeNull()
  })

  test('a refused request tells until when, where the provider did', () => {
    const row = (more: object): string =>
      JSON.stringify({
        type: 'assistant',
        ...{ isApiErrorMessage: true, error: 'rate_limit', ...more },
        message: { id: 'm', model: '<synthetic>', content: [], stop_reason: 'stop_sequence', usage },
      })
    const limit = { type: 'limit', resetsAt: '2026-11-22T19:58:34.000Z' }
    const told = { status: 'rejected', resetsAt: 1795377514 }
    expect(parseRow(row({ quotaLimits: told }))).toEqual(limit)
    expect(parseRow(row({ apiErrorParams: { rate_limit_info: told } }))).toEqual(limit)
    expect(parseRow(row({}))).toBeNull()
    expect(parseRow(row({ quotaLimits: 'soon', apiErrorParams: 7 }))).toBeNull()
    expect(parseRow(row({ error: 'server_error', quotaLimits: told }))).toBeNull()
  })

  test('what a fork brought along was counted where it was said', () => {
    const said = JSON.parse(assistant('m1', [{ type: 'text', text: 'Done.' }], 'end_turn')) as object
    const forked = { ...said, forkedFrom: { sessionId: 's', messageUuid: 'u' } }
    expect(parseRow(JSON.stringify(forked))).toBeNull()
  })

  test('a message counts once, however many rows it has', () => {
    const tally = createTally()
    const partial = { ...counted, outputTokens: 1 }
    tally.add('m1', partial, false)
    expect(tally.add('m1', counted, false)).toEqual(counted)
    expect(tally.add('m2', { ...counted, contextTokens: 9 }, true)).toEqual({
      inputTokens: 260,
      cachedTokens: 40,
      outputTokens: 14,
      contextTokens: 137,
    })
  })
})
