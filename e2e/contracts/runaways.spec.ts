/** Pairs that would go on for ever, with the real programs: each meets its bound, and what it costs is told meanwhile. */
import { changes, pass } from './calls'
import { add, CLAUDE_DRIVES, call, look, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'

const LEFT = seatOf(CLAUDE_DRIVES.driver)
const RIGHT = seatOf(CLAUDE_DRIVES.navigator)
const FAULTS = ['The key is never kept.', 'Two callers share one counter.', 'A zero delay is taken for none.']

test('a navigator that always asks for changes ends at the cap on rounds', async ({ desk }) => {
  const { world } = desk
  play(
    world,
    'claude',
    look('retry.js'),
    ...FAULTS.flatMap((_, round) => [
      ...(round === 0 ? [] : [call('answer_findings', { answers: [{ id: `${round}.1`, answer: 'fixed' }] })]),
      add(`part-${round}.js`, `part(${round})\n`),
      call('report_done', { summary: `Part ${round} is there.` }),
      say(`Part ${round} is there.`),
    ]),
  )
  play(
    world,
    'codex',
    ...FAULTS.flatMap(text => [call('submit_review', { ...changes(text) }), say('Not yet.')]),
  )
  await desk.start('Keep a key.', LEFT, RIGHT, { rounds: FAULTS.length })
  await desk.event('ended', { reason: 'cap' })
  expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(FAULTS.map(() => 'changes'))
  await expect(desk.page.getByRole('banner')).toContainText(`Round ${FAULTS.length} of ${FAULTS.length}`)
})

test('a driver that only says thanks holds the pair before it costs another review', async ({ desk }) => {
  const { world } = desk
  play(
    world,
    'claude',
    look('retry.js'),
    call('report_done', { summary: 'Done.' }),
    say('Done.'),
    say('Thank you so much, great review, I totally agree!'),
  )
  play(world, 'codex', call('submit_review', { ...changes('The key is never kept.') }), say('Not yet.'))
  await desk.start('Keep a key.', LEFT, RIGHT)
  await expect(desk.card(/Driver repeats itself/)).toContainText('Only courtesies, and nothing was changed')
  expect(desk.events('held').map(({ why }) => why)).toMatchObject([{ type: 'repetition' }])
  expect(prompts(world, 'codex')).toHaveLength(1)
})

test('a driver that never stops: its cost grows on the screen, and End round hands over what there is', async ({
  desk,
}) => {
  const { world } = desk
  play(world, 'claude', ...Array.from({ length: 500 }, () => look('retry.js')))
  play(world, 'codex', call('submit_review', { ...pass }), say('Right.'))
  await desk.start('Keep a key.', LEFT, RIGHT)
  const cost = desk.page.getByTitle('What this pair has used, by the agents’ own figures')
  /** As it is written: `351 tok`, `2.1k tok`. */
  const told = async () => {
    const text = (await cost.textContent()) ?? ''
    return Number.parseFloat(text) * (text.includes('k tok') ? 1000 : 1)
  }
  await expect(cost).toContainText('tok')
  const [early, asked] = [await told(), world.claude.requests.length]
  await desk.claudeAsked(asked + 5)
  await expect.poll(told).toBeGreaterThan(early)
  expect(desk.events('turnEnded')).toEqual([])
  await desk.control('End round').click()
  await desk.event('turnEnded', { seat: 'left' })
  await desk.codexAsked(1)
})

test.describe('a model server that is down', () => {
  test.use({ quietSeconds: 5 })

  test('its reviewer waits for it, then the review is an error with its cause: neither pass nor round', async ({
    desk,
  }) => {
    const { world } = desk
    play(
      world,
      'claude',
      look('retry.js'),
      async () => {
        await world.codex.stop()
        return call('report_done', { summary: 'Done.' })
      },
      say('Done.'),
    )
    await desk.start('Keep a key.', LEFT, RIGHT)
    await desk.event('held')
    expect(desk.events('noticed').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('Codex is waiting for its model server and keeps trying'),
    )
    expect(desk.events('held').map(({ why }) => why)).toMatchObject([
      { type: 'trouble', seat: 'right', cause: 'network' },
    ])
    expect(desk.events('reviewed').map(({ verdict }) => verdict)).toEqual(['error'])
    expect(desk.events('roundStarted')).toEqual([])
    await expect(desk.card(/Codex/)).toContainText('neither as a pass nor as a round')
  })
})
