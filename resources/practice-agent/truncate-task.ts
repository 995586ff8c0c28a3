/** The second task: a function `truncate` beside `slugify`, in a repository that has decided things before. */
import { ABOUT_TESTS } from './repertoire'
import type { Attempt, Cause, Edit, Repo, Task } from './task'
import {
  CLI_FILE,
  decisionIn,
  FIRST_TRY,
  hasMaxOption,
  README_FILE,
  renderTruncate,
  TRUNCATE_FILE,
  TRUNCATE_TESTS,
  type TruncateShape,
  testsFor,
  truncateShapeOf,
  withLongWord,
  withMaxOption,
  withSection,
} from './truncate'

export const truncateTask: Task = {
  source: TRUNCATE_FILE,
  tests: TRUNCATE_TESTS,
  plan: [
    {
      id: '1',
      text: 'Write truncate(slug, max): go back to the last dash before the limit',
      why: '“shortens a slug without cutting a word”; slugify() is left as it is',
      files: [TRUNCATE_FILE],
    },
  ],
  testItem: {
    id: '2',
    text: 'Test it: long and short slugs',
    why: 'so that it stays so',
    files: [TRUNCATE_TESTS],
  },
  kept: 'slugify() is as it was.',
  knows(repo) {
    const source = repo.read(TRUNCATE_FILE)
    return source === null ? repo.read('src/slugify.js') !== null : truncateShapeOf(source) !== null
  },
  served: repo => repo.read(TRUNCATE_FILE) !== null,
  attempt: (_desk, repo, causes) => Promise.resolve(attempt(repo, causes)),
}

interface Work {
  readonly repo: Repo
  shape: TruncateShape
  /** Tests for what a review has brought up. */
  allTests: boolean
  readme: string
  cli: string
  readonly unanswered: Cause[]
  readonly rejected: { readonly cause: Cause; readonly reason: string }[]
}

function attempt(repo: Repo, causes: readonly Cause[]): Attempt {
  const source = repo.read(TRUNCATE_FILE)
  const shape = source === null ? FIRST_TRY : truncateShapeOf(source)
  if (shape === null) return { edits: [], unanswered: causes, rejected: [] }
  const before = { readme: repo.read(README_FILE) ?? '', cli: repo.read(CLI_FILE) ?? '' }
  const work: Work = { repo, shape, allTests: false, ...before, unanswered: [], rejected: [] }
  for (const cause of causes) if (!take(work, cause)) work.unanswered.push(cause)
  const edits: Edit[] = []
  const put = (file: string, content: string, ...done: string[]) => {
    if (content !== (repo.read(file) ?? '')) edits.push({ file, content, done })
  }
  put(TRUNCATE_FILE, renderTruncate(work.shape), ...inProse(source === null ? null : shape, work.shape))
  put(TRUNCATE_TESTS, testsFor(repo.read(TRUNCATE_TESTS), work.shape, work.allTests), 'tests for it')
  put(README_FILE, work.readme, 'README.md says what it does')
  put(CLI_FILE, work.cli, 'the command line takes --max')
  return { edits, unanswered: work.unanswered, rejected: work.rejected }
}

/** False when nothing in the repertoire answers the cause. */
function take(work: Work, cause: Cause): boolean {
  const { text, from } = cause
  const set = (change: Partial<TruncateShape>) => {
    work.shape = { ...work.shape, ...change }
    work.allTests = true
    return true
  }
  if (from === 'intent') return true
  if (/no section for truncate\(\)/.test(text)) {
    work.readme = withSection(work.readme, work.shape)
    return true
  }
  if (/would (?:just )?fit/.test(text)) return set({ fits: true })
  if (/without a limit/.test(text)) return set({ noLimit: true })
  if (/command line offers no limit/.test(text)) {
    work.cli = withMaxOption(work.cli) ?? work.cli
    return hasMaxOption(work.cli)
  }
  if (/longer than max/.test(text)) return longWord(work, cause, set)
  if (from === 'finding' && ABOUT_TESTS.test(text)) return set({})
  return false
}

/** What the README decides stands against a finding, but not against the human. */
function longWord(work: Work, cause: Cause, set: (change: Partial<TruncateShape>) => boolean): boolean {
  const decision = decisionIn(work.readme)
  if (decision !== null && cause.upheld !== true) {
    const reason = `${README_FILE}:${decision.line} decides it: “${decision.text}” A test now says so too.`
    work.rejected.push({ cause, reason })
    return set({})
  }
  work.readme = withLongWord(work.readme)
  return set({ longWord: 'cut' })
}

const inProse = (from: TruncateShape | null, to: TruncateShape): string[] =>
  from === null
    ? ['truncate() goes back to the last dash before the limit']
    : [
        ...(from.fits === to.fits ? [] : ['a word that just fits is kept']),
        ...(from.longWord === to.longWord ? [] : ['a first word that is too long is cut']),
        ...(from.noLimit === to.noLimit ? [] : ['without a limit nothing is cut']),
      ]
