/**
 * One pair, running: a serial queue of inputs, each decided, written to the journal, folded, and only then acted
 * on. When the journal cannot be written the queue stands still: nothing is acted on that is not on disk, and
 * nothing that an agent told us is thrown away.
 */
import { decide } from '../../shared/pair/decide'
import type { PairEvent, Stamped } from '../../shared/pair/events'
import { evolve, fold } from '../../shared/pair/evolve'
import type { Effect, Input, Refusal } from '../../shared/pair/inputs'
import type { PairState } from '../../shared/pair/model'
import { err, ok, type Result } from '../../shared/result'

export interface JournalPort {
  append(
    events: readonly Stamped[],
    options: { readonly sync: boolean },
  ): Promise<Result<void, { readonly message: string }>>
}

export interface RunnerDeps {
  readonly journal: JournalPort
  /** What the journal held when it was opened; empty for a new pair. */
  readonly events: readonly Stamped[]
  /** The `seq` that the journal wants next; differs from the events' when some could not be read. */
  readonly nextSeq: number
  readonly now: () => string
  /** Starts an effect; its outcome comes back through `submit`. Must not throw. */
  readonly run: (effect: Effect, state: PairState) => void
  readonly onEvents: (events: readonly Stamped[], state: PairState) => void
  /** Why nothing can be written, in words for the human; null when it works again. */
  readonly onStorageTrouble: (message: string | null) => void
  readonly log: (line: string) => void
}

export interface Runner {
  readonly state: () => PairState
  /** Resolves when the events are on disk and folded; effects may still be under way. */
  submit(input: Input): Promise<Result<void, Refusal>>
  storageTrouble(): string | null
  /** Resolves when the queue is empty or stands still. */
  settled(): Promise<void>
}

/** Events that a delivery, or the way on after a crash, depends on: they are on the disk before anything else happens. */
const DURABLE: ReadonlySet<PairEvent['type']> = new Set([
  'pairStarted',
  'seatReady',
  'deliveryQueued',
  'deliveryEdited',
  'deliverySending',
  'deliveryAccepted',
  'deliveryReturned',
  'turnEnded',
  'reviewSubmitted',
  'reviewed',
  'planProposed',
  'planSettled',
  'doneReported',
  'findingsAnswered',
  'findingRuled',
  'findingPromoted',
  'proofEnded',
  'restoring',
  'restored',
  'requestAnswered',
  'rolesSwapped',
  'ended',
])

interface Job {
  readonly input: Input
  readonly done: (result: Result<void, Refusal>) => void
}

const refused = (message: string): Result<never, Refusal> => err({ type: 'refused', message })

export const createRunner = (deps: RunnerDeps): Runner => {
  let state: PairState = { ...fold(deps.events), seq: deps.nextSeq - 1 }
  let trouble: string | null = null
  let working: Promise<void> | null = null
  const queue: Job[] = []

  const commit = (events: readonly Stamped[]): void => {
    const effects: Effect[] = []
    for (const event of events) {
      const evolved = evolve(state, event)
      state = evolved.state
      effects.push(...evolved.effects)
    }
    try {
      deps.onEvents(events, state)
    } catch (error) {
      // What is told to others has happened already: it must neither stop the queue nor be done again.
      deps.log(`a listener failed: ${String(error)}`)
    }
    for (const effect of effects) deps.run(effect, state)
  }

  const setTrouble = (message: string | null): void => {
    if (message === trouble) return
    trouble = message
    deps.onStorageTrouble(message)
  }

  /** False when the journal could not be written; the job stays at the head of the queue. */
  const work = async (job: Job): Promise<boolean> => {
    const decided = decide(state, job.input, deps.now())
    if (!decided.ok) {
      job.done(decided)
      return true
    }
    const events = decided.value
    if (events.length > 0) {
      const written = await deps.journal.append(events, {
        // What the human was told is done stays done.
        sync: job.input.type === 'command' || events.some(({ type }) => DURABLE.has(type)),
      })
      if (!written.ok) {
        setTrouble(written.error.message)
        return false
      }
      setTrouble(null)
      commit(events)
    }
    job.done(ok(undefined))
    return true
  }

  /** A fault of ours costs the input that met it, not the queue. */
  const attempt = (job: Job): Promise<boolean> =>
    work(job).catch((error: unknown) => {
      deps.log(`an input failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      job.done(refused(`Something went wrong inside Duologue: ${String(error)}`))
      return true
    })

  const drain = async (): Promise<void> => {
    for (let job = queue[0]; job; job = queue[0]) {
      if (!(await attempt(job))) {
        if (job.input.type === 'signal') return
        queue.shift()
        job.done(refused(trouble ?? 'The journal could not be written.'))
        return
      }
      queue.shift()
    }
  }

  const start = (): void => {
    working ??= drain().finally(() => {
      working = null
      // What came in after the loop had looked for the last time.
      if (queue.length > 0 && trouble === null) start()
    })
  }

  const submit = (input: Input): Promise<Result<void, Refusal>> => {
    const isResume = input.type === 'command' && input.command.type === 'resume'
    if (trouble !== null && input.type === 'command' && !isResume) return Promise.resolve(refused(trouble))
    return new Promise(resolve => {
      if (trouble !== null && isResume) return void retryWriting(resolve)
      queue.push({ input, done: resolve })
      start()
    })
  }

  /** Resume, when the journal could not be written: writes what waits, and tells whether that worked. */
  const retryWriting = async (resolve: Job['done']): Promise<void> => {
    const before = trouble
    if (queue.length === 0) setTrouble(null)
    start()
    await settled()
    resolve(trouble === null ? ok(undefined) : refused(trouble ?? before ?? ''))
  }

  const settled = async (): Promise<void> => {
    while (working) await working
  }

  return { state: () => state, submit, storageTrouble: () => trouble, settled }
}
