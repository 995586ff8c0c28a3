import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, mapTexts, redact } from './redact'

const run = (length: number, from = 'aB3dE6gH'): string =>
  from.repeat(Math.ceil(length / from.length)).slice(0, length)
const pem = `-----BEGIN OPENSSH PRIVATE KEY-----\n${run(64)}\n${run(20)}\n-----END OPENSSH PRIVATE KEY-----`

describe('secrets are replaced', () => {
  it.each([
    [`key sk-ant-api03-${run(40)} end`, 'key [redacted: Anthropic key] end'],
    [`sk-proj-${run(48)}`, '[redacted: API key]'],
    [`sk_live_${run(24)}`, '[redacted: API key]'],
    [`ghp_${run(36)}`, '[redacted: GitHub token]'],
    [`github_pat_${run(40)}`, '[redacted: GitHub token]'],
    [`rk-live-${run(24)}`, '[redacted: API key]'],
    [`glpat-${run(20)}`, '[redacted: GitLab token]'],
    [`npm_${run(36)}`, '[redacted: npm token]'],
    [`AKIA${run(16, 'ABCD2345')}`, '[redacted: AWS key]'],
    [`ASIA${run(16, 'ABCD2345')}`, '[redacted: AWS key]'],
    [`xoxb-1234567890-${run(12)}`, '[redacted: Slack token]'],
    [`AIza${run(35)}`, '[redacted: Google key]'],
    [`eyJ${run(20)}.eyJ${run(30)}.${run(20)}`, '[redacted: JWT]'],
    [`before\n${pem}\nafter`, 'before\n[redacted: private key]\nafter'],
    ['-----BEGIN PRIVATE KEY-----\ncut off', '[redacted: private key]'],
    [`Authorization: Bearer ${run(24)}`, 'Authorization: Bearer [redacted: credentials]'],
    [`authorization: BASIC ${run(24)}`, 'authorization: BASIC [redacted: credentials]'],
    ['postgres://ada:hunter2@db/app', 'postgres://[redacted: credentials]@db/app'],
    ['password=hunter2', 'password=[redacted: password]'],
    ['export DB_PASSWORD=correcthorse', 'export DB_PASSWORD=[redacted: password]'],
    ['{"apiKey": "a1b2c3d4e5"}', '{"apiKey": "[redacted: apikey]"}'],
    ["token: 'abcdef'", "token: '[redacted: token]'"],
    ['PassPhrase="correct horse"', 'PassPhrase="[redacted: passphrase] horse"'],
    ['PWD=hunter2', 'PWD=[redacted: pwd]'],
    ['access-key: a1b2c3d4', 'access-key: [redacted: access-key]'],
    ['private_key: a1b2c3d4', 'private_key: [redacted: private_key]'],
    ['secret: s3cr3tvalue', 'secret: [redacted: secret]'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean)
  })
})

describe('what is no secret survives', () => {
  it.each([
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'session 0199a213-81c0-7800-8aa1-bbab2a035a53',
    '/home/ada/.config/app/token-store.ts:42',
    'private_key: /home/ada/.ssh/id_ed25519',
    'const token = getToken(request)',
    'password: string',
    'password = process.env.DB_PASSWORD',
    'token: <your token here>',
    'inputTokens: 51234, tokens: 61000',
    'Read the token: it is short.',
    'git@github.com:ada/app.git',
    'https://example.org:8080/a@b',
    'task-force-with-a-very-long-name-2026',
    'sk-learn and risk-averse-development-practices',
    'the bearer of bad news',
    'sha256-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711==',
  ])('%s', text => {
    expect(redact(text)).toBe(text)
  })
})

it('changes nothing twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(redact(redact(text))).toBe(redact(text))
    }),
  )
})

describe('what the human chose', () => {
  it('keeps what is none, and replaces their own words whatever their case', () => {
    const chosen = createRedactor({ keep: ['hunter2'], words: ['Project Falcon', 'x', '  '] })
    expect(chosen.redact('password=hunter2 in project falcon; password=hunter3')).toBe(
      'password=hunter2 in [redacted]; password=[redacted: password]',
    )
    expect(chosen.find('PROJECT FALCON')).toEqual([
      { start: 0, end: 14, kind: 'named', value: 'PROJECT FALCON' },
    ])
  })

  it('replaces a word whole where a rule finds a piece of it', () => {
    const chosen = createRedactor({ keep: [], words: ['of ada: hunter2 at home'] })
    expect(chosen.redact('the password: hunter2x of ada: hunter2 at home')).toBe(
      'the password: [redacted: password] [redacted]',
    )
    expect(
      createRedactor({ keep: [], words: ['my password=hunter2, twice'] }).redact(
        'my password=hunter2, twice',
      ),
    ).toBe('[redacted][redacted: password][redacted]')
  })

  it('takes a word as it is, not as a pattern', () => {
    expect(createRedactor({ keep: [], words: ['a.b*(c'] }).redact('axb a.b*(c')).toBe('axb [redacted]')
  })

  it('finds places in order that do not overlap', () => {
    const { find } = createRedactor({ keep: [], words: ['token', 'ghp'] })
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('token=', `ghp_${run(36)}`, 'Bearer ', run(24), ' ', 'x')),
        parts => {
          const found = find(parts.join(''))
          for (const [index, { start, end }] of found.entries()) {
            expect(start).toBeLessThan(end)
            expect(start).toBeGreaterThanOrEqual(found[index - 1]?.end ?? 0)
          }
        },
      ),
    )
  })

  it('leaves an event one', () => {
    const clean = (text: string) => text.replaceAll('human', '***')
    expect(mapTexts({ type: 'ended', reason: 'human', detail: 'a human' }, clean)).toEqual({
      ...{ type: 'ended', reason: 'human', detail: 'a ***' },
    })
  })
  it('keeps the shape of data, and looks at every text in it', () => {
    const event = { type: 'x', list: ['password=hunter2', 1, null, { b: true }] }
    expect(mapTexts(event, redact)).toEqual({
      ...{ type: 'x', list: ['password=[redacted: password]', 1, null, { b: true }] },
    })
    const covers = [`Bash(TOKEN=ghp_${run(36)})`]
    expect(mapTexts({ type: 'requestOpened', request: { id: 'r', covers } }, redact)).toEqual({
      ...{ type: 'requestOpened', request: { id: 'r', covers: ['Bash(TOKEN=[redacted: GitHub token])'] } },
    })
  })

  it('looks at the question under which an answer stands', () => {
    const { redact } = createRedactor({ keep: [], words: ['Falcon'] })
    const answers = { 'Is password=hunter2 Falcon’s?': ['yes'] }
    expect(mapTexts({ type: 'requestAnswered', answer: { type: 'question', answers } }, redact)).toEqual({
      type: 'requestAnswered',
      answer: { type: 'question', answers: { 'Is password=[redacted: password] [redacted]’s?': ['yes'] } },
    })
  })

  it('knows a variable of an environment by its name', () => {
    const env = { SERVICE_API_KEY: 'a1b2c3d4e5', HOME: '/home/ada', DB_PASSWORD: 'correcthorse' }
    expect(mapTexts({ type: 'x', env }, redact)).toEqual({
      ...{
        type: 'x',
        env: { ...env, SERVICE_API_KEY: '[redacted: api_key]', DB_PASSWORD: '[redacted: password]' },
      },
    })
  })
})
