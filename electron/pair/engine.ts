/**
 * All pairs of this process: starts, opens and closes them. The window and the command line both stand on this; it
 * knows nothing of either.
 */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type AgentInfo, whyNotStart } from '../../shared/agent/info'
import type { PairId } from '../../shared/ids'
import type { OpenedPair, StartRequest } from '../../shared/ipc'
import { isKnown, type JournalEvent } from '../../shared/journal/line'
import type { Stamped } from '../../shared/pair/events'
import type { Command, Start } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import { practiceTaskOf } from '../../shared/pair/practice'
import type { AgentKind, SeatId } from '../../shared/pair/seat'
import type { PairSummary } from '../../shared/pair/summary'
import { err, ok, type Result } from '../../shared/result'
import type { Agent } from '../agents/agent'
import { isBusy } from '../leaving'
import type { SpawnPty } from '../pty/pty'
import type { OpenAppendFile } from '../store/append-file'
import { pairFolder as folderOf, pairsFolder } from '../store/data-folder'
import { JOURNAL_FILE, type Journal, openJournal } from '../store/journal'
import { firstEvent, journalBytes, readJournal } from '../store/journal-read'
import { listPairs, newPairId } from '../store/pairs'
import { asPast, type PastScreen, readPastScreen } from '../store/past-screen'
import { inspectFolder } from '../workspace/folder'
import { snapshotBase } from '../workspace/measure'
import { createPairWork } from '../workspace/pair-work'
import { makeScratch } from '../workspace/scratch'
import { noteInClosed } from './closed'
import { hashOfIntent, intentDamage } from './intent'
import { castFile, createLivePair, type LivePair, type TerminalSize } from './live'
import { onThisMachine, toCaps, toSeatConfig, toTerms } from './start-request'

export type Failure = { readonly message: string }

export interface EngineListener {
  readonly events?: (pair: PairId, events: readonly Stamped[], state: PairState) => void
  readonly trouble?: (pair: PairId, message: string | null) => void
  /** More plain text of a proof that runs. */
  readonly proofOutput?: (pair: PairId, run: number, text: string) => void
  /** A pair was started, opened or closed, or has ended. */
  readonly changed?: () => void
}

export interface EngineDeps {
  readonly dataFolder: string
  readonly agents: Readonly<Record<AgentKind, Agent>>
  /** The seats' environment; read once, when first needed. */
  readonly env: () => Promise<Readonly<Record<string, string>>>
  readonly spawn: SpawnPty
  /** The command that proves a practice pair's work on this machine. */
  readonly practiceProof: (env: Readonly<Record<string, string>>) => string
  /** The size that new terminals begin with. */
  readonly size: () => TerminalSize
  readonly quietMs: () => number
  readonly now: () => Date
  readonly log: (line: string) => void
  /** How a journal's file is opened; another one shows a failing disk. */
  readonly openFile?: OpenAppendFile
}

export interface Engine {
  detect(): Promise<readonly AgentInfo[]>
  list(): Promise<readonly PairSummary[]>
  start(request: StartRequest): Promise<Result<PairId, Failure>>
  /** The whole journal. */
  read(pair: PairId): Promise<Result<readonly JournalEvent[], Failure>>
  /** For the window, which reads the journal itself. */
  opened(pair: PairId): Promise<Result<OpenedPair, Failure>>
  live(pair: PairId): LivePair | undefined
  /** A command to a live pair; `reopen` makes one live. */
  command(pair: PairId, command: Command): Promise<Result<void, Failure>>
  close(pair: PairId): Promise<void>
  /** Pairs whose work would be cut off now. */
  atWork(): readonly LivePair[]
  /** For good: nothing can be started or opened any more. */
  closeAll(): Promise<void>
  /** The seats' environment, for what is done on the human's word in their name. */
  env(): Promise<Readonly<Record<string, string>>>
  /** Notes the draft in the pair's journal, live or closed. A live one's is written as soon as it can be. */
  pullRequestCreated(pair: PairId, url: string): Promise<Result<void, Failure>>
  /** The last screen of a seat, as its recording tells; null: none. */
  pastScreen(pair: PairId, seat: SeatId): Promise<PastScreen | null>
  pairFolder(pair: PairId): string
  listen(listener: EngineListener): () => void
}

