/** Pairs on disk for the score: one with all that can stand in it, at times of its own, and one of very many handoffs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from './app'

const PAIR = '20260101-140200-5c0e'
const HASH = 'a'.repeat(40)

/** An event, and how many seconds after the one before it. */
type Timed = readonly [seconds: number, event: object]

const stat = (...files: readonly (readonly [path: string, added: number, removed: number])[]) => {
  const listed = files.map(([path, added, removed]) => ({ path, added, removed }))
  const sum = (of: 'added' | 'removed') => listed.reduce((all, each) => all + each[of], 0)
  return { fileCount: files.length, added: sum('added'), removed: sum('removed'), files: listed }
}

const finding = (id: string, severity: string, file: string, line: number, text: string, inScope = true) => ({
  ...{ id, severity, file, line, text, inScope },
})

const measured = (turn: string, diffstat: object, checkpoint: number): Timed => [
  0.4,
  {
    ...{ type: 'turnMeasured', turn },
    measure: { diffstat, whole: diffstat, target: { base: HASH, tree: HASH }, note: '', checkpoint },
  },
]

/** A message on its whole way, and the turn that it starts. */
const delivered = (
  id: string,
  to: string,
  kind: string,
  text: string,
  carries: readonly string[] = [],
): readonly Timed[] => [
  [0.2, { type: 'deliveryQueued', id, to, kind, when: 'next', text }],
  [0.1, { type: 'deliverySending', id, carries, mode: 'message' }],
  [0.6, { type: 'deliveryAccepted', id, via: 'its own signal' }],
]

const began = (turn: string, seat: string, delivery: string): Timed => [
  0.1,
  { type: 'turnStarted', seat, turn, cause: { delivery } },
]

const ended = (turn: string, seat: string, seconds: number, text: string): Timed => [
  seconds,
  { type: 'turnEnded', seat, turn, outcome: { type: 'completed' }, text },
]

const used = (seat: string, tokens: number): Timed => [
  0.1,
  { type: 'usageReported', seat, usage: { inputTokens: tokens, cachedTokens: 0, outputTokens: 0 } },
]

const report = (summary: string, planItems: readonly string[]): object => ({
  type: 'doneReported',
  seat: 'left',
  report: { summary, planItems, files: [], notDone: '' },
})

const proof = { command: 'npm test', limitSeconds: 600 }
const proved = (run: number, seconds: number, code: number, tail: string): readonly Timed[] => [
  [0.3, { type: 'proofStarted', run, by: 'report', proof }],
  [
    seconds,
    {
      ...{ type: 'proofEnded', run },
      result: {
        ...{ outcome: { type: 'exited', code }, durationMs: seconds * 1_000, tail, bytes: tail.length },
        ...{ tree: HASH, changed: false },
      },
    },
  ],
]

const started = (folder: string, intent: string, rounds: number): Timed => [
  0,
  {
    ...{ type: 'pairStarted', pair: PAIR, salt: '5c0e', intent, folder, branch: 'feature/upload-retry' },
    ...{ git: true, base: HASH, seats: { left: { agent: 'claude' }, right: { agent: 'codex' } } },
    ...{ driver: 'left', caps: { rounds } },
    terms: { planFirst: 'reviewed', proof, doubleReview: false, holdUnplanned: false },
  },
]

const INTENT = 'Retry flaky uploads without doubling them. Keep the public API.'

