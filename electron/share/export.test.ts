import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import { exportInto, exportPair } from './export'

let root: string
let dir: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'duologue-export-'))
  dir = join(root, 'pair')
  await mkdir(dir)
})
afterEach(() => rm(root, { recursive: true, force: true }))

type Loose = Record<string, unknown> & { readonly type: string }
const line = (event: Loose, seq: number): string =>
  encodeLine({
    ...event,
    seq,
    at: new Date(Date.UTC(2026, 10, 22, 14) + seq * 1000).toISOString(),
  } as unknown as Stamped)

const started: Loose = {
  type: 'pairStarted',
  pair: 'p',
  salt: '7c1e',
  intent: 'Fix the <retry>',
  folder: '/home/ada/app',
  branch: 'main',
  git: true,
  base: null,
  seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  driver: 'left',
  caps: { rounds: 9 },
}
const secret = `ghp_${'aB3dE6gH9'.repeat(4)}`
const round = (name: string, text: string): readonly Loose[] => [
  { type: 'turnStarted', seat: 'left', turn: `${name}-l`, cause: 'human' },
  { type: 'said', seat: 'left', turn: `${name}-l`, text: `${name} first ${text}` },
  {
    type: 'turnEnded',
    seat: 'left',
    turn: `${name}-l`,
    outcome: { type: 'completed' },
    text: `${name} last ${text}`,
  },
  { type: 'deliveryQueued', id: name, to: 'right', kind: 'handoff', when: 'next', text: `${name} handoff` },
  { type: 'deliverySending', id: name, carries: [], mode: 'message' },
  { type: 'deliveryAccepted', id: name, via: 'queue' },
  { type: 'turnStarted', seat: 'right', turn: `${name}-r`, cause: { delivery: name } },
  {
    type: 'turnEnded',
    seat: 'right',
    turn: `${name}-r`,
    outcome: { type: 'completed' },
    text: `${name} review`,
  },
  {
    type: 'reviewed',
    seat: 'right',
    verdict: 'changes',
    by: 'navigator',
    summary: `${name} verdict`,
    findings: [],
  },
]

/** A plan, a proof with much output, and findings with their answers: what the head of a transcript is made of. */
const evidence = (run: number, words: string): readonly Loose[] => {
  const ids = [0, 1, 2, 3].map(each => `${run}.${each}`)
  const finding = { severity: 'major', file: 'src/retry.ts', line: 42, inScope: true, text: words.repeat(10) }
  const result = { outcome: { type: 'exited', code: 1 }, durationMs: 1, bytes: 1, tree: null, changed: false }
  const item = { text: words.repeat(10), why: words, files: [] }
  return [
    { type: 'planProposed', seat: 'left', version: run, items: [{ id: '1', ...item }], reason: words },
    { type: 'proofStarted', run, by: 'report', proof: { command: 'npm test', limitSeconds: 60 } },
    { type: 'proofEnded', run, result: { ...result, tail: words.repeat(100) } },
    {
      type: 'reviewed',
      seat: 'right',
      verdict: 'changes',
      by: 'navigator',
      summary: words,
      findings: ids.map(id => ({ id, ...finding })),
    },
    {
      type: 'findingsAnswered',
      seat: 'left',
      answers: ids.map(id => ({ id, answer: 'rejected', reason: words.repeat(10) })),
    },
  ]
}

const exported = async (format: 'markdown' | 'html' | 'jsonl', name: string): Promise<string> => {
  const target = join(root, name)
  expect(await exportPair(dir, format, target)).toEqual({ ok: true, value: [target] })
  expect((await stat(target)).mode & 0o777).toBe(0o600)
  return readFile(target, 'utf8')
}

it('writes each format in order of time, redacted, without control bytes', async () => {
  const events = [started, ...round('r1', `\u001b[31mred ${secret}`), ...round('r2', 'x')]
  events.push({ type: 'proofRun', output: secret }, { type: 'ended', reason: 'human', detail: '' })
  await writeFile(join(dir, 'journal.jsonl'), events.map(line).join(''))
  const order = ['r1 first', 'r1 last', 'r1 handoff', 'r1 review', 'r1 verdict', 'r2 first', 'r2 verdict']
  for (const format of ['markdown', 'html', 'jsonl'] as const) {
    const text = await exported(format, `out.${format}`)
    // The face of a row tells what the record behind it says.
    const places = order.map(words => (format === 'html' ? text.lastIndexOf(words) : text.indexOf(words)))
    expect(places).toEqual(places.filter(place => place >= 0).sort((a, b) => a - b))
    expect(text).not.toContain(secret)
    expect(text).not.toContain('\u001b')
    expect(text).toContain('[redacted: GitHub token]')
  }
  const lines = (await readFile(join(root, 'out.jsonl'), 'utf8')).trimEnd().split('\n')
  expect(lines.map(text => JSON.parse(text).seq)).toEqual(events.map((_, seq) => seq))
})

it('redacts an event of a newer version as the JSON that it is, and leaves it that', async () => {
  const newer = {
    type: 'dreamt',
    text: 'it said "password="hunter2secret""',
    key: '-----BEGIN PRIVATE KEY-----\nMII',
  }
  await writeFile(join(dir, 'journal.jsonl'), line(started, 0) + line(newer, 1))
  const [, last = ''] = (await exported('jsonl', 'newer.jsonl')).trimEnd().split('\n')
  expect(JSON.parse(last)).toMatchObject({
    type: 'dreamt',
    text: 'it said "password="[redacted: password]""',
    key: '[redacted: private key]',
  })
})