const QUITTING: Result<never, Failure> = err({ message: 'Duologue is closing.' })

export const createEngine = (deps: EngineDeps): Engine => {
  const live = new Map<PairId, LivePair>()
  const opening = new Map<PairId, Promise<Result<LivePair, Failure>>>()
  const starting = new Set<Promise<unknown>>()
  let quitting = false
  const listeners = new Set<EngineListener>()
  const pairFolder = (pair: PairId): string => folderOf(deps.dataFolder, pair)
  const journalOptions = {
    onTrouble: () => undefined,
    ...(deps.openFile ? { openFile: deps.openFile } : {}),
  }
  const changed = (): void => {
    for (const { changed: tell } of listeners) tell?.()
  }

  const makeLive = async (pair: PairId, journal: Journal, driver: Start['driver']): Promise<LivePair> => {
    const dir = pairFolder(pair)
    const env = await deps.env()
    const restore = { left: await pastOf(dir, 'left', driver), right: await pastOf(dir, 'right', driver) }
    const made = createLivePair(
      {
        ...deps,
        pair,
        dir,
        env,
        work: createPairWork({
          pair,
          dir,
          env,
          onProofOutput: (run, text) => {
            for (const { proofOutput } of listeners) proofOutput?.(pair, run, text)
          },
        }),
        restore,
        journal,
        events: journal.read.events.filter(isKnown),
        nextSeq: journal.nextSeq(),
        makeDir: async path => void (await mkdir(path, { recursive: true, mode: 0o700 })),
        onEvents: (events, state) => {
          for (const { events: tell } of listeners) tell?.(pair, events, state)
          if (events.some(({ type }) => type === 'ended')) changed()
        },
        onStorageTrouble: message => {
          for (const { trouble } of listeners) trouble?.(pair, message)
        },
      },
      driver,
    )
    live.set(pair, made)
    return made
  }

  const start = async (request: StartRequest): Promise<Result<PairId, Failure>> => {
    for (const seat of [request.left, request.right]) {
      const info = await deps.agents[seat.agent].detect(await deps.env())
      const why = whyNotStart(info, seat.permissionMode)
      if (why !== null) return err({ message: why })
    }
    if (quitting) return QUITTING
    const salt = randomBytes(2).toString('hex')
    const pair = newPairId(deps.now(), salt)
    const scratch =
      request.folder === null
        ? await makeScratch(
            join(deps.dataFolder, 'practice'),
            await deps.env(),
            practiceTaskOf(request.intent),
          )
        : ok(request.folder)
    if (!scratch.ok) return scratch
    const found = await inspectFolder(scratch.value)
    if (!found.ok) return err({ message: found.error })
    const { folder, branch, git } = found.value
    const journal = await openJournal(pairFolder(pair), journalOptions)
    if (!journal.ok) return err({ message: journal.error.message })
    const made = await makeLive(pair, journal.value, 'left')
    const started = await made.submit({
      type: 'start',
      start: {
        pair,
        salt,
        intent: request.intent,
        folder,
        branch,
        git,
        base: git ? await snapshotBase(folder, pair, pairFolder(pair)) : null,
        seats: { left: toSeatConfig(request.left), right: toSeatConfig(request.right) },
        driver: 'left',
        caps: toCaps(request),
        intentHash: hashOfIntent(request.intent),
        terms: toTerms(onThisMachine(request, deps.practiceProof(await deps.env()))),
      },
    })
    if (!started.ok) {
      await closePair(pair)
      return err({ message: started.error.message })
    }
    changed()
    return ok(pair)
  }

  const read = async (pair: PairId): Promise<Result<readonly JournalEvent[], Failure>> => {
    const running = live.get(pair)
    if (running) return ok(running.events())
    const stored = await readJournal(join(pairFolder(pair), JOURNAL_FILE))
    return stored.ok ? ok(stored.value.events) : err({ message: stored.error.message })
  }

  const opened = async (pair: PairId): Promise<Result<OpenedPair, Failure>> => {
    const path = join(pairFolder(pair), JOURNAL_FILE)
    const stored = await journalBytes(path)
    if (!stored.ok) return err({ message: stored.error.message })
    const damage = intentDamage(await firstEvent(path))
    const running = live.get(pair)
    return ok({
      journal: stored.value,
      live: running !== undefined,
      damage,
      storageTrouble: running?.storageTrouble() ?? null,
    })
  }

  /** Opens a stored pair for its agents to be resumed; one attempt at a time. */
  const open = (pair: PairId): Promise<Result<LivePair, Failure>> => {
    if (quitting) return Promise.resolve(QUITTING)
    const running = opening.get(pair) ?? openStored(pair).finally(() => opening.delete(pair))
    opening.set(pair, running)
    return running
  }

  const openStored = async (pair: PairId): Promise<Result<LivePair, Failure>> => {
    const journal = await openJournal(pairFolder(pair), journalOptions)
    if (!journal.ok) return err({ message: journal.error.message })
    const begin = journal.value.read.events.find(isStart)
    if (!begin) {
      await journal.value.close()
      return err({ message: 'The beginning of this pair’s journal cannot be read, so it cannot go on.' })
    }
    return ok(await makeLive(pair, journal.value, begin.driver))
  }

  const command = async (pair: PairId, given: Command): Promise<Result<void, Failure>> => {
    const running = live.get(pair)
    if (running) {
      if (given.type === 'reopen') return err({ message: 'This pair is open already.' })
      return running.command(given)
    }
    if (given.type !== 'reopen') return err({ message: 'This pair is closed: go on with it first.' })
    const opened = await open(pair)
    if (!opened.ok) return opened
    const reopened = await opened.value.command(given)
    if (!reopened.ok) await closePair(pair)
    changed()
    return reopened
  }

  const pullRequestCreated = async (pair: PairId, url: string): Promise<Result<void, Failure>> => {
    const running = live.get(pair)
    if (running) {
      // On a full disk this waits for Resume; the draft is there all the same.
      void running.submit({ type: 'signal', signal: { type: 'pullRequest', url } })
      return ok(undefined)
    }
    const at = deps.now().toISOString()
    const noted = await noteInClosed(pairFolder(pair), at, { type: 'pullRequestDrafted', url })
    if (!noted.ok) return noted
    for (const { events: tell } of listeners) tell?.(pair, [noted.value.event], noted.value.state)
    return ok(undefined)
  }

  const closePair = async (pair: PairId): Promise<void> => {
    const running = live.get(pair)
    if (!running) return
    await running.close()
    live.delete(pair)
    changed()
  }

  return {
    detect: async () => {
      const env = await deps.env()
      return Promise.all(Object.values(deps.agents).map(agent => agent.detect(env)))
    },
    list: () => listPairs(pairsFolder(deps.dataFolder), new Set(live.keys())),
    start: request => {
      const started = start(request)
      starting.add(started)
      return started.finally(() => starting.delete(started))
    },
    read,
    opened,
    live: pair => live.get(pair),
    command,
    close: closePair,
    atWork: () => [...live.values()].filter(pair => isBusy(pair.state())),
    closeAll: async () => {
      quitting = true
      await Promise.allSettled([...opening.values(), ...starting])
      await Promise.all([...live.keys()].map(closePair))
    },
    env: deps.env,
    pullRequestCreated,
    pastScreen: async (pair, seat) => {
      const begin = await firstEvent(join(pairFolder(pair), JOURNAL_FILE))
      return begin && isStart(begin)
        ? readPastScreen(join(pairFolder(pair), castFile(seat, begin.driver)))
        : null
    },
    pairFolder,
    listen: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const isStart = (event: JournalEvent): event is Extract<Stamped, { type: 'pairStarted' }> =>
  event.type === 'pairStarted'

const pastOf = async (dir: string, seat: SeatId, driver: SeatId): Promise<string> => {
  const past = await readPastScreen(join(dir, castFile(seat, driver)))
  return past ? asPast(past) : ''
}
