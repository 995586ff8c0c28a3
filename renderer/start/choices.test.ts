import { describe, expect, it } from 'vitest'
import type { AgentInfo } from '../../shared/agent/info'
import { defaultSettings } from '../../shared/settings'
import { asRequest, type Choices, type FolderCheck, firstChoices, isDangerous, whyNotStart } from './choices'

const agent = (kind: AgentInfo['kind'], state: AgentInfo['state']): AgentInfo => ({
  kind,
  name: kind,
  state,
  permissionModes: [],
})
const ready = { type: 'ready', path: '/bin/x', version: '1' } as const
const agents = [agent('claude', ready), agent('codex', ready)]
const choices: Choices = { ...firstChoices(defaultSettings), folder: '/code', intent: 'Mend it.' }
const found: FolderCheck = {
  type: 'checked',
  folder: '/code',
  result: { ok: true, git: true, branch: 'main', message: '', proof: null },
}

describe('why a pair cannot start', () => {
  it('names nothing when all is there', () => {
    expect(whyNotStart(choices, found, agents)).toBeNull()
  })

  it('names the first thing in the way, in the order of the form', () => {
    expect(whyNotStart({ ...choices, folder: ' ' }, found, agents)).toContain('folder')
    expect(whyNotStart({ ...choices, folder: '/other' }, found, agents)).toContain('looked at')
    const bad: FolderCheck = {
      ...found,
      result: { ok: false, git: false, branch: null, message: 'No such folder.', proof: null },
    }
    expect(whyNotStart({ ...choices, intent: '' }, bad, agents)).toBe('No such folder.')
    expect(whyNotStart({ ...choices, intent: ' \n' }, found, agents)).toContain('what the pair should do')
    expect(whyNotStart(choices, found, null)).toContain('Looking')
    const out = agent('codex', { type: 'signedOut', path: '/bin/x', version: '1', todo: 'Run codex login.' })
    expect(whyNotStart(choices, found, [agent('claude', ready), out])).toContain('Run codex login.')
    expect(whyNotStart({ ...choices, rounds: Number.NaN }, found, agents)).toContain('1 to 100')
  })
})

it('leaves out what was left to the agent', () => {
  const seats = {
    left: { agent: 'claude', model: ' opus ', permissionMode: '' },
    right: { agent: 'codex', model: '', permissionMode: 'never' },
  } as const
  expect(asRequest({ ...choices, seats })).toEqual({
    folder: '/code',
    intent: 'Mend it.',
    left: { agent: 'claude', model: 'opus' },
    right: { agent: 'codex', permissionMode: 'never' },
    rounds: 10,
  })
})

it('knows the modes that act without asking', () => {
  const modes = [
    'bypassPermissions',
    'danger-full-access',
    'never',
    'acceptEdits',
    'default',
    'plan',
    'on-request',
  ]
  expect(modes.filter(isDangerous)).toEqual(['bypassPermissions', 'danger-full-access', 'never'])
})
