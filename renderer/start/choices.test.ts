import { describe, expect, it } from 'vitest'
import type { AgentInfo } from '../../shared/agent/info'
import { defaultSettings } from '../../shared/default-settings'
import { StartRequest } from '../../shared/ipc'
import {
  asRequest,
  type Choices,
  type FolderCheck,
  firstChoices,
  isDangerous,
  lastOf,
  proofOf,
  termWords,
  whyNotStart,
} from './choices'

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
  expect(asRequest({ ...choices, seats }, '')).toEqual({
    folder: '/code',
    intent: 'Mend it.',
    left: { agent: 'claude', model: 'opus' },
    right: { agent: 'codex', permissionMode: 'never' },
    rounds: 10,
    planFirst: 'no',
    doubleReview: false,
    holdUnplanned: false,
  })
})

const suggests = (proof: string | null): FolderCheck => ({
  ...found,
  result: { ok: true, git: true, branch: 'main', message: '', proof },
})
const remembers = (folder: string, proof: string) => ({ ...defaultSettings, last: { folder, proof } })
const typed = (proof: string): Choices => ({ ...choices, terms: { ...choices.terms, proof } })

describe('the proof that is offered', () => {
  it('is what was typed, else what was run here last, else what the folder suggests', () => {
    expect(proofOf(choices, suggests('npm test'), defaultSettings)).toEqual({
      command: 'npm test',
      from: 'suggested',
    })
    expect(proofOf(choices, suggests('npm test'), remembers('/code', 'make check'))).toEqual({
      command: 'make check',
      from: 'last',
    })
    expect(proofOf(typed(' make '), suggests('npm test'), remembers('/code', 'x'))).toEqual({
      command: 'make',
      from: 'typed',
    })
  })

  it('keeps “none” as a choice, and what was run elsewhere there', () => {
    expect(proofOf(typed(''), suggests('npm test'), defaultSettings).command).toBe('')
    expect(proofOf(choices, suggests('npm test'), remembers('/code', '')).command).toBe('')
    expect(proofOf(choices, suggests('npm test'), remembers('/other', 'make')).command).toBe('npm test')
  })

  it('waits for the folder to be looked at', () => {
    expect(proofOf(choices, { type: 'checking' }, remembers('/code', 'make')).from).toBe('none')
    expect(proofOf({ ...choices, folder: '/new' }, suggests('npm test'), defaultSettings).from).toBe('none')
  })
})

describe('the terms', () => {
  const terms = {
    proof: 'npm test',
    proofMinutes: 2.5,
    planFirst: 'approved',
    doubleReview: true,
    holdUnplanned: true,
    minutes: 90,
    kilotokens: 400,
  } as const
  const all = asRequest({ ...choices, terms }, 'npm test')

  it('are asked for in the units of the contract', () => {
    expect(all).toMatchObject({
      planFirst: 'approved',
      proof: { command: 'npm test', limitSeconds: 150 },
      doubleReview: true,
      holdUnplanned: true,
      minutes: 90,
      tokens: 400_000,
    })
    expect(StartRequest.safeParse(all).success).toBe(true)
  })

  it('are offered again as they were, the proof by way of its folder', () => {
    const last = lastOf(all, '/code')
    const again = firstChoices({ ...defaultSettings, last })
    expect(again.terms).toEqual({ ...terms, proof: null })
    expect(proofOf(again, found, { ...defaultSettings, last }).command).toBe('npm test')
  })

  it('say what stands in the way', () => {
    const why = (part: Partial<Choices['terms']>) =>
      whyNotStart({ ...choices, terms: { ...choices.terms, ...part } }, found, agents)
    expect(why({ proofMinutes: Number.NaN })).toContain('proof')
    expect(why({ minutes: 0 })).toContain('Minutes')
    expect(why({ kilotokens: 0.5 })).toContain('Tokens')
    expect(why({ minutes: 1, kilotokens: 1 })).toBeNull()
  })

  it('show what was chosen out of sight', () => {
    expect(termWords(terms)).toBe('double review · unplanned files hold · 90 min · 400k tokens')
    expect(termWords(choices.terms)).toBe('')
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
