/** The app is killed in the middle of a turn: the pair comes back by its exact sessions, and nothing goes twice. */
import { join } from 'node:path'
import { claudeDone, codexReviews, pass } from './calls'
import { writeFile } from './claude-model-server'
import { say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { inTurn, never } from './script'

test('the app is killed as Claude Code works, and again as Codex reviews', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(
    [writeFile(join(world.project, 'key.js'), 'export const key = 1\n')],
    never,
    ...claudeDone('Done after the restart.'),
  )
  world.script.codex = inTurn(never, codexReviews(pass), [codexSays('Right.')])
  await desk.start('Keep a key.', { agent: 'claude', permissionMode: 'acceptEdits' }, { agent: 'codex' })
  await desk.claudeAsked(2)
  await desk.killAndReopen()
  await desk.control('Resume').click()
  expect((await desk.claudeAsked(3)).text).toContain('You were stopped in the middle of your work')

  expect((await desk.codexAsked(1)).user).toContain('key.js +1 −0')
  await desk.killAndReopen()
  await desk.control('Resume').click()
  expect((await desk.codexAsked(2)).user).toContain('You were stopped in the middle of your work')
  await desk.event('ended', { reason: 'agreed' })

  const sessions = desk.events('seatReady').map(({ seat, session }) => `${seat} ${session}`)
  expect(sessions).toHaveLength(6)
  expect(new Set(sessions).size).toBe(2)
  expect(desk.events('deliveryQueued').filter(({ kind }) => kind === 'handoff')).toHaveLength(1)
  const taken = desk.events('deliveryAccepted').map(({ id }) => id)
  expect(new Set(taken).size).toBe(taken.length)
  const users = world.codex.requests.at(-1)?.users ?? []
  expect(users.filter(text => text.includes('Review this work against the intent'))).toHaveLength(1)
})