it('copies the recordings, redacted where an event holds the whole secret', async () => {
  const header = '{"version":2,"width":80,"height":24}\n'
  await writeFile(join(dir, 'driver.cast'), `${header}[1.000000,"o","key ${secret}\\r\\n"]\n[2.0,"o`)
  const result = await exportPair(dir, 'cast', root)
  expect(result).toEqual({ ok: true, value: [join(root, 'driver.cast')] })
  expect(await readFile(join(root, 'driver.cast'), 'utf8')).toBe(
    `${header}[1.000000,"o","key [redacted: GitHub token]\\r\\n"]\n`,
  )
})

it('leaves nothing behind when it cannot write', async () => {
  await writeFile(join(dir, 'journal.jsonl'), line(started, 0))
  const result = await exportPair(dir, 'markdown', join(root, 'nowhere', 'x.md'))
  expect(result.ok ? '' : result.error.type).toBe('missing')
  await mkdir(join(root, 'taken'))
  expect((await exportPair(dir, 'markdown', join(root, 'taken'))).ok).toBe(false)
  expect((await readdir(root)).sort()).toEqual(['pair', 'taken'])
})

/** An agent that prints and repaints for a quarter of an hour. */
const recordLong = async (): Promise<void> => {
  const paint = (at: number) =>
    `\x1b[${(at % 30) + 1};1H\x1b[2K\x1b[${31 + (at % 6)}mline ${at} ${'x'.repeat(at % 80)}`
  const lines = Array.from({ length: 8_000 }, (_, at) => `${JSON.stringify([at / 9, 'o', paint(at)])}\n`)
  await writeFile(join(dir, 'driver.cast'), `{"version":2,"width":100,"height":32}\n${lines.join('')}`)
}

it('exports 50 MB within a heap that could not hold it', async () => {
  const words = 'The upload key must survive a restart, and a 409 counts as success; see src/retry.ts:42. '
  const file = await open(join(dir, 'journal.jsonl'), 'w')
  await file.writeFile(line(started, 0))
  let seq = 1
  for (let bytes = 0; bytes < 50_000_000; ) {
    const events = [...round(`r${seq}`, words.repeat(200)), ...evidence(seq, words)]
    const text = events.map((event, at) => line(event, seq + at)).join('')
    seq += events.length
    bytes += text.length
    await file.writeFile(text)
  }
  await file.close()
  await recordLong()
  const entry = join(root, 'main.ts')
  const store = fileURLToPath(new URL('./export.ts', import.meta.url))
  await writeFile(
    entry,
    `import { exportPair } from ${JSON.stringify(store)}
     const [dir, format, target] = process.argv.slice(2)
     const options = { choice: { keep: [], words: [] }, script: { text: '', hash: '' }, terminals: true }
     const result = await exportPair(dir, format, target, options)
     if (!result.ok) throw new Error(result.error.message)
     console.log(process.resourceUsage().maxRSS)`,
  )
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: join(root, 'built'), target: 'node20' },
  })
  const [built = ''] = (await readdir(join(root, 'built'))).filter(name => /\.m?js$/.test(name))
  for (const format of ['markdown', 'html', 'jsonl']) {
    const target = join(root, `big.${format}`)
    // Less than the journal itself: holding it whole would end the process.
    const heap = ['--max-old-space-size=40', '--max-semi-space-size=8']
    await promisify(execFile)(process.execPath, [...heap, join(root, 'built', built), dir, format, target])
    expect((await stat(target)).size).toBeGreaterThan(45_000_000)
    if (format === 'html') expect(await readFile(target, 'latin1')).toContain('data-seat="left" data-from=')
  }
}, 120_000)

it('writes a file for each follow-up, and says so when there are none', async () => {
  const finding = { severity: 'minor', file: 'README.md', line: 4, text: 'The option is not documented.' }
  const reviewed: Loose = {
    ...{ type: 'reviewed', seat: 'right', verdict: 'changes', by: 'navigator', summary: '' },
    findings: [
      { ...finding, id: '1.1', inScope: false },
      { ...finding, id: '1.2', inScope: true, text: 'In scope.' },
      { ...finding, id: '1.3', inScope: false, text: 'Dismissed.' },
    ],
  }
  const dismissed: Loose = { type: 'findingRuled', id: '1.3', ruling: 'dismissed', reason: 'no' }
  const start = { ...started, caps: { rounds: 3 } }
  await writeFile(join(dir, 'journal.jsonl'), line(start, 0) + line(reviewed, 1) + line(dismissed, 2))
  const into = join(root, 'out')
  const path = join(into, 'follow-up-1-1-the-option-is-not-documented.md')
  expect(await exportInto(dir, 'followUps', into)).toEqual({ ok: true, value: [path] })
  expect(await readdir(into)).toEqual(['follow-up-1-1-the-option-is-not-documented.md'])
  expect(await readFile(path, 'utf8')).toMatch(/^# The option is not documented\.\n\n.*README\.md:4/s)
  expect((await stat(path)).mode & 0o077).toBe(0)
  await writeFile(join(dir, 'journal.jsonl'), line(start, 0))
  const none = join(root, 'none')
  expect(await exportInto(dir, 'followUps', none)).toMatchObject({
    error: { message: 'This pair left no follow-ups.' },
  })
  expect(await readdir(root)).not.toContain('none')
})
