/** Findings that are not mended: rejected by the driver with a reason, then ruled on by the human. */
import { add, BOTH_WAYS, call, edit, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'
import { gate } from './script'

const finding = (text: string) => ({ severity: 'major', file: 'again.js', line: 1, text, inScope: true })
const ENDLESS = finding('The retry never gives up: an upload that always fails runs for ever.')
const AGAIN = finding('Still: retry never gives up, so an upload that always fails runs for ever.')
const KEY = finding('No key is sent, so that a second attempt stores the file twice.')
const reviews = (...findings: readonly object[]) =>
  call('submit_review', { verdict: 'changes', summary: 'Not yet.', findings })
const WHY = 'The caller gives up: it has a time limit of its own.'

for (const { title, driver, navigator } of BOTH_WAYS) {
  test(`${title}: a finding is rejected, raised again, dismissed by the human, and silent`, async ({
    desk,
  }) => {
    const { world } = desk
    const dismissed = gate()
    play(
      world,
      driver,
      add('again.js', 'retry()\n'),
      call('report_done', { summary: 'It retries.' }),
      say('It retries.'),
      edit('again.js', 'retry()', 'retry(key)'),
      call('answer_findings', {
        answers: [
          { id: '1.1', answer: 'rejected', reason: WHY },
          { id: '1.2', answer: 'fixed' },
        ],
      }),
      call('report_done', { summary: 'With a key.' }),
      say('With a key.'),
      async () => {
        await dismissed.opened
        return call('report_done', { summary: 'It stays as it is.' })
      },
      say('It stays as it is.'),
    )
    play(
      world,
      navigator,
      reviews(ENDLESS, KEY),
      say('Two things.'),
      reviews(AGAIN),
      say('I disagree.'),
      reviews(AGAIN),
      say('I still disagree.'),
    )
    await desk.start('Retry uploads.', seatOf(driver), seatOf(navigator))
    await expect.poll(() => prompts(world, driver).length).toBe(3)
    await desk.command({ type: 'ruleFinding', id: '2.1', ruling: 'dismissed', reason: 'It is right so.' })
    await desk.event('findingRuled')
    dismissed.open()
    await desk.event('ended', { reason: 'agreed' })

    const [, second, third] = prompts(world, navigator)
    expect(second).toContain(`Its answers to the findings:\n- 1.1 rejected: ${WHY}\n- 1.2 fixed`)
    expect(third).toContain('I dismiss this finding; leave it, and do not raise it again:')
    expect(third).toContain('Your human has ruled on these; do not raise them again:')
    expect(prompts(world, driver)[2]).toContain('(again 1.1)')

    const reviewed = desk.events('reviewed')
    expect(reviewed.map(({ verdict }) => verdict)).toEqual(['changes', 'changes', 'pass'])
    expect(reviewed[1]?.findings).toMatchObject([{ id: '2.1', repeats: '1.1' }])
    expect(reviewed[2]?.findings).toMatchObject([{ id: '3.1', repeats: '2.1', silenced: true }])
    const noticed = desk.events('noticed').map(({ text }) => text)
    expect(noticed).toContain(
      'All that was asked for had been ruled on by you before, so it counts as a pass.',
    )
    expect(prompts(world, driver)).toHaveLength(3)
  })
}
