/** What the human says in the composer: at once between two steps of a turn, or with the next handoff. */

import { claudeReports, codexReviews, pass } from './calls'
import { type Reply as ClaudeReply, say as claudeSays, toolCall } from './claude-model-server'
import { type ModelReply as CodexReply, say as codexSays, exec } from './codex-model-server'
import { expect, test } from './desk'
import { gate } from './script'

/** A turn takes at most so many steps until it sees the steer: the words are on their way as it begins. */
const STEPS = 10

test('steers reach running turns of both programs, and travel with a handoff', async ({ desk }) => {
  const { world } = desk
  const [driving, reviewing] = [gate(), gate()]
  let reads = 0
  world.script.claude = async ({ conversation, toolResults }): Promise<ClaudeReply> => {
    await driving.opened
    if (toolResults.at(-1)?.text.startsWith('Recorded')) return [claudeSays('Read.')]
    if (conversation.includes('Keep the public API.') || reads++ > STEPS) return claudeReports('Read.')
    return [toolCall('Read', { file_path: `${world.project}/retry.js` })]
  }
  let looks = 0
  world.script.codex = async ({ users, outputs }): Promise<CodexReply> => {
    await reviewing.opened
    if (outputs.at(-1)?.text.startsWith('Recorded')) return [codexSays('Right.')]
    if (users.join('\n').includes('Follow-ups may wait.') || looks++ > STEPS) return codexReviews(pass)
    return [exec('true')]
  }
  await desk.start('Keep a key.', { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })
  await desk.claudeAsked(1)
  await desk.lands('Driver', 'Now', 'Lands now, between tool calls of Claude Code (driver)')
  await desk.steer('Driver', 'Now', 'Keep the public API.')
  await desk.steer('Navigator', 'Next handoff', 'Look at the timeouts too.')
  driving.open()
  expect((await desk.codexAsked(1)).user).toContain(
    'Your human adds (this comes from the human, not from your partner):\nLook at the timeouts too.',
  )
  await desk.lands('Navigator', 'Now', 'Lands now, between tool calls of Codex (navigator)')
  await desk.steer('Navigator', 'Now', 'Follow-ups may wait.')
  reviewing.open()
  await desk.event('ended', { reason: 'agreed' })

  expect(world.claude.requests.at(-1)?.conversation).toContain('Keep the public API.')
  expect(world.codex.requests.at(-1)?.users.join('\n')).toContain('Follow-ups may wait.')
  expect(world.codex.requests[0]?.users.join('\n')).not.toContain('Follow-ups may wait.')
  // Both entered a turn that ran: no turn of their own began.
  expect(desk.events('turnStarted').map(({ seat }) => seat)).toEqual(['left', 'right'])
  const steers = desk.events('deliveryQueued').filter(({ kind }) => kind === 'steer')
  expect(steers.map(({ when }) => when)).toEqual(['now', 'next', 'now'])
  const [first, carried, last] = steers.map(({ id }) => id)
  const sent = desk.events('deliverySending').map(({ id, mode, carries }) => ({ id, mode, carries }))
  expect(sent.filter(({ mode }) => mode === 'steer').map(({ id }) => id)).toEqual([first, last])
  expect(sent.filter(({ carries }) => String(carries) === carried)).toMatchObject([{ mode: 'message' }])
  const taken = desk.events('deliveryAccepted').map(({ id }) => id)
  expect(taken).toEqual(expect.arrayContaining([first, last]))
})
