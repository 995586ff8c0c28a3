/** A pair on disk that has been through it all: a double review, a rejected finding, proofs, a repository with its trees. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from './app'

const PAIR = '20260101-100000-beef'
const BEFORE = `export const upload = async (client, file) => {
  return client.put(file)
}
`
const FIRST = `export const upload = async (client, file) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.put(file)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}
`
const SECOND = FIRST.replace('  for', '  const key = file.key ?? crypto.randomUUID()\n  for').replace(
  'put(file)',
  'put({ ...file, key })',
)

const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.invalid' }

export interface Reviewed {
  readonly folder: string
  /** Runs git in the folder, and gives what it prints. */
  readonly git: (...args: readonly string[]) => string
  readonly trees: readonly [base: string, first: string, second: string]
}

const makeRepository = (room: Room): Reviewed => {
  const folder = join(room.root, 'uploader')
  mkdirSync(join(folder, 'src'), { recursive: true })
  const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.invalid' }
  const env = { ...room.env, ...identity, ...committer }
  const git: Reviewed['git'] = (...args) =>
    execFileSync('git', [...args], { cwd: folder, env, encoding: 'utf8' }).trim()
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text)
  const keep = (number: number): string => {
    const own = { ...env, GIT_INDEX_FILE: join(room.root, `index-${number}`) }
    const run = (...args: readonly string[]) =>
      execFileSync('git', [...args], { cwd: folder, env: own, encoding: 'utf8' }).trim()
    run('add', '-A')
    const tree = run('write-tree')
    git('update-ref', `refs/duologue/${PAIR}/${number}`, run('commit-tree', '-m', 'kept', tree))
    return tree
  }
  git('init', '-q', '-b', 'main')
  write('src/upload.js', BEFORE)
  write('package.json', '{ "type": "module" }\n')
  git('add', '-A')
  git('commit', '-qm', 'Begin')
  const base = keep(0)
  write('src/upload.js', FIRST)
  const first = keep(1)
  write('src/upload.js', SECOND)
  write('notes.txt', 'What I tried.\n')
  const second = keep(2)
  return { folder, git, trees: [base, first, second] }
}

const finding = (id: string, severity: string, line: number, text: string, more: object = {}) => ({
  ...{ id, severity, file: line === 0 ? '' : 'src/upload.js', line, text, inScope: true },
  ...more,
})

