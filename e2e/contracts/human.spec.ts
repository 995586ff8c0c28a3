/** A human types into the terminals while the pair works: what is typed is theirs, and the pair goes on. */

import { changes, claudeAnswers, claudeDone, codexReviews, pass } from './calls'
import { say as claudeSays } from './claude-model-server'
import { say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { gate, inTurn } from './script'

test('prompts and drafts typed into either terminal', async ({ desk }) => {
  const { world, page } = desk
  const [reviewing, mending] = [gate(), gate()]
  world.script.claude = inTurn(
    [claudeSays('First version.')],
    [claudeSays('Only the retry.')],
    async () => {
      await mending.opened
      return claudeAnswers({ '1.1': 'fixed' })
    },
    ...claudeDone('Second version.'),
  )
  world.script.codex = inTurn(
    async () => {
      await reviewing.opened
      return codexReviews(changes('The key is missing.'))
    },
    [codexSays('Not yet.')],
    [codexSays('Still here.')],
    codexReviews(pass),
    [codexSays('Right.')],
  )
  await desk.start('Retry uploads.', { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })
  await desk.event('turnStarted', { seat: 'right' })

  // The driver is idle: a question of the human's own, then a draft that is not sent.
  await desk.type('left', 'what did you change?')
  await desk.press('left', 'Enter')
  await desk.event('turnEnded', { seat: 'left', text: 'Only the retry.' })
  await desk.type('left', 'remember the timeout')
  await desk.see('left', '❯ remember the timeout')
  reviewing.open()
  await desk.event('roundStarted', { round: 2 })
  expect((await desk.claudeAsked(3)).text).toContain('The key is missing.')

  // Now the navigator is.
  await desk.type('right', 'are you there?')
  await desk.press('right', 'Enter')
  await desk.event('turnEnded', { seat: 'right', text: 'Still here.' })
  await desk.type('right', 'half a thought')
  await desk.see('right', '› half a thought')
  mending.open()
  await desk.event('ended', { reason: 'agreed' })

  await desk.see('left', '❯ remember the timeout')
  await desk.see('right', '› half a thought')
  const typed = desk.events('turnStarted').filter(({ cause }) => cause === 'human')
  expect(typed.map(({ seat }) => seat)).toEqual(['left', 'right'])
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  expect(desk.events('deliveryQueued').map(({ kind }) => kind)).toEqual([
    'opening',
    'handoff',
    'handoff',
    'handoff',
  ])
  await expect(page.getByRole('feed').getByText(/from you/)).toHaveCount(2)
  const asked = JSON.stringify([world.claude.requests, world.codex.requests])
  expect(asked).toContain('what did you change?')
  expect(asked).not.toMatch(/remember the timeout|half a thought/)
})
