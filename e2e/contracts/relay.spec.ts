/** Both real programs in the window's panes: the whole way of a piece of work, from the start form to the pass. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  claudeAnswers,
  claudeDone,
  claudeReviews,
  codexAnswers,
  codexDone,
  codexReviews,
  pass,
} from './calls'
import { bash, say as claudeSays, editFile, toolCall, writeFile } from './claude-model-server'
import { applyPatch, say as codexSays, exec } from './codex-model-server'
import { type Desk, expect, test } from './desk'
import { gate, inTurn } from './script'
import { FINDING, FIRST, FOLLOW_UP, INTENT, KEYED, PROJECT, SECOND } from './upload'

/** The trees that a navigator is told to compare; fails the review when it was told none. */
const target = (handoff: string): string => {
  const [, command] = /\(see it with: (git diff \S+ \S+)\)/.exec(handoff) ?? []
  if (command === undefined) throw new Error('the handoff names no target')
  return command
}

const fillForm = async ({ page, world }: Desk): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name: 'Start a pair' }).click()
  const form = page.getByRole('form', { name: 'Start a pair' })
  await form.getByLabel('Folder').fill(world.project)
  await form.getByLabel('Intent').fill(INTENT)
  await form.getByRole('radiogroup', { name: 'Agent of the driver' }).getByLabel('Claude Code').check()
  await form.getByRole('radiogroup', { name: 'Agent of the navigator' }).getByLabel('Codex').check()
  await form.getByLabel('Permissions of the driver').selectOption('acceptEdits')
  await form.getByRole('button', { name: 'Start', exact: true }).click()
}

const DONE_1 = 'Timed-out uploads are retried, three attempts in all. The tests pass.'
const DONE_2 = 'Every attempt now carries the same key, so the server stores a file once. The tests pass.'

type Theme = 'dark' | 'light'
/** The README's pictures are taken on request only, so that an ordinary run changes no file. */
const PICTURES = process.env.DUOLOGUE_SCREENSHOTS === '1'

/** Before the programs start: they ask for the background's colour only then. */
const wear = async ({ page }: Desk, theme: Theme): Promise<void> => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.evaluate(async each => {
    const bridge = Reflect.get(globalThis, 'duologue') as { request(n: string, i: unknown): Promise<unknown> }
    await bridge.request('settings.set', { theme: each })
  }, theme)
}

const picture = async ({ page }: Desk, theme: Theme): Promise<void> => {
  const warning = page.getByRole('button', { name: /^Dismiss/ })
  if (await warning.isVisible()) await warning.click()
  const folder = resolve(__dirname, '../../docs/images')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `pair-${theme}.png`) })
}

const claudeDrives = async (desk: Desk, theme: Theme): Promise<void> => {
  const { world, page } = desk
  world.commit(PROJECT)
  world.setClaude({ permissions: { allow: ['Bash(node --test)'] }, theme })
  const file = join(world.project, 'src/upload.js')
  world.script.claude = inTurn(
    [claudeSays('I look at the upload first.'), toolCall('Read', { file_path: file })],
    [editFile(file, FIRST.from, FIRST.to)],
    [bash('node --test', 'Run the tests')],
    ...claudeDone(DONE_1),
    [editFile(file, SECOND.from, SECOND.to)],
    [editFile(file, KEYED.from, KEYED.to)],
    [bash('node --test', 'Run the tests')],
    claudeAnswers({ '1.1': 'fixed' }),
    ...claudeDone(DONE_2),
  )
  const reviewing = gate()
  world.script.codex = inTurn(
    request => [exec(target(request.user))],
    codexReviews({ verdict: 'changes', summary: 'Retries store twice.', findings: [FINDING, FOLLOW_UP] }),
    [codexSays('A retry can store a file twice: see 1.1.')],
    request => [codexSays('I compare the second attempt with the finding.'), exec(target(request.user))],
    async () => {
      await reviewing.opened
      return codexReviews(pass)
    },
    [codexSays('The finding is mended.')],
  )
  await wear(desk, theme)
  await fillForm(desk)
  await desk.see('left', DONE_2)
  await desk.see('right', 'I compare the second attempt with the finding.')
  await desk.codexAsked(5)
  if (PICTURES) await picture(desk, theme)
  reviewing.open()
  await desk.event('ended', { reason: 'agreed' })

  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  expect(desk.events('roundStarted').map(({ round }) => round)).toEqual([2])
  expect(readFileSync(file, 'utf8')).toContain('client.put({ ...file, key })')
  const reviews = world.codex.requests.filter(({ isTitle, outputs }) => !isTitle && outputs.length === 0)
  expect(reviews).toHaveLength(2)
  expect(reviews[0]?.user).toContain(`> ${INTENT}`)
  expect(reviews[0]?.user).toContain(`> ${DONE_1}`)
  expect(reviews[0]?.user).toContain('src/upload.js +9 −1')
  const diff = world.codex.requests.find(({ outputs }) => outputs.length === 1)?.outputs[0]?.text
  expect(diff).toContain('+      return await client.put(file)')
  const mending = world.claude.requests.filter(({ title, toolResults }) => !title && toolResults.length === 0)
  expect(mending).toHaveLength(2)
  expect(mending[1]?.text).toContain(`1.1 major src/upload.js:5 ${FINDING.text}`)
  expect(mending[1]?.text).not.toContain(FOLLOW_UP.text)
  await expect(page.getByRole('feed')).toContainText(DONE_2)
}

