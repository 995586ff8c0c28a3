import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeLine } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import { castHeader, castLine } from '../../shared/terminal/cast'
import { runLabel } from '../../shared/terminal/keyframe'
import { snapshotTree } from '../workspace/snapshot'
import { makeRepo, type TestRepo, value } from '../workspace/test-repo'
import type { ExportOptions } from './export'
import { exportInto } from './export'
import { previewExport } from './preview'

const SAID = 'hunter2secret'
const IN_DIFF = `ghp_${'aB3dE6gH9'.repeat(4)}`
const ON_SCREEN = `glpat-${'aB3dE6gH9'.repeat(3)}`
const BEGAN = Date.UTC(2026, 10, 22, 14)
const atSecond = (seconds: number): string => new Date(BEGAN + seconds * 1000).toISOString()

let repo: TestRepo
beforeEach(async () => {
  repo = makeRepo()
  await mkdir(repo.dir)
})
afterEach(() => repo.remove())

const tree = async (): Promise<string> => value(await snapshotTree(repo.top, repo.dir)).tree

/** One turn that changes a file and is handed over, with a secret in each of the places that are looked through. */
const storePair = async (): Promise<void> => {
  repo.write('config.ts', 'export const name = "falcon"\n')
  const base = await tree()
  repo.write('config.ts', `export const key = "${IN_DIFF}"\n`)
  const target = { base, tree: await tree() }
  const measure = { diffstat: { fileCount: 1, added: 1, removed: 1, files: [] }, target, note: '' }
  const seats = { left: { agent: 'practice' }, right: { agent: 'practice' } }
  const events = [
    {
      type: 'pairStarted',
      pair: 'p',
      salt: 's',
      intent: 'Mend Falcon',
      folder: repo.top,
      branch: 'main',
      git: true,
      base,
      seats,
      driver: 'left',
      caps: { rounds: 3 },
    },
    { type: 'turnStarted', seat: 'left', turn: 't', cause: 'human' },
    { type: 'turnEnded', seat: 'left', turn: 't', outcome: { type: 'completed' }, text: `password=${SAID}` },
    { type: 'turnMeasured', turn: 't', measure },
    { type: 'deliveryQueued', id: 'd', to: 'right', kind: 'handoff', when: 'next', text: `again: ${SAID}` },
    { type: 'deliverySending', id: 'd', carries: [], mode: 'message' },
    { type: 'deliveryAccepted', id: 'd', via: 'queue' },
  ]
  const lines = events.map((event, seq) =>
    encodeLine({ ...event, seq, at: atSecond(seq) } as unknown as Stamped),
  )
  await writeFile(join(repo.dir, 'journal.jsonl'), lines.join(''))
  await writeFile(
    join(repo.dir, 'driver.cast'),
    castHeader({ version: 2, width: 40, height: 5 }) +
      castLine([0, 'm', runLabel(atSecond(0))]) +
      castLine([1, 'o', `token ${ON_SCREEN}\r\nthe falcon`]),
  )
}

const exported = async (options: Partial<ExportOptions>): Promise<string> => {
  const choice = { keep: [], words: [] }
  const script = { text: 'void 0', hash: 'x' }
  const into = join(repo.root, 'out')
  const [path = ''] = value(
    await exportInto(repo.dir, 'html', into, { choice, script, terminals: true, ...options }),
  )
  return readFile(path, 'utf8')
}

const screensOf = (html: string): string =>
  [...html.matchAll(/data-from[^>]*>([^<]+)</g)]
    .map(([, packed = '']) => gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'))
    .join('\n')

it('finds what would be replaced in texts, diffs and screens, and how often', async () => {
  await storePair()
  const { hits, more, recorded, bytes } = await previewExport(repo.dir, null)
  expect(hits.map(({ found, places }) => [found.kind, found.value, places])).toEqual([
    ['password', SAID, ['text']],
    ['GitHub token', IN_DIFF, ['diff']],
    ['GitLab token', ON_SCREEN, ['screen']],
  ])
  expect(hits[0]).toMatchObject({ before: 'password=', after: '' })
  expect([more, recorded]).toEqual([0, true])
  expect(bytes.terminals).toBeGreaterThan(100)
})

it('replaces what was chosen, in texts, diffs and on screens, and keeps what is kept', async () => {
  await storePair()
  const html = await exported({ choice: { keep: [IN_DIFF], words: ['falcon', SAID] } })
  const screens = screensOf(html)
  for (const text of [html, screens]) {
    expect(text).not.toMatch(/falcon/i)
    expect(text).not.toContain(SAID)
    expect(text).not.toContain(ON_SCREEN)
  }
  expect(html).toContain('Mend [redacted]')
  expect(html).toContain(IN_DIFF)
  expect(html).toContain('again: [redacted]')
  expect(screens).toContain('the ••••••')
})

it('says where a diff cannot be told any more, and leaves terminals out', async () => {
  await storePair()
  await rm(join(repo.top, '.git'), { recursive: true })
  const html = await exported({ terminals: false })
  expect(html).toContain('The diff is not here: the two states are no longer kept')
  expect(html).not.toContain('data-from')
  expect(html).toContain('The terminals were left out.')
})
