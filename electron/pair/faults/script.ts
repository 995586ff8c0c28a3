/** For tests: what a scripted agent does in a turn, from the text of its task alone. */
import type { ToolReply } from '../../../shared/agent/tools'
import type { Random } from './random'

export interface Plot {
  /** Reviews pass from this round on; planning counts as rounds too. */
  readonly passAt: number
  /** Called by the driver when it works, e.g. to change a file. */
  readonly work?: () => void
}

export type Call = (name: string, args: unknown) => Promise<ToolReply>

/** Asks for something to be done; a steer or a word about a restart does not. */
export const isTask = (text: string): boolean =>
  !/^\[duologue [0-9a-f]+\] From: your human\. .*\n\n(steer|edited) /.test(text) &&
  !text.includes('You were stopped in the middle of your work') &&
  !text.includes('lets you go on: continue')

const roundOf = (text: string): number => Number(/Round (\d+) of/.exec(text)?.[1] ?? 1)

const review = async (task: string, plot: Plot, random: Random, call: Call): Promise<string> => {
  const pass = roundOf(task) >= plot.passAt || (task.includes('This is a plan') && roundOf(task) >= 2)
  const finding = {
    severity: 'major',
    file: `src/${random.words(1)}.ts`,
    line: 1 + random.below(400),
    text: random.words(12),
    inScope: true,
  }
  const summary = random.words(8)
  await call(
    'submit_review',
    pass ? { verdict: 'pass', summary } : { verdict: 'changes', summary, findings: [finding] },
  )
  return `Reviewed: ${random.words(12)}`
}

const answerAll = async (task: string, call: Call): Promise<void> => {
  const ids = [...task.matchAll(/^- (\d+\.[df]?\d+) /gm)].map(([, id]) => id ?? '')
  if (ids.length === 0) return
  await call('answer_findings', { answers: ids.map(id => ({ id, answer: 'fixed' })) })
}

const plan = async (task: string, random: Random, call: Call): Promise<string> => {
  await answerAll(task, call)
  const item = { id: '1', text: random.words(10), why: random.words(6), files: ['work.txt'] }
  await call('propose_plan', { items: [item], reason: random.words(6) })
  return `Planned: ${random.words(12)}`
}

const drive = async (task: string, plot: Plot, random: Random, call: Call): Promise<string> => {
  plot.work?.()
  await answerAll(task, call)
  await call('report_done', { summary: random.words(10) })
  return `Done: ${random.words(12)}`
}

/** Gives the final words of the turn. */
export const act = (task: string, plot: Plot, random: Random, call: Call): Promise<string> => {
  const asksForPlan = /Plan first: change no files|Verdict on the plan: changes|without a plan\. Call/.test(
    task,
  )
  if (asksForPlan) return plan(task, random, call)
  if (task.includes('submit_review')) return review(task, plot, random, call)
  return drive(task, plot, random, call)
}
