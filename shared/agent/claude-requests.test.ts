import { describe, expect, test } from 'vitest'
import { asRequestId } from '../ids'
import { decisionFor, requestOf } from './claude-requests'
import type { PermissionAsked } from './claude-signals'

const id = asRequestId('r1')
const asked = (
  tool: string,
  input: Record<string, unknown>,
  suggestions: object[] = [],
): PermissionAsked => ({
  type: 'permissionAsked',
  promptId: 'p1',
  subAgent: false,
  tool,
  input,
  suggestions: suggestions.map(rule => ({ ...rule })),
})
const colours = {
  questions: [
    {
      question: 'Which color?',
      header: 'Color',
      options: [{ label: 'Red', description: 'warm' }],
      multiSelect: false,
    },
  ],
}
const decisionIn = (reply: unknown) =>
  (reply as { hookSpecificOutput: { decision: unknown } }).hookSpecificOutput.decision

describe('permission requests of Claude Code', () => {
  test('show the whole command, without control bytes', () => {
    const command = 'rm -rf a\n\x1b[2Jb\u0085 && echo\tc\x7f'
    expect(requestOf(id, asked('Bash', { command, description: 'Clean up' }))).toEqual({
      type: 'approval',
      id,
      title: 'Run a command',
      body: 'rm -rf a\n[2Jb && echo\tc',
      reason: 'Clean up',
      choices: ['allow', 'deny'],
    })
  })

  test.each([
    ['Edit', { file_path: '/a', old_string: 'x\ny', new_string: 'z' }, 'Edit /a', '- x\n- y\n+ z'],
    ['ExitPlanMode', { plan: '# Plan' }, 'Start work on this plan', '# Plan'],
    ['mcp__x__y', { a: 1 }, 'Use the tool mcp__x__y', '{\n  "a": 1\n}'],
  ])('%s', (tool, input, title, body) => {
    expect(requestOf(id, asked(tool, input))).toMatchObject({ title, body })
  })

  test('are answered; never with a rule outside the session', () => {
    const signal = asked('Bash', { command: 'npm test' }, [
      { type: 'addRules', behavior: 'allow', destination: 'localSettings' },
    ])
    expect(requestOf(id, signal)).toMatchObject({ choices: ['allow', 'allowForSession', 'deny'] })
    const deny = decisionFor(signal, { type: 'approval', choice: 'deny', message: 'no' })
    expect(decisionIn(deny?.reply)).toEqual({ behavior: 'deny', message: 'no' })
    const session = decisionFor(signal, { type: 'approval', choice: 'allowForSession' })
    expect(decisionIn(session?.reply)).toEqual({
      behavior: 'allow',
      updatedPermissions: [{ type: 'addRules', behavior: 'allow', destination: 'session' }],
    })
  })

  test('say what "for this session" would allow besides, in the words of its own rules', () => {
    const signal = asked('Bash', { command: 'npm test' }, [
      {
        type: 'addRules',
        rules: [{ toolName: 'Bash', ruleContent: 'npm test:*' }, { toolName: 'Read' }],
        behavior: 'allow',
        destination: 'localSettings',
      },
      { type: 'setMode', mode: 'acceptEdits', destination: 'session' },
      { type: 'addDirectories', directories: ['/tmp/x'], destination: 'session' },
      { type: 'new', what: 1 },
    ])
    expect(requestOf(id, signal)).toMatchObject({
      covers: [
        'Bash(npm test:*)',
        'Read',
        'the permission mode acceptEdits',
        'access to /tmp/x',
        '{"type":"new","what":1}',
      ],
    })
  })

  test('that are questions take labels or words, and never nothing', () => {
    const signal = asked('AskUserQuestion', colours)
    expect(requestOf(id, signal)).toEqual({
      type: 'question',
      id,
      questions: [
        {
          id: 'Which color?',
          header: 'Color',
          text: 'Which color?',
          options: [{ label: 'Red', description: 'warm' }],
          multiple: false,
          freeText: true,
        },
      ],
    })
    const given = decisionFor(signal, { type: 'question', answers: { 'Which color?': ['Red', 'or so'] } })
    expect(decisionIn(given?.reply)).toEqual({
      behavior: 'allow',
      updatedInput: { ...colours, answers: { 'Which color?': 'Red, or so' } },
    })
    expect(decisionFor(signal, { type: 'question', answers: {} })).toBeNull()
    expect(decisionFor(signal, { type: 'approval', choice: 'allow' })).toBeNull()
    expect(decisionFor(asked('Bash', {}), { type: 'question', answers: {} })).toBeNull()
  })
})
