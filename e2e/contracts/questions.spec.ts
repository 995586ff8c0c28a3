/** A question of either agent is answered in the inbox, in its own options or in the human's words. */

import { claudeDone, codexReviews, pass } from './calls'
import { askUser } from './claude-model-server'
import { ask, say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { inTurn } from './script'

test('questions of both agents, answered in the inbox, reach their models', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(
    [askUser('How many attempts?', 'Attempts', ['Three', 'Five'])],
    ...claudeDone('Five, then.'),
  )
  const database = {
    id: 'store',
    header: 'Store',
    question: 'Where are the keys kept?',
    options: [
      { label: 'Memory', description: 'Lost on restart.' },
      { label: 'Disk', description: 'Kept.' },
    ],
  }
  world.script.codex = inTurn([ask([database])], codexReviews(pass), [codexSays('Reviewed.')])
  await desk.start('Retry uploads.', { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })

  const first = desk.card(/Driver asks you/)
  await expect(first).toContainText('How many attempts?')
  await first.getByLabel('Five').check()
  await first.getByRole('button', { name: 'Answer' }).click()

  const second = desk.card(/Navigator asks you/)
  await expect(second).toContainText('Where are the keys kept?')
  await second.getByLabel('Disk').check()
  await second.getByRole('button', { name: 'Answer' }).click()
  await desk.event('ended', { reason: 'agreed' })

  const told = world.claude.requests.find(({ toolResults }) => toolResults.length > 0)?.toolResults[0]
  expect(told).toMatchObject({ failed: false, text: expect.stringContaining('Five') })
  expect(world.codex.requests.find(({ outputs }) => outputs.length > 0)?.outputs[0]?.text).toContain('Disk')
  expect(desk.events('requestClosed').map(({ by }) => by)).toEqual(['inbox', 'inbox'])
})
