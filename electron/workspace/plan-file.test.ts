import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nothing } from '../../shared/pair/initial'
import type { PlanVersion } from '../../shared/review/plan'
import { writePlan } from './plan-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const state = { ...nothing, intent: 'Fix it.\nKeep the API.' }
const plan = (version: number, text: string): PlanVersion => ({
  ...{ version, by: null, reason: '', at: '' },
  items: [{ id: '1', text, why: 'it leaks', files: ['src/a.ts'] }],
})

test('a plan is written with intent, reasons and files, and its next version over it', async () => {
  const path = join(folder, 'PLAN.md')
  expect(await writePlan(path, state, plan(1, 'Clear the timer'))).toEqual({ ok: true, value: path })
  expect(readFileSync(path, 'utf8')).toContain(
    '> Fix it.\n> Keep the API.\n\n- **1** Clear the timer\n  - Why: it leaks\n  - Files: `src/a.ts`\n',
  )
  await writePlan(path, state, plan(2, 'Clear both'))
  expect(readFileSync(path, 'utf8')).toContain('Clear both')
})

test('a PLAN.md of somebody else’s is left alone', async () => {
  const path = join(folder, 'PLAN.md')
  writeFileSync(path, '# My plan\n')
  const done = await writePlan(path, state, plan(1, 'x'))
  expect(done).toMatchObject({ ok: false, error: { message: expect.stringContaining('move it away first') } })
  expect(readFileSync(path, 'utf8')).toBe('# My plan\n')
})
