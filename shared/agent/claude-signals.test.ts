import { describe, expect, test } from 'vitest'
import { headersIn, parseHook } from './claude-signals'

/** As posted by 2.1.330, with shortened ids. */
const common = {
  session_id: 's1',
  transcript_path: '/c/projects/-p/s1.jsonl',
  cwd: '/p',
  prompt_id: 'p1',
  permission_mode: 'default',
  effort: { level: 'medium' },
}

describe('hooks of Claude Code', () => {
  test('a session that starts', () => {
    const { prompt_id: _none, ...start } = common
    expect(
      parseHook({ ...start, hook_event_name: 'SessionStart', source: 'startup', model: 'claude-opus-5-5' }),
    ).toEqual({
      type: 'sessionStarted',
      session: 's1',
      transcript: '/c/projects/-p/s1.jsonl',
      model: 'claude-opus-5-5',
    })
  })

  test('a delivered prompt, as the mailbox frames it', () => {
    const prompt =
      '<task-notification>\n<summary>Message from Duologue</summary>\n</task-notification>\n<system-reminder>\nRelayed by Duologue: [duologue ab12] idle message\n</system-reminder>'
    const signal = parseHook({ ...common, hook_event_name: 'UserPromptSubmit', prompt })
    expect(signal).toEqual({ type: 'prompted', promptId: 'p1', text: prompt })
    expect(headersIn(prompt)).toEqual(['ab12'])
  })

  test('a permission request', () => {
    const suggestion = { type: 'setMode', mode: 'acceptEdits', destination: 'session' }
    expect(
      parseHook({
        ...common,
        hook_event_name: 'PermissionRequest',
        tool_name: 'Write',
        tool_input: { file_path: '/p/f.txt', content: 'hello' },
        permission_suggestions: [suggestion],
      }),
    ).toEqual({
      type: 'permissionAsked',
      promptId: 'p1',
      subAgent: false,
      tool: 'Write',
      input: { file_path: '/p/f.txt', content: 'hello' },
      suggestions: [suggestion],
    })
  })

  test('an end, with and without background tasks', () => {
    const stop = { ...common, hook_event_name: 'Stop', stop_hook_active: false, session_crons: [] }
    expect(parseHook({ ...stop, last_assistant_message: 'Done.', background_tasks: [] })).toEqual({
      type: 'stopped',
      promptId: 'p1',
      text: 'Done.',
      tasks: [],
    })
    const task = { id: 'b9', type: 'shell', status: 'running', description: 'serve', command: 'sleep 2' }
    expect(
      parseHook({ ...stop, last_assistant_message: 'Started.', background_tasks: [task] }),
    ).toMatchObject({
      tasks: ['serve'],
    })
    expect(parseHook({ ...stop, agent_id: 'a1', last_assistant_message: 'Sub.' })).toEqual({
      type: 'nothing',
    })
  })

  test('an API error', () => {
    expect(
      parseHook({
        ...common,
        hook_event_name: 'StopFailure',
        error: 'rate_limit',
        last_assistant_message: 'API Error: Request rejected (429) · You are out of quota',
      }),
    ).toEqual({
      type: 'failed',
      promptId: 'p1',
      error: 'rate_limit',
      text: 'API Error: Request rejected (429) · You are out of quota',
    })
  })

  test.each([
    null,
    [],
    'Stop',
    {},
    { ...common, hook_event_name: 'FromTheFuture' },
    { ...common, hook_event_name: 'Stop', background_tasks: 7 },
    { hook_event_name: 'UserPromptSubmit', prompt: 'no session' },
  ])('what has another shape is no signal: %j', raw => {
    expect(parseHook(raw)).toBeNull()
  })
})
