/** `duologue run` with the real Claude Code and the real Codex: the whole relay, without a window. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { processesOf } from '../app'
import { duologue } from '../command-line'

import * as claude from './claude-model-server'
import * as codex from './codex-model-server'
import { makeWorld, type World } from './world'

let world: World
test.beforeEach(async () => {
  world = await makeWorld()
})
test.afterEach(async () => {
  await expect.poll(() => processesOf(world.mark), { message: 'processes left behind' }).toEqual([])
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
  let drives = 0
  world.script.claude = request => {
    if (request.toolResults.length > 0)
      return [claude.say(drives === 1 ? 'Retries once.' : 'The key is kept.')]
    drives += 1
    return [claude.writeFile(join(world.project, 'retry.js'), drives === 1 ? FIXED : KEYED)]
  }
  let reviews = 0
  world.script.codex = request => {
    if (request.outputs.length > 0) return [codex.say('Reviewed.')]
    reviews += 1
    return reviews === 1
      ? [
          codex.call('submit_review', {
            verdict: 'changes',
            summary: 'No key.',
            findings: [
              {
                severity: 'major',
                file: 'retry.js',
                line: 1,
                text: 'A retry doubles the upload: keep a key.',
                inScope: true,
              },
            ],
          }),
        ]
      : [codex.call('submit_review', { verdict: 'pass', summary: 'Right.', findings: [] })]
  }
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
  expect(events.at(-1)).toMatchObject({ type: 'ended', reason: 'passed' })
})
