/** The first task: `slugify` is to fold accents and repeated separators. */
import type { Desk } from './desk'
import {
  addTests,
  planFor,
  reshape,
  type Shape,
  SOURCE_FILE,
  sameShape,
  shapeOf,
  TEST_FILE,
} from './repertoire'
import type { Attempt, Cause, Edit, Repo, Task } from './task'

const shapeIn = (repo: Repo): Shape | null => {
  const source = repo.read(SOURCE_FILE)
  return source === null ? null : shapeOf(source)
}

export const slugifyTask: Task = {
  source: SOURCE_FILE,
  tests: TEST_FILE,
  plan: [
    {
      id: '1',
      text: 'Fold accents in slugify(): é becomes e',
      why: '“handle accents”',
      files: [SOURCE_FILE],
    },
    {
      id: '2',
      text: 'Make repeated separators one dash',
      why: '“and repeated separators”; the API stays',
      files: [SOURCE_FILE],
    },
  ],
  testItem: { id: '3', text: 'Test the edges', why: 'so that it stays so', files: [TEST_FILE] },
  kept: 'The API is as it was.',
  knows: repo => shapeIn(repo) !== null,
  served(repo) {
    const shape = shapeIn(repo)
    return shape?.accents === true && shape.separators !== 'each'
  },
  attempt,
}

async function attempt(desk: Desk, repo: Repo, causes: readonly Cause[]): Promise<Attempt> {
  const source = repo.read(SOURCE_FILE)
  const shape = source === null ? null : shapeOf(source)
  if (source === null || shape === null) return { edits: [], unanswered: causes, rejected: [] }
  const plan = planFor(shape, causes)
  const changes = !sameShape(shape, plan.shape)
  const wanted =
    changes && shape.emoji === null ? { ...plan.shape, emoji: await emojiChoice(desk) } : plan.shape
  const edits: Edit[] = []
  if (!sameShape(shape, wanted))
    edits.push({ file: SOURCE_FILE, content: reshape(source, shape, wanted), done: inProse(shape, wanted) })
  const tests = repo.read(TEST_FILE)
  const more = plan.addTests && tests !== null ? addTests(tests, wanted) : tests
  if (tests !== null && more !== null && more !== tests) {
    const count = more.split('\ntest(').length - tests.split('\ntest(').length
    edits.push({
      file: TEST_FILE,
      content: more,
      done: [`${count === 1 ? '1 test' : `${count} tests`} for the edges`],
    })
  }
  return { edits, unanswered: plan.unanswered, rejected: [] }
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
  ...(from.letters === to.letters ? [] : ['ß, ø and æ become plain letters']),
  ...(from.tabs === to.tabs ? [] : ['a tab or line break separates words']),
]
