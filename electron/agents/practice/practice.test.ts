import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asDeliveryId } from '../../../shared/ids'
import { PRACTICE_INTENTS } from '../../../shared/pair/practice'
import { parseReview } from '../../../shared/tools/submit-review'
import { type Bench, bundleProgram, createBench, git, message, type TestSeat } from './harness'

const program = bundleProgram()
let bench: Bench

beforeEach(async () => {
  bench = await createBench(program())
})
afterEach(() => bench.clear())

const opening = (id: string) =>
  message(id, `From: your human. You are the driver. Round 1 of 10.\n\n${PRACTICE_INTENTS.slugify}`)
const toNavigator = (id: string, target = '') =>
  message(
    id,
    `From: your pair partner Practice agent (the driver). You are the navigator. Round 1 of 10.\n\n${target}`,
  )

/** Answers what a driver asks in its first turn. */
async function answerAll(driver: TestSeat, emoji: string): Promise<void> {
  const approval = (await driver.next('requestOpened')).request
  expect(approval).toMatchObject({ type: 'approval', title: 'Run the tests', body: 'node --test' })
  expect(await driver.seat.answer(approval.id, { type: 'approval', choice: 'allow' })).toEqual({ ok: true })
  const question = (await driver.next('requestOpened')).request
  await driver.seat.answer(question.id, { type: 'question', answers: { q1: [emoji] } })
}

const source = () => readFile(join(bench.folder, 'src/slugify.js'), 'utf8')
const review = (seat: TestSeat) => {
  const parsed = parseReview(seat.calls.at(-1)?.args, '1.', 0)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

describe('a whole exchange', () => {
  test('the review finds what the first try left, the second try mends it, and the next review passes', async () => {
    const driver = await bench.start({ name: 'left', opening: opening('a001') })
    await answerAll(driver, 'Keep')
    const done = await driver.next('turnEnded')
    expect(done.outcome).toEqual({ type: 'completed' })
    expect(done.text).toContain('all 4 tests pass')
    expect(await source()).toContain('Emoji are kept')

    const navigator = await bench.start({ name: 'right' })
    await navigator.seat.deliver(toNavigator('b001'))
    expect((await navigator.next('turnEnded')).text).toMatch(/^I ask for changes/)
    const first = review(navigator)
    expect(first).toMatchObject({ verdict: 'changes' })
    expect(
      first.findings.map(({ severity, file, line, inScope }) => ({ severity, file, line, inScope })),
    ).toEqual([
      { severity: 'major', file: 'src/slugify.js', line: 13, inScope: true },
      { severity: 'major', file: 'src/slugify.js', line: 13, inScope: true },
      { severity: 'minor', file: 'src/slugify.js', line: 12, inScope: false },
      { severity: 'minor', file: 'src/slugify.js', line: 5, inScope: true },
    ])

    const inScope = first.findings.filter(finding => finding.inScope)
    const lines = inScope.map(f => `- ${f.id} ${f.severity} ${f.file}:${f.line} ${f.text}`).join('\n')
    await driver.seat.deliver(
      message('a002', `From: your pair partner. You are the driver.\n\nVerdict: changes.\n\n${lines}`),
    )
    expect((await driver.next('turnEnded')).text).toContain('all 8 tests pass')

    await navigator.seat.deliver(toNavigator('b002'))
    expect((await navigator.next('turnEnded')).text).toMatch(/^I pass this/)
    expect(review(navigator)).toMatchObject({ verdict: 'pass', findings: [] })
    expect(await driver.seat.took(asDeliveryId('a002'))).toBe(true)
    expect(await driver.seat.took(asDeliveryId('b002'))).toBe(false)
  })

  test('a test that a human breaks turns a pass into changes, at the line of that test', async () => {
    await git(bench.folder, 'checkout', '-q', '-b', 'human')
    const file = join(bench.folder, 'test/slugify.test.js')
    await writeFile(file, (await readFile(file, 'utf8')).replace("'hello-world'", "'hello_world'"))
    const navigator = await bench.start()
    await navigator.seat.deliver(toNavigator('b001'))
    await navigator.next('turnEnded')
    const { verdict, findings } = review(navigator)
    expect(verdict).toBe('changes')
    expect(findings[0]).toMatchObject({
      file: 'test/slugify.test.js',
      line: 8,
      text: "The test “words are joined with dashes” fails: expected 'hello_world', got 'hello-world'",
    })
  })

  test('a pinned target is reviewed, not the working tree', async () => {
    const base = await git(bench.folder, 'rev-parse', 'HEAD^{tree}')
    await writeFile(join(bench.folder, 'src/extra.js'), "console.log('here')\n")
    await git(bench.folder, 'add', '--all')
    const tree = await git(bench.folder, 'write-tree')
    const navigator = await bench.start()
    await navigator.seat.deliver(toNavigator('b001', `Review target: ${base}..${tree}`))
    await navigator.next('turnEnded')
    expect(review(navigator).findings).toContainEqual(
      expect.objectContaining({
        severity: 'minor',
        file: 'src/extra.js',
        line: 1,
        text: '“console.log” was left in.',
      }),
    )
  })
})
