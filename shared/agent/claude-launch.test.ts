import { describe, expect, test } from 'vitest'
import {
  argvFor,
  type Endpoints,
  environmentFor,
  judgeVersion,
  mcpConfigFor,
  settingsFor,
  versionIn,
} from './claude-launch'

const ends: Endpoints = {
  url: 'http://127.0.0.1:4242',
  token: 'secret',
  sessionScript: '/s/session.sh',
  mailboxScript: '/s/mailbox.sh',
}
const base = {
  settings: '/s/settings.json',
  mcpConfig: '/s/mcp.json',
  instructions: 'You are one of a pair.',
  session: 'uuid',
}

describe('starting Claude Code', () => {
  test('with what the human chose, the first message last and behind `--`', () => {
    const argv = argvFor({
      ...base,
      config: { agent: 'claude', model: 'opus', permissionMode: 'plan' },
      resume: false,
      snapshotSwitch: false,
      opening: '--not-a-flag',
    })
    expect(argv).toEqual([
      ...['--settings', '/s/settings.json', '--mcp-config', '/s/mcp.json'],
      ...['--allowedTools', 'mcp__pair__*', '--disallowedTools', 'ListAgents,SendMessage'],
      ...['--append-system-prompt', 'You are one of a pair.'],
      ...['--model', 'opus', '--permission-mode', 'plan', '--session-id', 'uuid', '--', '--not-a-flag'],
    ])
  })

  test('resumes by the exact id, with today’s instructions', () => {
    const argv = argvFor({ ...base, config: { agent: 'claude' }, resume: true, snapshotSwitch: true })
    expect(argv.slice(-4)).toEqual(['--system-prompt-snapshot', 'off', '--resume', 'uuid'])
    expect(argv).not.toContain('--model')
    expect(argv).not.toContain('--permission-mode')
    expect(argv).not.toContain('--strict-mcp-config')
  })

  test('with hooks that nobody else’s settings silence, and a mailbox at every boundary', () => {
    const settings = settingsFor(ends)
    expect(settings).toMatchObject({
      disableAllHooks: false,
      allowedHttpHookUrls: ['http://127.0.0.1:*'],
      crossSessionInbound: 'refuse',
    })
    const hooks = settings.hooks as Record<string, { hooks: { type: string; asyncRewake?: boolean }[] }[]>
    expect(
      Object.fromEntries(
        Object.entries(hooks).map(([name, [group]]) => [name, group?.hooks.map(h => h.type)]),
      ),
    ).toEqual({
      SessionStart: ['command', 'command'],
      UserPromptSubmit: ['http', 'command'],
      PermissionRequest: ['http'],
      PostToolBatch: ['http', 'command'],
      Stop: ['http', 'command'],
      StopFailure: ['http'],
    })
    expect(mcpConfigFor(ends)).toMatchObject({
      mcpServers: { pair: { alwaysLoad: true, timeout: 3_600_000 } },
    })
  })

  test('without the variables of an enclosing session, and with the user’s own', () => {
    const user = { PATH: '/bin', CLAUDE_CONFIG_DIR: '/c', CLAUDE_CODE_USE_BEDROCK: '1' }
    const enclosing = {
      CLAUDECODE: '1',
      CLAUDE_PID: '7',
      CLAUDE_CODE_ENTRYPOINT: 'cli',
      CLAUDE_CODE_SSE_PORT: '1',
    }
    expect(environmentFor({ ...user, ...enclosing })).toEqual({
      ...user,
      CLAUDE_CODE_MCP_AUTO_BACKGROUND_MS: '0',
    })
  })

  test.each([
    ['2.1.330', 'known'],
    ['2.1.197', 'known'],
    ['2.1.198', 'unknown'],
    ['2.2.0', 'unknown'],
    ['3.0.0', 'unknown'],
    ['2.1.100', 'unknown'],
    ['2.1.99', 'tooOld'],
    ['1.9.400', 'tooOld'],
  ])('%s is %s', (version, type) => {
    expect(judgeVersion(version).type).toBe(type)
  })

  test('reads a version', () => {
    expect(versionIn('2.1.330 (Claude Code)\n')).toBe('2.1.330')
    expect(versionIn('command not found')).toBeNull()
  })
})
