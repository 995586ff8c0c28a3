/** A turn is stopped: by End round, which hands over what there is, or by the human's own Esc, which holds. */
import { join } from 'node:path'
import { claudeDone, codexReviews, pass } from './calls'
import { writeFile } from './claude-model-server'
import { say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { inTurn, never } from './script'

const driver = { agent: 'claude', permissionMode: 'acceptEdits' } as const
const navigator = { agent: 'codex' } as const

test('End round stops either program and hands over what there is', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(
    [writeFile(join(world.project, 'key.js'), 'export const key = 1\n')],
    never,
    ...claudeDone('I go on without a review.'),
  )
  world.script.codex = inTurn(never, codexReviews(pass), [codexSays('Right.')])
  await desk.start('Keep a key.', driver, navigator)
  await desk.claudeAsked(2)
  await desk.control('End round').click()
  await desk.event('turnEnded', { seat: 'left', outcome: { type: 'interrupted' } })
  expect((await desk.codexAsked(1)).user).toContain('key.js +1 −0')

  await desk.control('End round').click()
  await desk.event('turnEnded', { seat: 'right', outcome: { type: 'interrupted' } })
  await desk.event('ended', { reason: 'agreed' })
  expect(world.claude.requests.at(-1)?.text).toContain('your human ended the review early')
  expect(desk.events('held')).toEqual([])
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['pass'])
})

test('Esc in a terminal holds the pair until Resume', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(never, ...claudeDone('Done after all.'))
  world.script.codex = inTurn(never, codexReviews(pass), [codexSays('Right.')])
  await desk.start('Keep a key.', driver, navigator)
  await desk.claudeAsked(1)
  await desk.see('left', 'esc to interrupt')
  await desk.press('left', 'Escape')
  await desk.event('held', { why: { type: 'interrupted', seat: 'left' } })
  const first = desk.card(/Driver’s turn was stopped/)
  await first.getByRole('button', { name: 'Resume' }).click()
  await expect(first).toBeHidden()

  await desk.codexAsked(1)
  await desk.see('right', 'esc to interrupt')
  await desk.press('right', 'Escape')
  await desk.event('held', { why: { type: 'interrupted', seat: 'right' } })
  await desk
    .card(/Navigator’s turn was stopped/)
    .getByRole('button', { name: 'Resume' })
    .click()
  await desk.event('ended', { reason: 'agreed' })
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['pass'])
  expect(desk.events('roundStarted')).toEqual([])
})