/** Lines of the journal but for `v`, `seq` and `at`. */
const story = ({ folder, trees: [base, first, second] }: Reviewed): readonly object[] => {
  const seat = { agent: 'practice' }
  const file = (added: number, removed: number) => ({ path: 'src/upload.js', added, removed })
  const notes = { path: 'notes.txt', added: 1, removed: 0 }
  const measure = (tree: string, checkpoint: number, files: readonly ReturnType<typeof file>[]) => {
    const count = (of: 'added' | 'removed') => files.reduce((sum, each) => sum + each[of], 0)
    const diffstat = { fileCount: files.length, added: count('added'), removed: count('removed'), files }
    return { diffstat, target: { base, tree }, note: '', whole: diffstat, checkpoint }
  }
  const turn = (id: string, role: 'left' | 'right', delivery: string, text: string) => [
    { type: 'turnStarted', seat: role, turn: id, cause: { delivery } },
    { type: 'turnEnded', seat: role, turn: id, outcome: { type: 'completed' }, text },
  ]
  const proof = { command: 'node --test', limitSeconds: 600 }
  const result = (code: number, tree: string, tail: string) => ({
    ...{ outcome: { type: 'exited', code }, durationMs: 4_210, tail, bytes: tail.length },
    ...{ tree, changed: false },
  })
  return [
    {
      ...{ type: 'pairStarted', pair: PAIR, salt: 'beef' },
      intent:
        'Uploads that time out are lost. Retry them, at most three times, and never store a file twice.',
      ...{ folder, branch: 'main', git: true, base, driver: 'left', caps: { rounds: 6 } },
      seats: { left: seat, right: seat },
      intentHash: '',
      terms: { planFirst: 'reviewed', proof, doubleReview: true, holdUnplanned: false },
    },
    {
      ...{ type: 'planProposed', seat: 'left', version: 1, reason: '' },
      items: [{ id: 'P1', text: 'Retry uploads', why: 'They are lost', files: ['src/'] }],
    },
    {
      ...{ type: 'reviewed', seat: 'right', verdict: 'pass', by: 'navigator', summary: '', plan: 1 },
      findings: [
        finding('0.1', 'minor', 0, 'The plan does not say how many attempts.', { seenBy: 'navigator' }),
      ],
    },
    { type: 'planSettled', version: 1, by: 'navigator' },
    ...turn('t1', 'left', 'beef01', 'Timed-out uploads are retried.'),
    { type: 'turnMeasured', turn: 't1', measure: measure(first, 6, [file(8, 1)]) },
    { type: 'proofStarted', run: 1, by: 'report', proof },
    {
      type: 'proofEnded',
      run: 1,
      result: result(1, first, '✖ uploads once\n  expected 1, got 2\n# fail 1\n'),
    },
    { type: 'proofSentBack', run: 1, count: 1 },
    { type: 'proofStarted', run: 2, by: 'report', proof },
    { type: 'proofEnded', run: 2, result: result(0, first, '✔ uploads once (1.2 ms)\n# pass 1\n') },
    { type: 'doubleReviewStarted', target: { base, tree: first } },
    {
      ...{ type: 'reviewed', seat: 'right', verdict: 'changes', by: 'both', summary: 'Stores twice.' },
      ...{ target: { base, tree: first }, verdicts: { left: 'changes', right: 'changes' } },
      matches: [
        {
          navigator: '1.1',
          driver: '1.4',
          why: 'the same file, lines 4 and 5, and both speak of a file stored twice',
        },
      ],
      findings: [
        finding('1.1', 'blocker', 4, 'A retry can store a file twice: there is no key.', { seenBy: 'both' }),
        finding('1.2', 'major', 6, 'The last error is thrown without its cause.', { seenBy: 'navigator' }),
        finding('1.3', 'minor', 2, 'The loop has no pause between two attempts.', { seenBy: 'driver' }),
        finding('1.5', 'minor', 0, 'The README does not tell of the retries.', {
          ...{ seenBy: 'navigator', inScope: false },
        }),
      ],
    },
    {
      ...{ type: 'deliveryQueued', id: 'beef05', to: 'left', kind: 'handoff', when: 'next' },
      text: 'Mend these.',
    },
    { type: 'deliverySending', id: 'beef05', carries: [], mode: 'message' },
    { type: 'deliveryAccepted', id: 'beef05', via: 'its own signal' },
    { type: 'roundStarted', round: 2 },
    {
      ...{ type: 'findingsAnswered', seat: 'left' },
      answers: [
        { id: '1.1', answer: 'fixed', reason: 'Each attempt carries the same key.' },
        { id: '1.2', answer: 'rejected', reason: 'The error is the client’s own and has its cause already.' },
      ],
    },
    ...turn('t2', 'left', 'beef05', 'Every attempt carries the same key.'),
    { type: 'turnMeasured', turn: 't2', measure: measure(second, 24, [file(10, 1), notes]) },
    { type: 'findingRuled', id: '1.3', ruling: 'deferred', reason: 'A pause is another task.' },
  ]
}

/** @param change makes another story of it */
export const storePair = (
  room: Room,
  change: (events: readonly object[]) => readonly object[] = events => events,
): Reviewed => {
  const made = makeRepository(room)
  const folder = join(room.data, 'pairs', PAIR)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const from = Date.parse('2026-01-01T10:00:00.000Z')
  const lines = change(story(made)).map((event, seq) =>
    JSON.stringify({ v: 1, seq, at: new Date(from + seq * 31_000).toISOString(), ...event }),
  )
  writeFileSync(join(folder, 'journal.jsonl'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return made
}
