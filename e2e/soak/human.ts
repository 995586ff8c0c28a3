/** What a restless human does to a pair, and the patient one who keeps it going. */
import { readFileSync, readlinkSync } from 'node:fs'
import type { Event } from '../app'
import { familyOf } from '../family'
import type { Chance } from './chance'
import type { Desk } from './desk'

/** A pair as its journal tells it. */
export interface Pair {
  readonly id: string
  readonly events: readonly Event[]
  /** The app's main process. */
  readonly main: number
}

const ofType = (pair: Pair, type: string): readonly Event[] =>
  pair.events.filter(event => event.type === type)

export const hasEnded = (pair: Pair): boolean => ofType(pair, 'ended').length > 0

/** The agents' programs of this pair: they work in its folder, as children of the app. */
const programs = (pair: Pair): readonly number[] => {
  const folder = String(ofType(pair, 'pairStarted')[0]?.folder)
  return familyOf(pair.main).filter(pid => {
    try {
      const isAgent = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--practice-agent')
      return isAgent && readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false // it has just ended
    }
  })
}

const command = (desk: Desk, pair: Pair, given: object): Promise<string | null> =>
  desk.request('pair.command', { pair: pair.id, command: given })

type Deed = (desk: Desk, pair: Pair, chance: Chance) => Promise<string | null>
const simply =
  (type: string, more: object = {}): Deed =>
  (desk, pair) =>
    command(desk, pair, { type, ...more })

const onWindow =
  (act: (desk: Desk) => Promise<void>): Deed =>
  async desk => {
    await act(desk)
    return null
  }
const typing =
  (text: string, submit: boolean): Deed =>
  async (desk, _, chance) => {
    await desk.type(chance.pick(['left', 'right']), text, submit)
    return null
  }

/** With how often each is done, against the others. */
const DEEDS: Readonly<Record<string, readonly [weight: number, deed: Deed]>> = {
  pause: [4, (desk, pair, chance) => command(desk, pair, { type: 'pause', now: chance.is(0.3) })],
  resume: [4, simply('resume')],
  step: [3, simply('step')],
  steer: [
    10,
    (desk, pair, chance) =>
      command(desk, pair, {
        type: 'steer',
        to: chance.pick(['left', 'right', 'both']),
        when: chance.pick(['now', 'next']),
        text: chance.pick(['Keep the API.', 'status', 'Mind the changelog.', 'diff']),
      }),
  ],
  draft: [4, typing('half a thou', false)],
  prompt: [3, typing('status', true)],
  flood: [1, typing('flood 200000', true)],
  swap: [3, simply('swap')],
  endRound: [2, simply('endRound')],
  handOver: [1, simply('handOver')],
  proof: [2, simply('runProof')],
  doubleReview: [2, simply('doubleReview')],
  restore: [1, simply('restore', { checkpoint: 0 })],
  reload: [1, onWindow(desk => desk.reload())],
  killRenderer: [1, onWindow(desk => desk.killRenderer())],
  crash: [1, simply('steer', { to: 'left', when: 'now', text: 'crash' })],
  killAgent: [
    1,
    async (_, pair, chance) => {
      const found = programs(pair)
      if (found.length === 0) return 'no program of this pair runs'
      process.kill(chance.pick(found), 'SIGKILL')
      return null
    },
  ],
  reopen: [
    1,
    async (desk, pair) =>
      (await desk.request('pairs.close', { pair: pair.id })) ?? command(desk, pair, { type: 'reopen' }),
  ],
}

const BAG = Object.entries(DEEDS).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name))

/** Does one thing; gives its name, with what was said when it was refused. */
export const disturb = async (
  desk: Desk,
  pair: Pair,
  chance: Chance,
): Promise<{ deed: string; refused: string | null }> => {
  const deed = chance.pick(BAG)
  const refused = (await DEEDS[deed]?.[1](desk, pair, chance)) ?? null
  return { deed, refused }
}

interface Request {
  readonly id: string
  readonly type: string
  readonly questions?: readonly {
    readonly id: string
    readonly options: readonly { readonly label: string }[]
  }[]
}

const answerTo = (request: Request, chance: Chance): object =>
  request.type === 'approval'
    ? { type: 'approval', choice: 'allow' }
    : {
        type: 'question',
        answers: Object.fromEntries(
          (request.questions ?? []).map(({ id, options }) => [id, [chance.pick(options).label]]),
        ),
      }

/** Answers what is open; the app refuses what was answered meanwhile. */
export const answerAll = async (desk: Desk, pair: Pair, chance: Chance): Promise<void> => {
  const open = new Map<string, Request>()
  for (const event of pair.events) {
    if (event.type === 'requestOpened') {
      const request = event.request as Request
      open.set(request.id, request)
    }
    if (event.type === 'requestClosed') open.delete(String(event.id))
    if (event.type === 'requestAnswered') open.delete(String(event.id))
    if (event.type === 'pairReopened') open.clear()
  }
  for (const request of open.values())
    await command(desk, pair, { type: 'answer', id: request.id, answer: answerTo(request, chance) })
}

/** Every way on that a hold has; those that do not apply are refused by the app. */
export const letGoOn = async (desk: Desk, pair: Pair): Promise<void> => {
  for (const seat of ['left', 'right']) await command(desk, pair, { type: 'restartSeat', seat })
  for (const type of ['retry', 'resume', 'acceptUnplanned', 'skipPlan', 'handOver'])
    await command(desk, pair, { type })
}
