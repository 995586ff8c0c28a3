/** The requests for a pair's draft pull request. Looking pushes nothing; creating is the human's click. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asPairId } from '../../shared/ids'
import type { PullRequestPreview, Reply } from '../../shared/ipc'
import { isKnown } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import { fold } from '../../shared/pair/evolve'
import type { PairState } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'
import { commandsFor } from '../../shared/transcript/pr-commands'
import { pullRequestInput, whyNoPullRequest } from '../../shared/transcript/pr-input'
import { pullRequestText } from '../../shared/transcript/pull-request'
import type { Engine, Failure } from '../pair/engine'
import { gitLine } from '../workspace/git'
import { createDraftPr, inspectForPr, type PrFacts } from '../workspace/pull-request'
import type { Handlers } from './handlers'

type PullRequestName = 'pair.previewPullRequest' | 'pair.createPullRequest'
type Text = Pick<PullRequestPreview, 'title' | 'body'>

/** In the pair's folder, for the human's own `gh`. */
const BODY_FILE = 'pull-request.md'

const bad = (message: string): Reply<never> => ({ ok: false, message })

/** What the branch holds is compared with what was agreed on: the human pushes the one and reads about the other. */
const notesOf = async (state: PairState, facts: PrFacts): Promise<readonly string[]> => {
  const agreed = state.passed?.work
  if (agreed === undefined) {
    return [
      'Work went on, or a checkpoint was restored, after the pair agreed. Look at it before you create the draft.',
    ]
  }
  if (facts.uncommitted) return []
  const head = await gitLine(state.folder, ['rev-parse', 'HEAD^{tree}'])
  if (!head.ok || head.value === agreed) return []
  return [
    `The last commit is not, byte for byte, what the pair agreed on (tree ${agreed.slice(0, 12)}). If files were changed since, look at them before you create the draft.`,
  ]
}

const bodyFor = async (file: string, { body }: Text): Promise<Result<string, Failure>> => {
  try {
    await writeFile(file, body, { mode: 0o600 })
    return ok(file)
  } catch (error) {
    return err({ message: `The text could not be saved in ${file}: ${String(error)}.` })
  }
}

export const createPullRequestHandlers = (
  engine: Engine,
  platform: NodeJS.Platform,
): Pick<Handlers, PullRequestName> => {
  /** An agreed pair, with its journal. */
  const agreed = async (
    pair: string,
  ): Promise<Result<{ readonly state: PairState; readonly events: readonly Stamped[] }, Failure>> => {
    const read = await engine.read(asPairId(pair))
    if (!read.ok) return read
    const events = read.value.filter(isKnown)
    const state = fold(events)
    const why = whyNoPullRequest(state)
    return why === null ? ok({ state, events }) : err({ message: why })
  }

  /** The commands by which the human does it, when a missing `gh` is all that is in the way. */
  const byHand = async (
    pair: string,
    facts: PrFacts,
    text: Text,
  ): Promise<Result<readonly string[], Failure>> => {
    const { gh, branch, remote, problems } = facts
    if (gh.found || problems.length > 1 || branch === null || remote === null) return ok([])
    const bodyFile = await bodyFor(join(engine.pairFolder(asPairId(pair)), BODY_FILE), text)
    if (!bodyFile.ok) return bodyFile
    const shell = platform === 'win32' ? 'powershell' : 'posix'
    return ok(commandsFor({ remote, branch, title: text.title, bodyFile: bodyFile.value, shell }))
  }

  return {
    'pair.previewPullRequest': async ({ pair, edited }) => {
      const found = await agreed(pair)
      if (!found.ok) return bad(found.error.message)
      const { state, events } = found.value
      const text = edited ?? pullRequestText(pullRequestInput(state, events))
      const facts = await inspectForPr(state.folder, await engine.env())
      const commands = await byHand(pair, facts, text)
      if (!commands.ok) return bad(commands.error.message)
      const { branch, remote, problems } = facts
      const value = {
        ...{ title: text.title, body: text.body, problems, ready: problems.length === 0 },
        push: branch === null || remote === null ? null : { branch, remote },
        notes: await notesOf(state, facts),
        commands: commands.value,
      }
      return { ok: true, value }
    },
    'pair.createPullRequest': async ({ pair, title, body }) => {
      const found = await agreed(pair)
      if (!found.ok) return bad(found.error.message)
      const made = await createDraftPr({
        folder: found.value.state.folder,
        env: await engine.env(),
        ...{ title, body },
      })
      if (!made.ok) return bad(made.error.message)
      const { url } = made.value
      const noted = await engine.pullRequestCreated(asPairId(pair), url)
      return { ok: true, value: { url, problem: noted.ok ? null : noted.error.message } }
    },
  }
}
