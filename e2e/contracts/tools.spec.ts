/**
 * The four tools, called by each program through its own channel (MCP, dynamic tools): a call that is malformed or out
 * of turn is answered so that the agent can do better, and changes nothing; then the right call counts.
 */
import { changes, PAIR_TOOLS, pass } from './calls'
import { add, answers, BOTH_WAYS, call, edit, heard, play, say, seatOf } from './cast'
import { expect, test } from './desk'

const item = (id: string) => ({ id, text: 'Retry once.', why: 'Uploads are flaky.', files: ['again.js'] })
const finding = changes('The key is missing.').findings
const answer = (id: string, word: string) => call('answer_findings', { answers: [{ id, answer: word }] })

/** Each call with what its answer must hold. */
const DRIVING = [
  [call('report_done', {}), 'Not recorded. summary:', 'Call report_done again with {"summary":"…"'],
  [call('submit_review', { ...pass }), 'Not recorded: you are the driver; the navigator gives the verdict.'],
  [answer('1.1', 'fixed'), 'Not recorded: no finding 1.1; you were given none.'],
  [call('propose_plan', { items: [item('1'), item('1')] }), 'Not recorded: two items have the id "1".'],
  [call('propose_plan', { items: [item('1')] }), 'Recorded: plan version 1. Go on.'],
  [
    call('report_done', { summary: 'Done.', planItems: ['7'] }),
    'Not recorded: no plan item 7; the plan has 1.',
  ],
  [
    call('report_done', { summary: 'It retries.', planItems: ['1'], followUps: ['Pause between them.'] }),
    'Recorded. End your turn now; your partner reviews.',
  ],
] as const

const REVIEWING = [
  [
    call('report_done', { summary: 'Done.' }),
    'Not recorded: you are the navigator; report_done is for the driver.',
  ],
  [
    call('submit_review', { verdict: 'maybe' }),
    'Not recorded. verdict:',
    'Call submit_review again with {"verdict":"pass"|"changes"',
  ],
  [
    call('submit_review', { verdict: 'changes', summary: 'Not yet.', findings: [] }),
    'needs at least one finding that is in scope',
  ],
  [
    call('submit_review', { verdict: 'changes', summary: 'Not yet.', findings: finding }),
    'Recorded: changes. End your turn now.',
  ],
] as const

const MENDING = [
  [
    call('report_done', { summary: 'Done.' }),
    'Not recorded: findings 1.1 wait for your answer. Call answer_findings first',
  ],
  [answer('9.9', 'fixed'), 'Not recorded: no finding 9.9; you were given 1.1.'],
  [answer('1.1', 'rejected'), 'Not recorded: 1.1 needs a reason.'],
  [answer('1.1', 'fixed'), 'Recorded: 1.1 fixed.'],
  [call('report_done', { summary: 'With a key.', planItems: ['1'] }), 'Recorded. End your turn now'],
] as const

type Exchange = readonly [ReturnType<typeof call>, ...string[]]
const calls = (exchanges: readonly Exchange[]) => exchanges.map(([made]) => made)

for (const { title, driver, navigator } of BOTH_WAYS) {
  test(`${title}: wrong calls are answered with how to call right, and the right ones count`, async ({
    desk,
  }) => {
    const { world } = desk
    play(
      world,
      driver,
      add('again.js', 'retry()\n'),
      ...calls(DRIVING),
      say('First version.'),
      edit('again.js', 'retry()', 'retry(key)'),
      ...calls(MENDING),
      say('Second version.'),
    )
    play(
      world,
      navigator,
      ...calls(REVIEWING),
      say('Not yet.'),
      call('submit_review', { ...pass }),
      say('Right.'),
    )
    await desk.start('Retry uploads.', seatOf(driver), seatOf(navigator))
    await desk.event('ended', { reason: 'agreed' })

    const expected = (exchanges: readonly Exchange[]) => exchanges.map(([, ...parts]) => parts)
    const told = answers(world, driver)
    const byDriver = [...told.slice(1, 1 + DRIVING.length), ...told.slice(2 + DRIVING.length)]
    const byNavigator = answers(world, navigator).slice(0, REVIEWING.length)
    for (const [said, parts] of [
      ...expected([...DRIVING, ...MENDING]).map((parts, at) => [byDriver[at], parts] as const),
      ...expected(REVIEWING).map((parts, at) => [byNavigator[at], parts] as const),
    ]) {
      for (const part of parts) expect(said).toContain(part)
    }
    expect(byDriver).toHaveLength(DRIVING.length + MENDING.length)

    const counted = ['planProposed', 'doneReported', 'followUpsNamed', 'reviewSubmitted', 'findingsAnswered']
    const facts = desk.events().filter(({ type }) => counted.includes(type))
    expect(facts.map(({ type, seat }) => `${type} ${seat}`)).toEqual([
      'planProposed left',
      'doneReported left',
      'followUpsNamed left',
      'reviewSubmitted right',
      'findingsAnswered left',
      'doneReported left',
      'reviewSubmitted right',
    ])
    // Nobody had to be asked, and each program knows all four tools, because roles can swap.
    expect(desk.events('requestOpened')).toEqual([])
    for (const program of [driver, navigator]) {
      const [, ...later] = heard(world, program)
      expect(later.map(({ tools }) => tools)).toEqual(later.map(() => PAIR_TOOLS))
    }
    expect(heard(world, navigator).at(-1)?.prompt).toContain('Its answers to the findings:\n- 1.1 fixed')
  })
}
