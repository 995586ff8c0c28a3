/** What each request of the window does: one line each, on the engine. Electron's parts come in as functions. */
import { isAbsolute, resolve, sep } from 'node:path'
import process from 'node:process'
import type { Waiting } from '../../shared/attention/waiting'
import { asPairId } from '../../shared/ids'
import type { AppInfo, Replies, Reply, RequestInput, RequestName } from '../../shared/ipc'
import type { Command } from '../../shared/pair/inputs'
import type { SeatId } from '../../shared/pair/seat'
import type { Standing } from '../../shared/pair/standing'
import type { Result } from '../../shared/result'
import type { Settings } from '../../shared/settings'
import type { Engine, Failure } from '../pair/engine'
import type { Replays } from '../pair/replays'
import type { Sharing } from '../share/export-thread'
import type { Search } from '../store/search'
import { createFileFinder } from '../workspace/files'
import { inspectFolder } from '../workspace/folder'
import { guessProof } from '../workspace/proof-guess'
import { createPullRequestHandlers } from './pull-request-handlers'
import { createReplayHandlers } from './replay-handlers'
import { createReviewHandlers } from './review-handlers'
import { createShareHandlers } from './share-handlers'

export interface HandlerDeps {
  readonly engine: Engine
  readonly replays: Replays
  readonly search: Search
  readonly sharing: Sharing
  readonly info: () => AppInfo
  readonly saveSettings: (change: Partial<Settings>) => Promise<Settings>
  readonly chooseFolder: () => Promise<string | null>
  /** Asks where to put an export; null when the human cancelled. */
  readonly chooseExportFolder: () => Promise<string | null>
  readonly attachTerminal: (pair: string, seat: SeatId) => boolean
  readonly openLink: (url: string) => Promise<void>
  readonly showPath: (path: string) => void
  readonly dataFolder: string
  /** Notes what the window shows; gives what waits in each pair. */
  readonly shown: (pair: string | null) => readonly Waiting[]
  /** False: another window has the pair. */
  readonly claim: (pair: string | null) => boolean
  readonly openWindow: (pair: string | null) => void
  readonly standings: () => readonly Standing[]
}

export type Handlers = {
  readonly [N in RequestName]: (input: RequestInput<N>) => Promise<Reply<Replies[N]>>
}

const good = <T>(value: T): Reply<T> => ({ ok: true, value })
const bad = (message: string): Reply<never> => ({ ok: false, message })
const reply = <T, U>(result: Result<T, Failure>, map: (value: T) => U): Reply<U> =>
  result.ok ? good(map(result.value)) : bad(result.error.message)

/** More are not read through; another word finds the one that is meant. */
const MOST_FOUND = 50

/** Only these leave the app; a link is text that an agent wrote. */
const LINK = /^https?:\/\//i

export const createHandlers = (deps: HandlerDeps): Handlers => {
  const { engine } = deps
  const files = createFileFinder(() => performance.now())
  return {
    'app.info': async () => good(deps.info()),
    'agents.detect': async () => good(await engine.detect()),
    'settings.set': async change => good(await deps.saveSettings(withoutUndefined(change))),
    'folder.choose': async () => good(await deps.chooseFolder()),
    'folder.check': async ({ folder }) => good(await checkFolder(folder)),
    'pairs.list': async () => good(await engine.list()),
    'pairs.search': async ({ query }) => good(await deps.search.find(query, MOST_FOUND)),
    'pairs.start': async request => reply(await engine.start(request), pair => ({ pair })),
    'pairs.open': async ({ pair }) => reply(await engine.opened(asPairId(pair)), opened => opened),
    'pairs.standings': async () => good(deps.standings()),
    'pairs.close': async ({ pair }) => {
      await engine.close(asPairId(pair))
      return good(null)
    },
    // The schema is `Command` but for branded ids, which are plain strings on the wire.
    'pair.command': async ({ pair, command }) =>
      reply(await engine.command(asPairId(pair), command as Command), () => null),
    ...createShareHandlers(deps),
    ...createReviewHandlers(engine),
    ...createReplayHandlers(deps.replays),
    ...createPullRequestHandlers(engine, process.platform),
    'pair.files': async ({ pair, query }) => {
      const folder = engine.live(asPairId(pair))?.state().folder
      return folder === undefined ? bad('This pair is closed.') : good(await files.find(folder, query))
    },
    'window.claim': async ({ pair }) => good(deps.claim(pair)),
    'window.open': async ({ pair }) => {
      deps.openWindow(pair)
      return good(null)
    },
    'attention.shown': async ({ pair }) => good(deps.shown(pair)),
    'terminal.attach': async ({ pair, seat }) =>
      deps.attachTerminal(pair, seat)
        ? good(null)
        : bad('This pair is closed; its terminals are not running.'),
    'terminal.past': async ({ pair, seat }) => good(await engine.pastScreen(asPairId(pair), seat)),
    'link.open': async ({ url }) => {
      if (!LINK.test(url)) return bad('Only http and https links are opened.')
      await deps.openLink(url)
      return good(null)
    },
    'path.show': async ({ path }) => {
      if (!`${resolve(path)}${sep}`.startsWith(resolve(deps.dataFolder) + sep))
        return bad('Only files of Duologue are shown.')
      deps.showPath(path)
      return good(null)
    },
  }
}

const checkFolder = async (folder: string): Promise<Replies['folder.check']> => {
  const no = (message: string): Replies['folder.check'] => ({
    ok: false,
    git: false,
    branch: null,
    message,
    proof: null,
  })
  if (!isAbsolute(folder)) return no('Give the whole path, from the root.')
  const found = await inspectFolder(folder)
  if (!found.ok) return no(found.error)
  const { git, branch, note } = found.value
  return { ok: true, git, branch, message: note, proof: await guessProof(found.value.folder) }
}

const withoutUndefined = (change: RequestInput<'settings.set'>): Partial<Settings> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