const planning: readonly Timed[] = [
  ...delivered('5c0e01', 'left', 'opening', INTENT),
  [1, { type: 'seatReady', seat: 'left', session: 'a', version: '2.1.330', model: 'opus' }],
  [1, { type: 'seatReady', seat: 'right', session: 'b', version: '0.169.0', model: 'high' }],
  began('t1', 'left', '5c0e01'),
  [
    41,
    {
      ...{ type: 'planProposed', seat: 'left', version: 1, reason: '' },
      items: ['Backoff', 'A key for each file', 'Tests'].map((text, index) => ({
        ...{ id: `P${index + 1}`, text, why: 'So that nothing is lost', files: ['src/'] },
      })),
    },
  ],
  used('left', 9_400),
  ended('t1', 'left', 4, 'A plan of three items: backoff, a key for each file, tests.'),
  ...delivered('5c0e02', 'right', 'handoff', 'Review this plan against the intent.'),
  began('t2', 'right', '5c0e02'),
  [
    34,
    {
      ...{ type: 'reviewed', seat: 'right', verdict: 'pass', by: 'navigator', plan: 1, findings: [] },
      summary: 'Right order; the key first, then the backoff.',
    },
  ],
  used('right', 6_100),
  ended('t2', 'right', 3, 'The plan passes.'),
  [0.1, { type: 'planSettled', version: 1, by: 'navigator' }],
  ...delivered('5c0e03', 'left', 'handoff', 'The plan has passed. Begin with the first item.'),
]

const firstRound: readonly Timed[] = [
  began('t3', 'left', '5c0e03'),
  [
    36,
    {
      ...{ type: 'requestOpened', seat: 'left' },
      request: {
        type: 'approval',
        choices: ['allow', 'deny'],
        id: 'r1',
        title: 'Run npm install p-retry',
        body: 'npm install p-retry',
        reason: '',
      },
    },
  ],
  [18, { type: 'requestClosed', id: 'r1', by: 'inbox', summary: 'Not allowed: write it yourself' }],
  [72, report('Uploads that time out are tried again, with a growing pause.', ['P1', 'P2'])],
  used('left', 33_600),
  ended('t3', 'left', 4, 'Backoff and keys are in. The tests pass.'),
  measured(
    't3',
    stat(
      ['src/retry.ts', 38, 4],
      ['src/client.ts', 12, 3],
      ['src/key.ts', 8, 0],
      ['test/retry.test.ts', 3, 2],
    ),
    1,
  ),
  ...proved(1, 6.1, 0, '# pass 41\n# fail 0\n'),
  ...delivered(
    '5c0e04',
    'right',
    'handoff',
    `Review ${HASH.slice(0, 7)}: 4 files. The proof passed.\n\nThe intent, verbatim:\n> ${INTENT}`,
  ),
  began('t4', 'right', '5c0e04'),
  [
    57,
    {
      ...{ type: 'reviewed', seat: 'right', verdict: 'changes', by: 'navigator' },
      summary: 'The key must survive a restart, and a 409 with our key is a success.',
      findings: [
        finding(
          '1.1',
          'major',
          'src/retry.ts',
          42,
          'The key is made anew after a restart, so the file is stored twice.',
        ),
        finding('1.2', 'minor', 'src/client.ts', 88, 'A 409 that carries our key counts as a failure.'),
        finding('1.3', 'minor', 'README.md', 0, 'The retries are not documented.', false),
      ],
    },
  ],
  used('right', 20_200),
  ended('t4', 'right', 5, 'Two points in scope.'),
]

const STEER = 'Keep the public API: no new argument of put().'
const steered = (id: string, to: string): Timed => [
  0.1,
  { type: 'deliveryQueued', id, to, kind: 'steer', when: 'next', text: STEER },
]

const secondRound: readonly Timed[] = [
  steered('5c0e06', 'left'),
  steered('5c0e07', 'right'),
  [1, { type: 'held', why: { type: 'paused' } }],
  [754, { type: 'released', why: 'paused' }],
  ...delivered(
    '5c0e05',
    'left',
    'handoff',
    'changes\n1.1 major src/retry.ts:42 The key is made anew after a restart.\n1.2 minor src/client.ts:88 A 409 counts as a failure.',
    ['5c0e06'],
  ),
  [0.1, { type: 'roundStarted', round: 2 }],
  began('t5', 'left', '5c0e05'),
  [
    310,
    {
      ...{ type: 'findingsAnswered', seat: 'left' },
      answers: [
        { id: '1.1', answer: 'fixed', reason: 'The key comes from the file’s hash and the session.' },
        { id: '1.2', answer: 'fixed', reason: 'It resolves as done.' },
      ],
    },
  ],
  [12, report('The key is made of the file’s hash and the session; 409 with our key is done.', ['P2', 'P3'])],
  used('left', 50_900),
  ended('t5', 'left', 8, 'Both right. The key is stored beside the part list; a test for each.'),
  measured(
    't5',
    stat(
      ['src/retry.ts', 41, 6],
      ['src/client.ts', 19, 4],
      ['src/key.ts', 12, 0],
      ['test/restart.test.ts', 9, 0],
      ['test/retry.test.ts', 3, 2],
    ),
    2,
  ),
  ...proved(2, 6.6, 0, '# pass 43\n# fail 0\n'),
  ...delivered('5c0e08', 'right', 'handoff', `Review ${HASH.slice(0, 7)}: 5 files. The proof passed.`, [
    '5c0e07',
  ]),
  began('t6', 'right', '5c0e08'),
]

