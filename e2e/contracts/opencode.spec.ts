/** opencode in the window's panes: in either seat beside the others, and with itself under two models. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  changes,
  claudeReviews,
  codexAnswers,
  codexDone,
  opencodeAnswers,
  opencodeDone,
  opencodeReviews,
  pass,
} from './calls'
import { say as claudeSays } from './claude-model-server'
import { addFile } from './codex-model-server'
import { expect, test } from './desk'
import { bash, type ModelReply, type ModelRequest, say, write } from './opencode-model-server'
import { inTurn } from './script'

const INTENT = 'Give each retry the same key.'
const DONE_1 = 'Retries are there.'
const DONE_2 = 'Every retry carries the same key.'
const FINDING = 'A retry can store a file twice.'

/** The trees that a navigator is told to compare. */
const target = ({ user }: ModelRequest): string => {
  const [, command] = /\(see it with: (git diff \S+ \S+)\)/.exec(user) ?? []
  if (command === undefined) throw new Error('the handoff names no target')
  return command
}

const drives = (): ((request: ModelRequest) => Promise<ModelReply>) =>
  inTurn<ModelRequest, ModelReply>(
    [write('retry.js', 'exports.retry = f => f().catch(f)\n')],
    ...opencodeDone(DONE_1),
    [write('retry.js', 'exports.retry = (f, key) => f(key).catch(() => f(key))\n')],
    opencodeAnswers({ '1.1': 'fixed' }),
    ...opencodeDone(DONE_2),
  )

const navigates = (): ((request: ModelRequest) => Promise<ModelReply>) =>
  inTurn<ModelRequest, ModelReply>(
    request => [bash(target(request))],
    opencodeReviews(changes(FINDING)),
    [say('Not yet.')],
    request => [bash(target(request))],
    opencodeReviews(pass),
    [say('Right.')],
  )

const begins = ({ requests }: { readonly requests: readonly ModelRequest[] }): readonly ModelRequest[] =>
  requests.filter(({ isTitle, outputs }) => !isTitle && outputs.length === 0)

test.setTimeout(300_000)

test('opencode drives and Claude Code navigates: changes, then pass', async ({ desk }) => {
  const { world } = desk
  world.script.opencode = drives()
  world.script.claude = inTurn(
    claudeReviews(changes(FINDING)),
    [claudeSays('Not yet.')],
    claudeReviews(pass),
    [claudeSays('Right.')],
  )
  await desk.start(INTENT, { agent: 'opencode' }, { agent: 'claude', permissionMode: 'default' })
  await desk.event('ended', { reason: 'agreed' })
  expect(await desk.event('seatReady', { seat: 'left' })).toMatchObject({ version: '1.18.33' })
  await desk.see('left', DONE_2)
  await desk.see('right', 'Right.')
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  expect(desk.events('requestOpened')).toEqual([])
  expect(readFileSync(join(world.project, 'retry.js'), 'utf8')).toContain('f(key).catch')
  const turns = begins(world.opencode)
  expect(turns).toHaveLength(2)
  expect(turns[0]?.user).toContain(INTENT)
  expect(turns[1]?.user).toContain(FINDING)
})

test('Codex drives and opencode navigates: changes, then pass', async ({ desk }) => {
  const { world } = desk
  world.script.codex = inTurn(
    [addFile('key.js', 'exports.key = 1')],
    ...codexDone(DONE_1),
    [addFile('keys.js', 'exports.key = 2')],
    codexAnswers({ '1.1': 'fixed' }),
    ...codexDone(DONE_2),
  )
  world.script.opencode = navigates()
  await desk.start(INTENT, { agent: 'codex' }, { agent: 'opencode', permissionMode: 'allow' })
  await desk.event('ended', { reason: 'agreed' })
  await desk.see('left', DONE_2)
  await desk.see('right', 'Right.')
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  const reviews = begins(world.opencode)
  expect(reviews).toHaveLength(2)
  expect(reviews[0]?.user).toContain(`> ${INTENT}`)
  expect(reviews[0]?.user).toContain(`> ${DONE_1}`)
  const seen = world.opencode.requests.filter(({ outputs }) => outputs.length === 1)
  expect(seen[0]?.outputs[0]?.text).toContain('+exports.key = 1')
})

test('opencode pairs with itself under two models', async ({ desk }) => {
  const { world } = desk
  const [driver, navigator] = [drives(), navigates()]
  world.script.opencode = request => (request.model === 'm' ? driver(request) : navigator(request))
  await desk.start(INTENT, { agent: 'opencode', model: 'fake/m' }, { agent: 'opencode', model: 'fake/n' })
  await desk.event('ended', { reason: 'agreed' })
  await desk.see('left', DONE_2)
  await desk.see('right', 'Right.')
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  expect(desk.events('seatReady').map(({ model }) => model)).toEqual(
    expect.arrayContaining(['fake/m', 'fake/n']),
  )
  const { requests } = world.opencode
  expect(begins({ requests: requests.filter(({ model }) => model === 'm') })).toHaveLength(2)
  expect(begins({ requests: requests.filter(({ model }) => model === 'n') })).toHaveLength(2)
})
