/** For tests: as many past pairs as wanted, with texts like those of real ones, through the machine and the journal's own writer. */
import { join } from 'node:path'
import { asPairId, asTurnId, type PairId } from '../../shared/ids'
import { cooperate } from '../../shared/pair/cooperate'
import { decide } from '../../shared/pair/decide'
import { fold } from '../../shared/pair/evolve'
import { nothing } from '../../shared/pair/initial'
import type { Input } from '../../shared/pair/inputs'
import { noTerms, type PairState } from '../../shared/pair/model'
import { hasEnded } from '../../shared/pair/view'
import { createRandom, type Random } from '../pair/faults/random'
import { openJournal } from './journal'
import { newPairId } from './pairs'

const SUBJECTS =
  'upload retry session cache parser index cursor terminal journal lock queue proof plan diff theme'.split(
    ' ',
  )
const DEEDS =
  'reads writes drops repeats keeps orders bounds parses escapes closes resumes measures rejects'.split(' ')
const REASONS = [
  'because the server answers late when the disk is busy',
  'so that a restart in between finds it again',
  'although the tests do not cover the empty list',
  'which is what the public interface has promised since the first version',
  'and the error names the file and the line',
]

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T

const sentence = (random: Random): string =>
  `The ${pick(random, SUBJECTS)} now ${pick(random, DEEDS)} each ${pick(random, SUBJECTS)} in src/${pick(random, SUBJECTS)}/${random.words(1)}.ts ${pick(random, REASONS)}.`

const prose = (random: Random, atLeast: number, atMost: number): string =>
  Array.from({ length: atLeast + random.below(atMost - atLeast + 1) }, () => sentence(random)).join(' ')

/** What a cooperating world says, in the words of a real one. */
const inWords = (input: Input, random: Random): Input => {
  if (input.type !== 'signal') return input
  const { signal } = input
  if (signal.type === 'review') {
    const findings = signal.review.findings.flatMap(finding => [
      { ...finding, file: `src/${random.words(1)}.ts`, text: prose(random, 1, 3) },
    ])
    return {
      ...input,
      signal: { ...signal, review: { ...signal.review, summary: prose(random, 1, 4), findings } },
    }
  }
  if (signal.type !== 'agent' || signal.event.type !== 'turnEnded') return input
  return { ...input, signal: { ...signal, event: { ...signal.event, text: prose(random, 8, 30) } } }
}

const start = (pair: PairId, random: Random): Input => ({
  type: 'start',
  start: {
    ...{
      pair,
      salt: random.words(1).slice(0, 4),
      intent: prose(random, 1, 5),
      folder: '/home/ada/app',
      branch: 'main',
    },
    ...{ git: true, base: 'b0', terms: { ...noTerms, proof: { command: 'npm test', limitSeconds: 60 } } },
    ...{
      seats: { left: { agent: 'claude' }, right: { agent: 'codex' } },
      driver: 'left',
      caps: { rounds: 8 },
    },
  },
})

/** Agents tell what they do while they work. */
const chatter = (state: PairState, random: Random): readonly Input[] => {
  const seat = (['left', 'right'] as const).find(each => state.seats[each].status.type === 'working')
  const status = seat && state.seats[seat].status
  if (!seat || status?.type !== 'working') return []
  const turn = asTurnId(status.turn)
  return Array.from(
    { length: random.below(5) },
    (): Input => ({
      type: 'signal',
      signal: { type: 'agent', seat, event: { type: 'said', turn, text: prose(random, 1, 4) } },
    }),
  )
}

/** Most reviews find something in the first rounds (a multiple of three says so), and few later. */
const wayOf = ({ round }: PairState, random: Random, mayPass: boolean): number =>
  !mayPass || random.chance(round < 4 ? 0.85 : 0.3) ? 3 * random.below(30) : random.below(100)

const MOST_STEPS = 600

/** `plant`: said in the intent, a turn's text or a finding, as `where` says. Returns the pair's id. */
export const writePair = async (
  folder: string,
  number: number,
  plant?: { readonly where: 'intent' | 'turn' | 'finding'; readonly text: string },
): Promise<PairId> => {
  const random = createRandom(number + 1)
  const began = Date.UTC(2026, 0, 1) + number * 3_600_000
  const pair = newPairId(new Date(began), number.toString(16).padStart(4, '0'))
  const journal = await openJournal(join(folder, asPairId(pair)), { onTrouble: () => {} })
  if (!journal.ok) throw new Error(journal.error.message)
  let state = nothing
  let planted = plant === undefined
  const take = async (given: Input): Promise<void> => {
    const [input, used] = planted || !plant ? [given, false] : planting(given, plant)
    const decided = decide(state, input, new Date(began + state.seq * 1_500).toISOString())
    if (!decided.ok) return
    planted ||= used
    await journal.value.append(decided.value, { sync: false })
    state = fold(decided.value, state)
  }
  await take(start(pair, random))
  for (let step = 0; step < MOST_STEPS && !hasEnded(state); step++) {
    for (const said of chatter(state, random)) await take(said)
    await take(inWords(cooperate(state, wayOf(state, random, planted)), random))
  }
  await journal.value.close()
  if (!planted) throw new Error(`pair ${number} never came to say “${plant?.text}”`)
  return pair
}

const planting = (
  input: Input,
  { where, text }: { readonly where: string; readonly text: string },
): readonly [Input, boolean] => {
  if (where === 'intent' && input.type === 'start')
    return [{ ...input, start: { ...input.start, intent: `${input.start.intent} ${text}` } }, true]
  if (input.type !== 'signal') return [input, false]
  const { signal } = input
  if (where === 'turn' && signal.type === 'agent' && signal.event.type === 'turnEnded') {
    const event = { ...signal.event, text: `${signal.event.text}\n\n${text}` }
    return [{ ...input, signal: { ...signal, event } }, true]
  }
  const [first, ...rest] = signal.type === 'review' ? signal.review.findings : []
  if (where !== 'finding' || signal.type !== 'review' || !first) return [input, false]
  const review = { ...signal.review, findings: [{ ...first, text: `${first.text} ${text}` }, ...rest] }
  return [{ ...input, signal: { ...signal, review } }, true]
}