const ending: readonly Timed[] = [
  [
    38,
    {
      ...{ type: 'requestOpened', seat: 'right' },
      request: {
        ...{ type: 'question', id: 'r2' },
        questions: [
          {
            id: 'q',
            header: 'Tabs',
            text: 'Must two tabs on first use share the key?',
            options: [],
            multiple: false,
            freeText: true,
          },
        ],
      },
    },
  ],
  [22, { type: 'requestClosed', id: 'r2', by: 'terminal', summary: 'Yes, through the lock' }],
  [
    41,
    {
      type: 'reviewed',
      seat: 'right',
      verdict: 'pass',
      by: 'navigator',
      findings: [],
      summary: 'The key is read under the lock. Nothing left to say.',
    },
  ],
  used('right', 34_700),
  ended('t6', 'right', 3, 'Passed.'),
  [0.4, { type: 'ended', reason: 'agreed', detail: 'Proof: npm test.' }],
]

const write = (room: Room, events: readonly Timed[]): string => {
  const folder = join(room.data, 'pairs', PAIR)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let at = Date.parse('2026-01-01T14:02:00.000Z')
  const lines = events.map(([seconds, event], seq) => {
    at += seconds * 1_000
    return JSON.stringify({ v: 1, seq, at: new Date(at).toISOString(), ...event })
  })
  writeFileSync(join(folder, 'journal.jsonl'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return folder
}

const folderOf = (room: Room): string => {
  const folder = join(room.root, 'uploader')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Two rounds and a plan, from the intent to the agreement; gives the pair's folder. */
export const storeScore = (room: Room): string =>
  write(room, [started(folderOf(room), INTENT, 10), ...planning, ...firstRound, ...secondRound, ...ending])

/** A round: work of a length that differs from round to round, and the review that sends it back. */
const round = (number: number): readonly Timed[] => {
  const id = (part: string) => `5c0e${part}${number.toString(16)}`
  const [work, review] = [`d${number}`, `n${number}`]
  return [
    ...(number === 1 ? [] : ([[0.1, { type: 'roundStarted', round: number }]] as const)),
    began(work, 'left', id('b')),
    ended(work, 'left', 5 + ((number * 37) % 400), `Piece ${number} of the work is done.`),
    ...delivered(id('a'), 'right', 'handoff', `Review piece ${number}.`),
    began(review, 'right', id('a')),
    [
      3 + (number % 60),
      {
        ...{ type: 'reviewed', seat: 'right', verdict: 'changes', by: 'navigator' },
        summary: `Piece ${number} is nearly right.`,
        findings: [finding(`${number}.1`, 'minor', 'src/a.ts', number, `Line ${number} is wrong.`)],
      },
    ],
    ended(review, 'right', 1, 'One point.'),
    ...(number % 500 === 0
      ? ([
          [1, { type: 'held', why: { type: 'paused' } }],
          [120, { type: 'released', why: 'paused' }],
        ] as const)
      : []),
    ...delivered(id('b'), 'left', 'handoff', `Mend piece ${number}.`),
  ]
}

/** Two handoffs a round. */
export const storeManyHandoffs = (room: Room, handoffs: number): void => {
  const rounds = Array.from({ length: handoffs / 2 }, (_, index) => round(index + 1))
  write(room, [started(folderOf(room), INTENT, handoffs), ...rounds.flat()])
}
