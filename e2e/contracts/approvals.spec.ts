/** What an agent may not do by itself waits in the inbox and in its terminal; the first answer counts, once. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { claudeDone, claudeReviews, codexDone, codexReviews, pass } from './calls'
import { bash, say as claudeSays, toolCall, writeFile } from './claude-model-server'
import { say as codexSays, execEscalated } from './codex-model-server'
import { type Desk, expect, type Side, test } from './desk'
import { inTurn } from './script'

/** Each adds a line, so that a command that ran twice is seen. */
const command = (name: string): string => `echo ran >> ${name}.txt`
const INTENT = 'Write down what ran.'

const ran = ({ world }: Desk, name: string): string | null => {
  const path = join(world.project, `${name}.txt`)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

const openCard = async (desk: Desk, name: string) => {
  const card = desk.card(/asks: run a command/)
  await expect(card).toContainText(command(name))
  return card
}

/** Allowed in the inbox, denied there with words, then allowed by a key in the terminal. `terms`: what a yes allows. */
const answerThree = async (
  desk: Desk,
  side: Side,
  question: string,
  key: string,
  terms: RegExp,
): Promise<void> => {
  const first = await openCard(desk, 'allowed')
  await expect(first.locator('.card-terms')).toHaveText(terms)
  await first.getByRole('button', { name: 'Allow once' }).click()
  const second = await openCard(desk, 'denied')
  await second.getByRole('button', { name: 'Deny…' }).click()
  await second.getByLabel(/instead/).fill('Leave that file alone.')
  await second.getByRole('button', { name: 'Deny', exact: true }).click()
  const third = await openCard(desk, 'keyed')
  await desk.see(side, question)
  // Both programs' dialogs take no key in their first moments, a guard against keys meant for the composer.
  await expect(async () => {
    await desk.press(side, key)
    await expect(third).toBeHidden({ timeout: 1_000 })
  }).toPass()
  await desk.event('ended', { reason: 'agreed' })

  expect(['allowed', 'denied', 'keyed'].map(name => ran(desk, name))).toEqual(['ran\n', null, 'ran\n'])
  const opened = desk.events('requestOpened').map(({ request }) => (request as { id: string }).id)
  expect(opened).toHaveLength(3)
  expect(desk.events('requestClosed').map(({ id, by }) => ({ id, by }))).toEqual(
    ['inbox', 'inbox', 'terminal'].map((by, index) => ({ id: opened[index], by })),
  )
}

test("Claude Code's approvals: from the inbox, denied, and by key in its terminal", async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(
    [bash(command('allowed'))],
    [bash(command('denied'))],
    [bash(command('keyed'))],
    ...claudeDone('Written down.'),
  )
  world.script.codex = inTurn(codexReviews(pass), [codexSays('Reviewed.')])
  await desk.start(INTENT, { agent: 'claude', permissionMode: 'default' }, { agent: 'codex' })
  // Its own rule is wider than the command: the whole folder.
  const terms = /^Once.+asks again\.This session.+without asking again: access to .+uploader$/
  await answerThree(desk, 'left', 'Do you want to proceed?', '1', terms)
  const denied = world.claude.requests.at(-1)?.toolResults[1]
  expect(denied).toMatchObject({ failed: true, text: expect.stringContaining('Leave that file alone.') })
})

test("Codex's approvals: from the inbox, denied, and by key in its terminal", async ({ desk }) => {
  const { world } = desk
  world.script.codex = inTurn(
    [execEscalated(command('allowed'), 'To write it down.')],
    [execEscalated(command('denied'), 'To write it down.')],
    [execEscalated(command('keyed'), 'To write it down.')],
    ...codexDone('Written down.'),
  )
  world.script.claude = inTurn(claudeReviews(pass), [claudeSays('Reviewed.')])
  await desk.start(INTENT, { agent: 'codex' }, { agent: 'claude', permissionMode: 'default' })
  await answerThree(desk, 'left', 'Yes, proceed', 'y', /^Once.+asks again\.$/)
  expect(world.codex.requests.at(-1)?.outputs[1]?.text).toContain('rejected')
})

test('a plan of Claude Code waits for approval like a command', async ({ desk }) => {
  const { world } = desk
  world.script.claude = inTurn(
    ({ conversation }) => {
      const [path] = /\/[^"\s]+\/plans\/[^"\s]+\.md/.exec(conversation) ?? []
      if (path === undefined) throw new Error('Claude Code names no file for its plan')
      return [writeFile(path, '1. Keep a key for each upload.')]
    },
    [toolCall('ExitPlanMode', {})],
    ...claudeDone('Planned.'),
  )
  world.script.codex = inTurn(codexReviews(pass), [codexSays('Reviewed.')])
  await desk.start(INTENT, { agent: 'claude', permissionMode: 'plan' }, { agent: 'codex' })
  const card = desk.card(/asks: start work on this plan/)
  await expect(card).toContainText('Keep a key for each upload.')
  await card.getByRole('button', { name: 'Allow once' }).click()
  await desk.event('ended', { reason: 'agreed' })
})
