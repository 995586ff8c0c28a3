/** A review that could not be made is an error: never a pass, never a round, and it can be tried again. */

import { claudeDone, claudeLooks, claudeReviews, codexDone, codexReviews, pass } from './calls'
import { say as claudeSays, fail } from './claude-model-server'
import { say as codexSays, limited } from './codex-model-server'
import { expect, test } from './desk'
import { inTurn } from './script'

/** In two hours, to the second, as providers tell it. */
const RESETS = Math.ceil(Date.now() / 1_000) + 7_200

const CLAUDE = { agent: 'claude', permissionMode: 'default' } as const

test('Codex is out of quota as it reviews', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(claudeLooks(world.project), ...claudeDone('Done.'))
  world.script.codex = inTurn(limited(RESETS), codexReviews(pass), [codexSays('Right.')])
  await desk.start('Keep a key.', CLAUDE, { agent: 'codex' })
  const { why } = await desk.event('held')
  expect(why).toEqual({
    ...{ type: 'quota', seat: 'right', detail: expect.stringContaining('usage limit') },
    resetsAt: new Date(RESETS * 1_000).toISOString(),
  })
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['error'])
  const card = desk.card(/Codex has reached its limit/)
  await expect(card).toContainText('neither as a pass nor as a round')
  expect(desk.events('ended')).toEqual([])
  await card.getByRole('button', { name: /^Go on at \d\d:\d\d/ }).click()
  await expect(card).toContainText(/goes on by itself at \d\d:\d\d/)
  expect(desk.events('ended')).toEqual([])
  await card.getByRole('button', { name: 'Go on now' }).click()
  await desk.event('ended', { reason: 'agreed' })
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['error', 'pass'])
  expect(desk.events('roundStarted')).toEqual([])
  expect(world.codex.requests.at(-1)?.users.at(-1)).toContain('Review this work against the intent')
})

test("Claude Code's server fails twice as it reviews", async ({ desk }) => {
  const { world } = desk
  world.script.codex = inTurn(...codexDone('Done.'))
  let tries = 0
  // How often the program itself repeats a request is its own affair; each try of ours is one turn.
  world.script.claude = request => {
    if (tries === 0) return fail(500, 'api_error', 'Internal server error')
    if (tries === 1) return fail(429, 'rate_limit_error', 'You are out of quota')
    return request.toolResults.length > 0 ? [claudeSays('Right.')] : claudeReviews(pass)
  }
  await desk.start('Keep a key.', { agent: 'codex' }, CLAUDE)
  for (const [why, title, again] of [
    [{ type: 'trouble', cause: 'server' }, /Claude Code got an error from its server/, 'Retry'],
    [{ type: 'quota', resetsAt: null }, /Claude Code has reached its limit/, 'Go on now'],
  ] as const) {
    const card = desk.card(title)
    await expect(card).toBeVisible()
    expect(desk.events('held').at(-1)?.why).toMatchObject({ ...why, seat: 'right' })
    tries += 1
    await card.getByRole('button', { name: again }).click()
  }
  await desk.event('ended', { reason: 'agreed' })
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['error', 'error', 'pass'])
  expect(desk.events('roundStarted')).toEqual([])
})
