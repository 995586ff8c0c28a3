/**
 * The driver's work: what fails or was found decides what it changes. It edits only what it knows, and says so
 * when it knows nothing here.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Brief } from './brief'
import { approvedTests, type Desk, forReading, git, inWords, plural, shownTests } from './desk'
import {
  addTests,
  type Cause,
  type Plan,
  planFor,
  reshape,
  type Shape,
  SOURCE_FILE,
  sameShape,
  shapeOf,
  TEST_FILE,
} from './repertoire'
import { type TestCommand, type TestOutcome, testCommand } from './run-tests'

const read = (desk: Desk, file: string): string | null => {
  const path = join(desk.folder, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/** Gives the final message of the turn. */
export async function drive(desk: Desk, brief: Brief): Promise<string> {
  desk.say(
    brief.findings.length > 0
      ? `I go through ${plural(brief.findings.length, 'finding')}.`
      : 'I read the repository first.',
  )
  await desk.step('Reading the repository')
  const files = await git(desk, 'ls-files')
  desk.show('List the files', files.code === 0 ? files.output.trim() : 'This folder is not a git repository.')
  const command = testCommand(desk.folder)
  const before = command === null ? null : await approvedTests(desk, command)
  const source = read(desk, SOURCE_FILE)
  const shape = source === null ? null : shapeOf(source)
  if (source === null || shape === null) return cannot(source !== null, command, before)
  const causes = causesOf(brief, before)
  const plan = planFor(shape, causes)
  return change(desk, { source, shape, plan, causes, command, tested: before !== null })
}

function causesOf(brief: Brief, before: TestOutcome | null): readonly Cause[] {
  const failing: readonly Cause[] = (before?.report?.failures ?? []).map(failure => ({
    from: 'test',
    text: `${failure.name}: ${failure.message}`,
  }))
  const found: readonly Cause[] = brief.findings.map(finding => ({
    from: 'finding',
    text: `${finding.id} ${finding.text}`,
  }))
  if (failing.length + found.length > 0) return [...failing, ...found]
  return before === null ? [{ from: 'intent', text: brief.text }] : []
}

function cannot(known: boolean, command: TestCommand | null, before: TestOutcome | null): string {
  const why = known
    ? `${SOURCE_FILE} is not in a shape I know, and I will not overwrite somebody’s work.`
    : 'I am the practice agent: I only know the practice repository, so I changed nothing here.'
  if (command === null) return `${why} This folder names no tests to run.`
  return before === null
    ? `${why} The tests were not run.`
    : `${why} I ran ${command.text}: ${inWords(before)}.`
}

interface Change {
  readonly source: string
  readonly shape: Shape
  readonly plan: Plan
  readonly causes: readonly Cause[]
  readonly command: TestCommand | null
  readonly tested: boolean
}

async function change(desk: Desk, { source, shape, plan, causes, command, tested }: Change): Promise<string> {
  const edits = !sameShape(shape, plan.shape)
  const wanted: Shape =
    edits && shape.emoji === null ? { ...plan.shape, emoji: await emojiChoice(desk) } : plan.shape
  const done: string[] = []
  if (!sameShape(shape, wanted)) {
    await desk.step(`Editing ${SOURCE_FILE}`)
    writeFileSync(join(desk.folder, SOURCE_FILE), reshape(source, shape, wanted))
    done.push(...inProse(shape, wanted))
  }
  const tests = read(desk, TEST_FILE)
  if (plan.addTests && tests !== null) {
    const more = addTests(tests, wanted)
    if (more !== tests) {
      await desk.step(`Editing ${TEST_FILE}`)
      writeFileSync(join(desk.folder, TEST_FILE), more)
      const count = more.split('\ntest(').length - tests.split('\ntest(').length
      done.push(`${plural(count, 'test')} for the edges`)
    }
  }
  const left = plan.unanswered.map(cause => `“${cause.text}”`)
  const leftWords = left.length === 0 ? '' : ` I do not know how to mend ${left.join(', ')}.`
  if (done.length === 0) {
    const why =
      causes.length === 0 ? 'No test fails and nothing was found' : 'Nothing here is in my repertoire'
    return `${why}, so I changed nothing.${leftWords}`
  }
  const diff = await git(desk, 'diff', '--no-ext-diff', '--unified=1', 'HEAD')
  desk.show('Look at the diff', forReading(diff.output))
  const after = command !== null && tested ? await shownTests(desk, command) : null
  const proof =
    after === null ? 'The tests were not run.' : `I ran ${command?.text ?? ''}: ${inWords(after)}.`
  return `Done: ${done.join('; ')}. ${proof} The API is as it was.${leftWords}`
}

async function emojiChoice(desk: Desk): Promise<'strip' | 'keep'> {
  const kept = desk.fact('emoji')
  if (kept === 'strip' || kept === 'keep') return kept
  const answer = await desk.ask({
    header: 'Emoji',
    text: 'A title may contain emoji. What becomes of them in a slug?',
    options: [
      { label: 'Strip', description: '“Hello 🌍 World” gives hello-world' },
      { label: 'Keep', description: '“Hello 🌍 World” gives hello-🌍-world' },
    ],
    multiple: false,
    freeText: true,
  })
  const choice = /keep/i.test(answer.join(' ')) ? 'keep' : 'strip'
  desk.setFact('emoji', choice)
  desk.say(choice === 'keep' ? 'Emoji are kept.' : 'Emoji are dropped.')
  return choice
}

const inProse = (from: Shape, to: Shape): readonly string[] => [
  ...(from.accents === to.accents ? [] : ['accents are folded']),
  ...(from.separators === to.separators
    ? []
    : [
        to.separators === 'runs'
          ? 'any run of separators is one dash, none at the ends'
          : 'repeated spaces are one dash',
      ]),
  ...(from.emoji === to.emoji ? [] : [to.emoji === 'keep' ? 'emoji are kept' : 'emoji are dropped']),
]
