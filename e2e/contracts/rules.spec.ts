/** Rules of the relay that only show when a real program has its own way: reminders, swaps, words in between. */

import {
  changes,
  claudeDone,
  claudeLooks,
  claudeReports,
  claudeReviews,
  codexAnswers,
  codexDone,
  codexReviews,
  pass,
} from './calls'
import { type Reply as ClaudeReply, say as claudeSays, toolCall } from './claude-model-server'
import { type ModelReply as CodexReply, say as codexSays } from './codex-model-server'
import { expect, test } from './desk'
import { gate, inTurn } from './script'

const CLAUDE = { agent: 'claude', permissionMode: 'default' } as const
const CODEX = { agent: 'codex' } as const

test('a review in prose is reminded of once, then the human decides', async ({ desk }) => {
  const { world } = desk
  world.script.codex = inTurn(...codexDone('Done.'), ...codexDone('Mended.'))
  world.script.claude = inTurn(
    [claudeSays('Looks good to me: pass.')],
    [claudeSays('As I said: pass.')],
    claudeReviews(pass),
    [claudeSays('Right.')],
  )
  await desk.start('Keep a key.', CODEX, CLAUDE)
  const card = desk.card(/Navigator gave no clear verdict/)
  await card.getByRole('button', { name: 'Count as changes' }).click()
  await desk.event('ended', { reason: 'agreed' })
  expect((await desk.claudeAsked(2)).text).toContain('Your turn ended without a verdict')
  expect(desk.events('reviewed').map(({ verdict, by }) => `${verdict} ${by}`)).toEqual([
    'unclear navigator',
    'changes human',
    'pass navigator',
  ])
})

test('swapped roles: the reviewer drives and the driver reviews, with the same programs', async ({
  desk,
}) => {
  const { world } = desk
  const reviewing = gate()
  world.script.claude = inTurn(
    claudeLooks(world.project),
    ...claudeDone('First version.'),
    claudeReviews(pass),
    [claudeSays('Right.')],
  )
  world.script.codex = inTurn(
    async () => {
      await reviewing.opened
      return codexReviews(changes('The key is missing.'))
    },
    [codexSays('Not yet.')],
    codexAnswers({ '1.1': 'fixed' }),
    ...codexDone('Mended by me.'),
  )
  await desk.start('Keep a key.', CLAUDE, CODEX)
  await desk.codexAsked(1)
  await desk.control('Swap roles').click()
  await desk.event('swapRequested')
  reviewing.open()
  await desk.event('ended', { reason: 'agreed' })
  expect((await desk.codexAsked(3)).user).toContain(
    'Your human has swapped the roles: you are the driver now',
  )
  expect((await desk.claudeAsked(4)).text).toContain('> Mended by me.')
  expect(desk.events('reviewed').map(({ seat, verdict }) => `${seat} ${verdict}`)).toEqual([
    'right changes',
    'left pass',
  ])
})

/** A turn takes at most so many steps until it sees what was typed. */
const STEPS = 10

test('what a human types into a working terminal is part of its turn, and the handoff comes once', async ({
  desk,
}) => {
  const { world } = desk
  const [driving, reviewing] = [gate(), gate()]
  let reads = 0
  world.script.claude = async ({ conversation, toolResults }): Promise<ClaudeReply> => {
    await driving.opened
    if (toolResults.at(-1)?.text.startsWith('Recorded')) return [claudeSays('With a test.')]
    if (conversation.includes('add a test too') || reads++ > STEPS) return claudeReports('With a test.')
    return [toolCall('Read', { file_path: `${world.project}/retry.js` })]
  }
  world.script.codex = async ({ users, outputs }): Promise<CodexReply> => {
    await reviewing.opened
    if (outputs.at(-1)?.text.startsWith('Recorded')) return [codexSays('Right.')]
    return users.join('\n').includes('mind the docs') ? codexReviews(pass) : [codexSays('I look.')]
  }
  await desk.start('Keep a key.', CLAUDE, CODEX)
  await desk.claudeAsked(1)
  await desk.type('left', 'add a test too')
  await desk.press('left', 'Enter')
  await desk.see('left', 'add a test too')
  driving.open()
  await desk.codexAsked(1)
  await desk.type('right', 'mind the docs')
  await desk.press('right', 'Enter')
  reviewing.open()
  await desk.event('ended', { reason: 'agreed' })
  expect(world.claude.requests.at(-1)?.conversation).toContain('add a test too')
  const handoffs = desk.events('deliveryQueued').filter(({ kind }) => kind === 'handoff')
  expect(handoffs).toHaveLength(1)
  expect(handoffs[0]?.text).toContain('> With a test.')
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['pass'])
})
