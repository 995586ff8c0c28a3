/** What the human says in the composer: at once between two steps of a turn, or with the next handoff. */
import { say as claudeSays, toolCall } from './claude-model-server'
import { say as codexSays, exec } from './codex-model-server'
import { expect, test } from './desk'
import { codexReviews, pass } from './review'
import { gate, inTurn } from './script'

test('steers reach running turns of both programs, and travel with a handoff', async ({ desk }) => {
  const { world } = desk
  const [driving, reviewing] = [gate(), gate()]
  world.script.claude = inTurn(async () => {
    await driving.opened
    return [toolCall('Read', { file_path: `${world.project}/retry.js` })]
  }, [claudeSays('Read.')])
  world.script.codex = inTurn(
    async () => {
      await reviewing.opened
      return [exec('true')]
    },
    codexReviews(pass),
    [codexSays('Right.')],
  )
  await desk.start('Keep a key.', { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })
  await desk.event('turnStarted', { seat: 'left' })
  await desk.steer('Driver', 'Now', 'Keep the public API.')
  await desk.steer('Navigator', 'Next handoff', 'Look at the timeouts too.')
  driving.open()
  await desk.event('turnStarted', { seat: 'right' })
  const mid = world.claude.requests.filter(({ title }) => !title)
  expect(mid).toHaveLength(2)
  expect(mid[1]?.conversation).toContain('Keep the public API.')
  expect(world.codex.requests.at(-1)?.user).toContain(
    'Your human adds (this comes from the human, not from your partner):\nLook at the timeouts too.',
  )

  await desk.steer('Navigator', 'Now', 'Follow-ups may wait.')
  reviewing.open()
  await desk.event('ended', { reason: 'passed' })
  const reviews = world.codex.requests.filter(({ isTitle }) => !isTitle)
  expect(reviews[0]?.users.join('\n')).not.toContain('Follow-ups may wait.')
  expect(reviews[1]?.users.join('\n')).toContain('Follow-ups may wait.')
  expect(desk.events('turnStarted').map(({ seat }) => seat)).toEqual(['left', 'right'])
  const steers = desk.events('deliveryQueued').filter(({ kind }) => kind === 'steer')
  const taken = desk.events('deliveryAccepted').map(({ id }) => id)
  expect(steers).toHaveLength(3)
  for (const { id, when } of steers) if (when === 'now') expect(taken).toContain(id)
})
