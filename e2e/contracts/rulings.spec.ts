/** Findings that are not mended: rejected by the driver with a reason, then ruled on by the human. */
import { add, CODEX_DRIVES, call, edit, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'
import { gate } from './script'

const finding = (line: number, text: string) => ({
  severity: 'major',
  file: 'again.js',
  line,
  text,
  inScope: true,
})
const ENDLESS = finding(1, 'The retry never gives up: an upload that always fails runs for ever.')
const STILL = finding(1, 'Still: the retry never gives up, and an upload that always fails runs for ever.')
const KEY = finding(1, 'No key is sent, so that a second attempt stores the file twice.')
const LOG = finding(2, 'The password is written to the log in plain text.')
const reviews = (...findings: readonly object[]) =>
  call('submit_review', { verdict: 'changes', summary: 'Not yet.', findings })
const WHY = 'The caller gives up: it has a time limit of its own.'

const { driver, navigator } = CODEX_DRIVES
test('a finding is rejected, dismissed by the human, and raised in vain', async ({ desk }) => {
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
    call('answer_findings', { answers: [{ id: '2.2', answer: 'fixed' }] }),
    call('report_done', { summary: 'Nothing is logged.' }),
    say('Nothing is logged.'),
  )
  play(
    world,
    navigator,
    reviews(ENDLESS, KEY),
    say('Two things.'),
    async () => {
      await dismissed.opened
      return reviews(STILL, LOG)
    },
    say('I disagree.'),
    reviews(STILL),
    say('I still disagree.'),
  )
  await desk.start('Retry uploads.', seatOf(driver), seatOf(navigator))
  await expect.poll(() => prompts(world, navigator).length).toBe(2)
  await desk.command({ type: 'ruleFinding', id: '1.1', ruling: 'dismissed', reason: 'It is right so.' })
  dismissed.open()
  await desk.event('ended', { reason: 'agreed' })

  const [, second, third] = prompts(world, navigator)
  expect(second).toContain(`Its answers to the findings:\n- 1.1 rejected: ${WHY}\n- 1.2 fixed`)
  expect(third).toContain('I dismiss this finding; leave it, and do not raise it again:')
  expect(third).toContain('Your human has ruled on these; do not raise them again:')
  const given = prompts(world, driver)
  expect(given).toHaveLength(3)
  expect(given[2]).toContain(LOG.text)
  expect(given[2]).not.toContain(STILL.text)

  const reviewed = desk.events('reviewed')
  expect(reviewed.map(({ verdict }) => verdict)).toEqual(['changes', 'changes', 'pass'])
  expect(reviewed[1]?.findings).toMatchObject([{ id: '2.1', repeats: '1.1', silenced: true }, { id: '2.2' }])
  expect(reviewed[2]?.findings).toMatchObject([{ id: '3.1', silenced: true }])
  const noticed = desk.events('noticed').map(({ text }) => text)
  expect(noticed).toContain('All that was asked for had been ruled on by you before, so it counts as a pass.')
})
