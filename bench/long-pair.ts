/** A long pair: two agents that find something new in every round, through the machine itself, until it has so many events. */
import { asDeliveryId, asFindingId, asPairId, asTurnId } from '../shared/ids'
import { encodeLine } from '../shared/journal/line'
import { decide } from '../shared/pair/decide'
import type { Stamped } from '../shared/pair/events'
import { fold } from '../shared/pair/evolve'
import { nothing } from '../shared/pair/initial'
import type { Input } from '../shared/pair/inputs'
import type { PairState } from '../shared/pair/model'
import type { SeatId } from '../shared/pair/seat'
import { openFindings } from '../shared/pair/view'

const LONG_PAIR = asPairId('20260101-100000-10ff')
/** What an agent says in a turn; after each it tells its tokens. */
const STEPS = 40
const BEGAN = Date.UTC(2026, 0, 1, 10)

/** A few lines, as an agent says them; different for each `n`. */
export const words = (n: number, sentences: number): string =>
  Array.from(
    { length: sentences },
    (_, at) =>
      `The retry of part ${n}.${at} keeps ${((n * 7919 + at * 104_729) % 1_679_616).toString(36)} in src/part-${(n * 31 + at) % 97}.ts, and a 409 counts as success.`,
  ).join(' ')

/** A finding like no other: what is found again would end the pair. */
export const remark = (n: number): string =>
  Array.from({ length: 14 }, (_, at) => ((n * 7919 + at * 15_485_863) % 60_466_176).toString(36)).join(' ')

const start: Input = {
  type: 'start',
  start: {
    ...{ pair: LONG_PAIR, salt: '10ff', intent: words(0, 4), folder: '/home/ada/app', branch: 'main' },
    ...{ git: true, base: 'b0', driver: 'left', caps: { rounds: 1_000_000 } },
    seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
  },
}

type AgentSignal = Extract<Extract<Input, { type: 'signal' }>['signal'], { type: 'agent' }>
const agent = (seat: SeatId, event: AgentSignal['event']): Input => ({
  type: 'signal',
  signal: { type: 'agent', seat, event },
})

const answersOf = (state: PairState, seat: SeatId): Input => {
  const answers = openFindings(state).map(({ finding }) => ({
    ...({ id: finding.id, answer: 'fixed', reason: words(state.seq, 1) } as const),
  }))
  return { type: 'signal', signal: { type: 'answers', seat, answers } }
}

/** A turn of one who works: what it says on the way, its answers or its review, and its end. */
const turnOf = (state: PairState, seat: SeatId, n: number): readonly Input[] => {
  const turn = asTurnId(`t${n}`)
  const steps = Array.from({ length: STEPS }, (_, part) => [
    agent(seat, { type: 'said', turn, text: words(n * 100 + part, 2) }),
    agent(seat, {
      type: 'usage',
      usage: { inputTokens: n * 900 + part, cachedTokens: n, outputTokens: part },
    }),
  ]).flat()
  const finding = { severity: 'major', file: `src/part-${n}.ts`, line: 1 + (n % 900), inScope: true } as const
  const review = {
    ...({ verdict: 'changes', summary: words(n, 2) } as const),
    findings: [{ ...finding, id: asFindingId(`n${n}`), text: remark(n) }],
  }
  return [
    ...steps,
    seat === state.driver
      ? answersOf(state, seat)
      : { type: 'signal', signal: { type: 'review', seat, review } },
    agent(seat, { type: 'turnEnded', turn, outcome: { type: 'completed' }, text: words(n * 10 + 9, 6) }),
  ]
}

/** What happens next in this state. */
const next = (state: PairState): readonly Input[] => {
  for (const seat of ['left', 'right'] as const) {
    const { status } = state.seats[seat]
    if (status.type === 'starting')
      return [agent(seat, { type: 'ready', session: `s-${seat}`, version: '1' })]
    if (status.type === 'working') return turnOf(state, seat, state.seq)
  }
  const { stage } = state
  if (stage.phase === 'driving' && stage.measuring) {
    const diffstat = { fileCount: 1, added: 9, removed: 2, files: [{ path: 'a.ts', added: 9, removed: 2 }] }
    const target = { base: 'b0', tree: `tree${state.seq}` }
    const measure = { diffstat, target, note: '', whole: diffstat, checkpoint: state.seq }
    return [{ type: 'signal', signal: { type: 'measured', turn: stage.measuring, measure } }]
  }
  const flying = state.outbox.filter(({ status }) => status === 'sending').at(-1)
  if (!flying) throw new Error(`nothing happens next: ${JSON.stringify(state.holds)}`)
  const turn = asTurnId(`t${state.seq}`)
  return [
    agent(flying.to, { type: 'messageTaken', id: asDeliveryId(flying.id), via: 'queue' }),
    agent(flying.to, { type: 'turnStarted', turn, cause: { delivery: flying.id } }),
  ]
}

export const longPair = (count: number): readonly Stamped[] => {
  const events: Stamped[] = []
  let state = nothing
  const take = (input: Input): void => {
    const decided = decide(state, input, new Date(BEGAN + state.seq * 1_000).toISOString())
    if (!decided.ok) throw new Error(decided.error.message)
    events.push(...decided.value)
    state = fold(decided.value, state)
  }
  take(start)
  while (events.length < count) for (const input of next(state)) take(input)
  return events.slice(0, count)
}

export const journalText = (events: readonly Stamped[]): string =>
  events.map(event => encodeLine(event)).join('')
