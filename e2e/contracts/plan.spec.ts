/** Plan first: proposed, reviewed, changed, approved by the human; only then is a file touched. */
import { changes, pass } from './calls'
import { add, answers, BOTH_WAYS, call, look, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'

const RETRY = { id: '1', text: 'Retry a failed upload.', why: 'Uploads are lost.', files: ['again.js'] }
const KEY = { id: '2', text: 'Send one key with all attempts.', why: 'No file twice.', files: ['key.js'] }
const REASON = 'A retry alone stores a file twice.'

for (const { title, driver, navigator } of BOTH_WAYS) {
  test(`${title}: a plan, a change asked for, version 2, approval, then code`, async ({ desk }) => {
    const { world } = desk
    play(
      world,
      driver,
      look('retry.js'),
      call('report_done', { summary: 'All done.' }),
      call('propose_plan', { items: [RETRY] }),
      say('That is my plan.'),
      call('propose_plan', { items: [RETRY, KEY] }),
      call('answer_findings', { answers: [{ id: '1.1', answer: 'fixed' }] }),
      call('propose_plan', { items: [RETRY, KEY], reason: REASON }),
      say('With a key.'),
      add('again.js', 'retry(key)\n'),
      add('key.js', 'key()\n'),
      call('report_done', { summary: 'As planned.', planItems: ['1', '2'] }),
      say('Done as planned.'),
    )
    play(
      world,
      navigator,
      call('submit_review', { ...changes('Nothing keeps a file from being stored twice.') }),
      say('Not yet.'),
      call('submit_review', { ...pass }),
      say('A good plan.'),
      call('submit_review', { ...pass }),
      say('Right.'),
    )
    const before = [world.git('rev-parse', 'HEAD'), world.git('status', '--porcelain')]
    await desk.start('Retry uploads, never store twice.', seatOf(driver), seatOf(navigator), {
      planFirst: 'approved',
    })
    await desk.event('held', { why: { type: 'planApproval' } })
    await expect(desk.card('The plan waits for your approval')).toBeVisible()
    expect([world.git('rev-parse', 'HEAD'), world.git('status', '--porcelain')]).toEqual(before)
    expect(prompts(world, driver)).toHaveLength(2)
    await desk.command({ type: 'approvePlan' })
    await desk.event('ended', { reason: 'agreed' })

    const plans = desk.events('planProposed').map(({ version, reason, seat }) => ({ version, reason, seat }))
    expect(plans).toEqual([
      { version: 1, reason: '', seat: 'left' },
      { version: 2, reason: REASON, seat: 'left' },
    ])
    expect(desk.events('planSettled')).toMatchObject([{ version: 2, by: 'human' }])
    const reviews = desk.events('reviewed').map(({ verdict, plan }) => ({ verdict, plan }))
    expect(reviews).toEqual([
      { verdict: 'changes', plan: 1 },
      { verdict: 'pass', plan: 2 },
      { verdict: 'pass', plan: undefined },
    ])
    const [, early, , unreasoned] = answers(world, driver)
    expect(early).toContain('Not recorded: the plan comes first.')
    expect(unreasoned).toContain('Not recorded: a changed plan needs its reason.')

    const [asked, , work] = prompts(world, driver)
    expect(asked).toContain('Plan first: change no files yet.')
    expect(work).toContain('The plan is settled.')
    const [first, second, last] = prompts(world, navigator)
    expect(first).toContain('This is a plan; no code is written yet.')
    expect(second).toContain(`changed because: ${REASON}`)
    expect(last).toContain('again.js +1 −0')
    expect(last).not.toContain('unplanned')
  })
}
