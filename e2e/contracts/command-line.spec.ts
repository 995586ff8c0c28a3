/** `duologue run` with the real Claude Code and the real Codex: the whole relay, without a window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { endingsOf } from '../app'
import { duologue } from '../command-line'
import { changes, claudeAnswers, claudeDone, codexReviews, pass } from './calls'
import * as claude from './claude-model-server'
import * as codex from './codex-model-server'
import { inTurn } from './script'
import { makeWorld, type World } from './world'

let world: World
test.beforeEach(async () => {
  world = await makeWorld()
})
test.afterEach(async () => {
  await world.leave()
  expect(world.strayed(), 'what tried to leave loopback').toEqual([])
})

const runPair = async (...args: string[]) => {
  const { code, out, errors } = await duologue(world.env, 'run', world.project, '--json', ...args)
  const events = out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
  return { code, errors, events }
}

const FIXED = 'exports.retry = f => f().catch(f)\n'
const KEYED = 'exports.retry = (f, key) => f(key).catch(() => f(key))\n'

test('Claude Code drives, Codex navigates: changes, then pass', async () => {
  const file = join(world.project, 'retry.js')
  world.script.claude = inTurn(
    [claude.writeFile(file, FIXED)],
    ...claudeDone('Retries once.'),
    [claude.writeFile(file, KEYED)],
    claudeAnswers({ '1.1': 'fixed' }),
    ...claudeDone('The key is kept.'),
  )
  world.script.codex = inTurn(
    codexReviews(changes('A retry doubles the upload: keep a key.')),
    [codex.say('Not yet.')],
    codexReviews(pass),
    [codex.say('Right.')],
  )
  const { code, errors, events } = await runPair(
    '--intent',
    'Retry flaky uploads without doubling them.',
    '--driver',
    'claude',
    '--driver-permission-mode',
    'acceptEdits',
    '--navigator',
    'codex',
  )
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(readFileSync(join(world.project, 'retry.js'), 'utf8')).toBe(KEYED)
  expect(events.filter(({ type }) => type === 'reviewed').map(({ verdict }) => verdict)).toEqual([
    'changes',
    'pass',
  ])
  expect(endingsOf(events)).toMatchObject([{ reason: 'agreed' }])
})