for (const theme of PICTURES ? (['dark', 'light'] as const) : (['dark'] as const)) {
  test(`Claude Code drives and Codex navigates, ${theme}: changes, then pass`, ({ desk }) =>
    claudeDrives(desk, theme))
}

test('Codex drives and Claude Code navigates: changes, then pass', async ({ desk }) => {
  const { world } = desk
  world.commit(PROJECT)
  const patch = (from: string, to: string) => {
    const lines = (sign: string, text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map(line => sign + line)
    const body = [
      '*** Begin Patch',
      '*** Update File: src/upload.js',
      '@@',
      ...lines('-', from),
      ...lines('+', to),
    ]
    return applyPatch([...body, '*** End Patch', ''].join('\n'))
  }
  world.script.codex = inTurn(
    [patch(FIRST.from, FIRST.to)],
    [exec('node --test')],
    ...codexDone(DONE_1),
    [patch(KEYED.from, KEYED.to), patch(SECOND.from, SECOND.to)],
    codexAnswers({ '1.1': 'fixed' }),
    ...codexDone(DONE_2),
  )
  world.script.claude = inTurn(
    request => [bash(target(request.text), 'See what changed')],
    [toolCall('Read', { file_path: join(world.project, 'src/upload.js') })],
    claudeReviews({ verdict: 'changes', summary: 'Retries store twice.', findings: [FINDING, FOLLOW_UP] }),
    [claudeSays('A retry can store a file twice.')],
    request => [bash(target(request.text), 'See what changed')],
    claudeReviews(pass),
    [claudeSays('The finding is mended.')],
  )
  await desk.start(INTENT, { agent: 'codex' }, { agent: 'claude', permissionMode: 'default' })
  await desk.event('ended', { reason: 'agreed' })
  await desk.see('left', DONE_2)
  await desk.see('right', 'The finding is mended.')

  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
  expect(desk.events('requestOpened')).toEqual([])
  const text = readFileSync(join(world.project, 'src/upload.js'), 'utf8')
  expect(text).toContain('client.put({ ...file, key })')
  expect(text).toContain('const key = file.key')
  const reviews = world.claude.requests.filter(({ title, toolResults }) => !title && toolResults.length === 0)
  expect(reviews).toHaveLength(2)
  expect(reviews[0]?.text).toContain(`> ${INTENT}`)
  expect(reviews[0]?.text).toContain(`> ${DONE_1}`)
  expect(reviews[0]?.text).toContain('src/upload.js +9 −1')
  const seen = world.claude.requests.filter(({ toolResults }) => toolResults.length === 1).at(-1)
    ?.toolResults[0]
  expect(seen).toMatchObject({
    failed: false,
    text: expect.stringContaining('+      return await client.put({ ...file, key })'),
  })
  const mending = world.codex.requests.filter(({ isTitle, outputs }) => !isTitle && outputs.length === 0)
  expect(mending).toHaveLength(2)
  expect(mending[1]?.user).toContain(`1.1 major src/upload.js:5 ${FINDING.text}`)
  expect(mending[1]?.user).not.toContain(FOLLOW_UP.text)
})

test.describe('with an older Claude Code', () => {
  test.use({ claudeVersion: '2.1.197' })
  test('Claude Code 2.1.197 drives and Codex navigates: changes, then pass', async ({ desk }) => {
    const { world } = desk
    const file = join(world.project, 'retry.js')
    const write = (text: string) => [writeFile(file, text)]
    world.script.claude = inTurn(
      [toolCall('Read', { file_path: file })],
      write('exports.retry = f => f().catch(f)\n'),
      ...claudeDone(DONE_1),
      write('exports.retry = (f, key) => f(key).catch(() => f(key))\n'),
      claudeAnswers({ '1.1': 'fixed' }),
      ...claudeDone(DONE_2),
    )
    world.script.codex = inTurn(
      codexReviews({ verdict: 'changes', summary: 'Retries store twice.', findings: [FINDING] }),
      [codexSays('Not yet.')],
      codexReviews(pass),
      [codexSays('Right.')],
    )
    await desk.start(INTENT, { agent: 'claude', permissionMode: 'acceptEdits' }, { agent: 'codex' })
    await desk.event('ended', { reason: 'agreed' })
    expect(await desk.event('seatReady', { seat: 'left' })).toMatchObject({ version: '2.1.197' })
    await desk.see('left', DONE_2)
    expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['changes', 'pass'])
    expect(readFileSync(file, 'utf8')).toContain('f(key).catch')
    const mending = world.claude.requests.filter(
      ({ title, toolResults }) => !title && toolResults.length === 0,
    )
    expect(mending).toHaveLength(2)
    expect(mending[1]?.text).toContain(FINDING.text)
  })
})
