/**
 * For the trials: a pair of the real programs in a real host process, with a human who lets it go on
 * whatever happens to it. A host that dies is started again at once, and its pair opened.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../../../../e2e/contracts/world'
import type { PairId } from '../../../../shared/ids'
import type { Stamped } from '../../../../shared/pair/events'
import { fold } from '../../../../shared/pair/evolve'
import type { Command } from '../../../../shared/pair/inputs'
import type { PairState } from '../../../../shared/pair/model'
import type { SeatId } from '../../../../shared/pair/seat'
import { wayOn } from '../../faults/human'
import { type Hosted, startHost } from '../hosted'
import { journalOf } from '../journal-of'
import { whereItStands } from '../trail'
import { MARK, type Program } from './models'
import type { Pairing } from './plan'

export interface TrialRoom {
  state(): PairState
  events(): readonly Stamped[]
  host(): Hosted
  /** The driver first. */
  readonly programs: readonly Program[]
  seatOf(program: Program): SeatId
  /** When this seat's program was last begun to be started, in milliseconds since the epoch. */
  startedAt(seat: SeatId): number
  command(command: Command): Promise<string | null>
  /** Looks at each event, and ten times a second; rejects with `what` when it does not come. */
  until<T>(what: string, look: () => T | undefined | false): Promise<T>
  leave(): Promise<void>
}

/** What never comes is told after this; a message that nobody takes is called so after half a minute. */
const PATIENCE_MS = 100_000
const LOOK_MS = 100
const LOG_LINES = 40
const KEY_MS = 300
/** Between two presses of a button: while a program comes back, each Retry fails at once. */
const BREATH_MS = 150

const isDeaf = ({ holds }: PairState): boolean =>
  holds.some(why => why.type === 'notAccepted' && why.detail.includes('not listening'))

const CONFIGS = {
  claude: { agent: 'claude', permissionMode: 'default' },
  codex: { agent: 'codex' },
  opencode: { agent: 'opencode' },
} as const

/** Resolves when the pair is in the journal: its programs are still being started. */
export const enterRoom = async (
  { world, bundle }: { readonly world: World; readonly bundle: string },
  pairing: Pairing,
): Promise<TrialRoom> => {
  const seatOf = (program: Program): SeatId => (pairing.left === program ? 'left' : 'right')
  let pair: PairId | null = null
  let events: Stamped[] = []
  let state = fold([])
  let leaving = false
  let acting = false
  let refusedAt = -1
  const started: Record<SeatId, number> = { left: 0, right: 0 }
  const listeners = new Set<() => void>()

  const command = async (given: Command): Promise<string | null> => {
    if (pair === null) return 'there is no pair'
    const reply = await host.request({ type: 'command', pair, command: given })
    return reply === null ? 'the host died' : reply.error
  }
  const act = async (): Promise<void> => {
    if (acting) return
    acting = true
    while (!leaving && state.seq !== refusedAt) {
      const next = state.stage.phase === 'ended' ? undefined : wayOn(state)
      if (next === undefined) break
      const seq = state.seq
      if (isDeaf(state)) await wake()
      if ((await command(next)) !== null) refusedAt = seq
      await wait(BREATH_MS)
    }
    acting = false
  }
  /** A Claude Code that nobody can reach listens again after the human's next prompt. */
  const wake = async (): Promise<void> => {
    if (pair === null) return
    const [text, enter] = [`${MARK}: are you there?`, '\r']
    const prompts = events.filter(({ type }) => type === 'turnStarted').length
    for (const keys of [text, enter]) {
      await host.request({ type: 'keys', pair, seat: seatOf('claude'), keys })
      // Keys that come together are a paste, and its Enter a line of the draft.
      await wait(KEY_MS)
    }
    await until('the prompt', () => events.filter(({ type }) => type === 'turnStarted').length > prompts)
  }
  const onEvents = (added: readonly Stamped[]): void => {
    for (const event of added) {
      if (event.seq <= state.seq && events.length > 0) continue
      events.push(event)
      if (event.type === 'pairStarted') pair = event.pair
      if (event.type === 'seatStarting') started[event.seat] = Date.now()
      state = fold([event], state)
    }
    for (const each of [...listeners]) each()
    void act()
  }
  const begin = (): Hosted => {
    const life = startHost({ bundle, env: world.env, onEvents })
    void life.gone.then(async () => {
      if (leaving) return
      // What it wrote and could not tell any more would be missing for ever.
      if (pair !== null) onEvents(await journalOf(world.data, pair))
      host = begin()
      if (pair !== null) await host.request({ type: 'command', pair, command: { type: 'reopen' } })
    })
    return life
  }
  let host = begin()
  let refused: string | null = null
  void host
    .request({
      type: 'start',
      start: {
        folder: world.project,
        intent: 'Make the uploader retry for ever.',
        left: CONFIGS[pairing.left],
        right: CONFIGS[pairing.right],
        rounds: 100,
      },
    })
    .then(reply => {
      refused = reply?.error ?? null
    })

  const logged = (): string => {
    const lines = readFileSync(join(world.data, 'logs', 'duologue.log'), 'utf8').split('\n')
    return lines.slice(-LOG_LINES).join('\n')
  }

  const until = <T>(what: string, look: () => T | undefined | false): Promise<T> =>
    new Promise((resolve, reject) => {
      const end = Date.now() + PATIENCE_MS
      const done = (settle: () => void): void => {
        listeners.delete(check)
        clearInterval(timer)
        settle()
      }
      const check = (): void => {
        const found = look()
        if (found !== undefined && found !== false) return done(() => resolve(found))
        if (Date.now() > end)
          done(() =>
            reject(
              new Error(`${what} did not come: ${whereItStands(state, events)}\n${host.stderr()}${logged()}`),
            ),
          )
      }
      listeners.add(check)
      const timer = setInterval(check, LOOK_MS)
      check()
    })

  await until('the pair', () => pair !== null || refused !== null)
  if (refused !== null) throw new Error(refused)
  return {
    programs: [pairing.left, pairing.right],
    seatOf,
    state: () => state,
    events: () => events,
    host: () => host,
    startedAt: seat => started[seat],
    command,
    until,
    leave: () => {
      leaving = true
      events = [...events]
      return host.close()
    },
  }
}
