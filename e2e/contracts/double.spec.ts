/** Blind double review: both programs review one tree, neither sees the other's review, and the findings are matched. */
import { pass } from './calls'
import { add, BOTH_WAYS, call, heard, play, prompts, say, seatOf } from './cast'
import { type Desk, expect, test } from './desk'
import { gate } from './script'
import { BY_DRIVER, BY_NAVIGATOR, LINK, POOL } from './seeded'

const INTENT = 'Upload several files at once, and give links to them.'
const reviews = (findings: readonly object[]) =>
  call('submit_review', { verdict: 'changes', summary: 'Several bugs.', findings })
const texts = (findings: readonly { readonly text: string }[]) => findings.map(({ text }) => text)

/** What the merged review says was seen by whom, by the texts that each had written. */
const board = (desk: Desk) => {
  const merged = desk.events('reviewed')[0]?.findings as readonly { seenBy: string; text: string }[]
  return (by: string) => merged.filter(({ seenBy }) => seenBy === by).map(({ text }) => text)
}

for (const { title, driver, navigator } of BOTH_WAYS) {
  test(`${title}: 3 findings of both, 2 of each alone, then both pass`, async ({ desk }) => {
    const { world } = desk
    const driverReviews = gate()
    const ids = ['1.1', '1.2', '1.3', '1.4', '1.5', '1.d3', '1.d5']
    play(
      world,
      driver,
      add('src/pool.js', POOL),
      add('src/link.js', LINK),
      call('report_done', { summary: 'A pool of uploads, and links.' }),
      say('My words about my own work.'),
      async () => {
        await driverReviews.opened
        return reviews(BY_DRIVER)
      },
      say('Reviewed alone.'),
      call('answer_findings', { answers: ids.map(id => ({ id, answer: 'fixed' })) }),
      add('src/mended.js', 'mended()\n'),
      call('report_done', { summary: 'All seven mended.' }),
      say('All seven mended.'),
      call('submit_review', { ...pass }),
      say('Right.'),
    )
    play(
      world,
      navigator,
      reviews(BY_NAVIGATOR),
      say('Reviewed alone, too.'),
      call('submit_review', { ...pass }),
      say('Right.'),
    )
    await desk.start(INTENT, seatOf(driver), seatOf(navigator), { doubleReview: true })
    // The navigator's review is in and its turn is over, before the driver's model has answered.
    await desk.event('turnEnded', { seat: 'right' })
    await expect.poll(() => prompts(world, driver).length).toBe(2)
    driverReviews.open()
    await desk.event('reviewed')
    const alone = heard(world, driver).filter(({ whole }) => !whole.includes('Findings in scope'))
    await desk.event('ended', { reason: 'agreed' })

    const { target } = await desk.event('doubleReviewStarted')
    const { base, tree } = target as { base: string; tree: string }
    for (const asked of [prompts(world, driver)[1], prompts(world, navigator)[0]]) {
      expect(asked).toContain('Blind double review')
      expect(asked).toContain(`git diff ${base} ${tree}`)
      expect(asked).toContain(`> ${INTENT}`)
      expect(asked).not.toContain('My words about my own work.')
    }
    expect(alone.length).toBeGreaterThanOrEqual(6)
    for (const text of texts(BY_NAVIGATOR)) expect(JSON.stringify(alone)).not.toContain(text)
    for (const text of texts(BY_DRIVER)) expect(JSON.stringify(heard(world, navigator))).not.toContain(text)

    const seenBy = board(desk)
    expect(seenBy('both')).toEqual(texts(BY_NAVIGATOR.slice(0, 3)))
    expect(seenBy('navigator')).toEqual(texts(BY_NAVIGATOR.slice(3)))
    expect(seenBy('driver')).toEqual(texts([BY_DRIVER[2], BY_DRIVER[4]]))
    const [first, second] = desk.events('reviewed')
    expect(first).toMatchObject({ by: 'both', verdicts: { left: 'changes', right: 'changes' } })
    expect(first?.matches).toMatchObject([
      { navigator: '1.1', driver: '1.d2', why: expect.stringContaining('same file, line 14') },
      { navigator: '1.2', driver: '1.d1', why: expect.stringContaining('same file, line 10') },
      { navigator: '1.3', driver: '1.d4', why: expect.stringContaining('same file, line 5') },
    ])
    const mend = prompts(world, driver)[2]
    for (const text of [...seenBy('both'), ...seenBy('navigator'), ...seenBy('driver')]) {
      expect(mend).toContain(text)
    }
    expect(second).toMatchObject({ by: 'both', verdicts: { left: 'pass', right: 'pass' } })
    expect((await desk.event('ended')).detail).toContain('Both passed it, each alone.')
  })
}
