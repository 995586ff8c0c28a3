/** The proof is run by Duologue: a failure goes back to the driver and costs the navigator nothing. */
import { pass } from './calls'
import { add, BOTH_WAYS, call, edit, heard, play, prompts, say, seatOf } from './cast'
import { expect, test } from './desk'

const CHECK = `import { readFileSync } from 'node:fs'
const found = readFileSync('again.js', 'utf8').includes('key')
console.log(found ? 'every attempt has a key' : 'an attempt has no key')
process.exit(found ? 0 : 1)
`
const COMMAND = 'node check.mjs'

for (const { title, driver, navigator } of BOTH_WAYS) {
  test(`${title}: a proof that fails, and then passes`, async ({ desk }) => {
    const { world } = desk
    world.commit({ 'check.mjs': CHECK })
    const asked: number[] = []
    play(
      world,
      driver,
      add('again.js', 'retry()\n'),
      call('report_done', { summary: 'It retries.' }),
      say('It retries.'),
      () => {
        asked.push(heard(world, navigator).length)
        return edit('again.js', 'retry()', 'retry(key)')
      },
      call('report_done', { summary: 'It retries with a key.' }),
      say('It retries with a key.'),
    )
    play(world, navigator, call('submit_review', { ...pass }), say('Right.'))
    await desk.start('Retry uploads.', seatOf(driver), seatOf(navigator), {
      proof: { command: COMMAND, limitSeconds: 60 },
    })
    await desk.event('ended', { reason: 'agreed' })

    expect(asked).toEqual([0])
    const [, back] = prompts(world, driver)
    expect(back).toContain(
      'You reported done, but the proof did not pass. Your partner has not been asked yet.',
    )
    expect(back).toContain(`\`${COMMAND}\` exit 1 after`)
    expect(back).toContain('> an attempt has no key')

    const course = desk.events().filter(({ type }) => /^(proof|doneR|reviewed|roundS|ended)/.test(type))
    expect(course.map(({ type }) => type)).toEqual([
      'doneReported',
      'proofStarted',
      'proofEnded',
      'proofSentBack',
      'doneReported',
      'proofStarted',
      'proofEnded',
      'proofSentBack',
      'reviewed',
      'ended',
    ])
    const measured = desk.events('turnMeasured').at(-1)?.measure as { target: { tree: string } }
    const { tree } = measured.target
    expect(desk.events('proofEnded').map(({ result }) => result)).toMatchObject([
      { outcome: { type: 'exited', code: 1 } },
      { outcome: { type: 'exited', code: 0 }, tree, changed: false },
    ])
    const reviews = prompts(world, navigator)
    expect(reviews).toHaveLength(1)
    expect(reviews[0]).toContain(`Proof, run by Duologue: \`${COMMAND}\` passed after`)
    expect(reviews[0]).toContain(`on tree ${tree}`)
    expect(reviews[0]).toContain('> every attempt has a key')
  })
}
