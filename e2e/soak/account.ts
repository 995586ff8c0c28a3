/**
 * The account of deliveries: what the journals say was handed over, against what each agent's own record says it took.
 * Two witnesses that do not know of each other; nothing of the app's own code is used to compare them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../app'

export interface Account {
  readonly pairs: number
  readonly rounds: number
  readonly handoffs: number
  readonly steers: number
  readonly others: number
  readonly taken: number
  readonly ends: Readonly<Record<string, number>>
  /** Each as `pair delivery: what`. */
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly merged: readonly string[]
}

export const linesOf = (file: string): readonly Event[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .flatMap(line => {
          try {
            return line === '' ? [] : [JSON.parse(line) as Event]
          } catch {
            return [] // torn by a kill; the next line is whole
          }
        })
    : []

interface Recorded {
  readonly taken: readonly string[]
  /** Came once more after it had been taken. */
  readonly again: readonly string[]
  readonly texts: readonly string[]
}

const recordOf = (pairDir: string): Recorded => {
  const files = ['left', 'right'].flatMap(seat => {
    const dir = join(pairDir, 'seats', seat)
    const names = existsSync(dir) ? readdirSync(dir) : []
    return names.filter(name => /^practice-.*\.jsonl$/.test(name)).map(name => join(dir, name))
  })
  const lines = files.flatMap(linesOf)
  return {
    taken: lines.flatMap(line => (line.type === 'taken' ? [String(line.id)] : [])),
    again: lines.flatMap(line => (line.type === 'fact' && line.key === 'again' ? [String(line.value)] : [])),
    texts: lines.flatMap(line =>
      line.type === 'entry' && (line.kind === 'message' || line.kind === 'steer') ? [String(line.text)] : [],
    ),
  }
}

const HEADER = /^\[duologue ([0-9a-z]+)\] From: /gm
const repeated = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
]

export interface PairAccount extends Pick<Account, 'lost' | 'doubled' | 'merged' | 'taken'> {
  readonly queued: Readonly<Record<string, number>>
}

/** `events`: the whole journal of a pair that has been closed. */
export const accountOf = (events: readonly Event[], record: Recorded): PairAccount => {
  const of = (type: string) => events.filter(event => event.type === type)
  const queued: Record<string, number> = {}
  for (const { kind } of of('deliveryQueued')) queued[String(kind)] = (queued[String(kind)] ?? 0) + 1
  const known = new Set(of('deliveryQueued').map(({ id }) => String(id)))
  const accepted = of('deliveryAccepted').map(({ id }) => String(id))
  const dropped = new Set(of('deliveryDropped').map(({ id }) => String(id)))
  const sendings = of('deliverySending')
  const carriers = new Map(
    sendings.flatMap(({ id, carries }) => (carries as readonly string[]).map(each => [each, String(id)])),
  )
  const taken = new Set(record.taken)
  const reached = (id: string): boolean => taken.has(id) || taken.has(carriers.get(id) ?? '')
  const carried = new Set(carriers.keys())
  const over = of('ended').length > 0
  const sent = new Set(sendings.map(({ id }) => String(id)))
  const lost = [
    ...accepted.filter(id => !reached(id)).map(id => `${id}: accepted, and the agent has no record of it`),
    ...[...sent]
      .filter(id => !accepted.includes(id) && !dropped.has(id) && !over)
      .map(id => `${id}: sent, and never known to be taken`),
    ...[...known]
      .filter(id => !over && !sent.has(id) && !carried.has(id) && !dropped.has(id))
      .map(id => `${id}: never sent`),
  ]
  const doubled = [
    ...repeated(record.taken).map(id => `${id}: taken twice`),
    ...[...new Set(record.again)].map(id => `${id}: sent again after it had been taken`),
    ...repeated(accepted).map(id => `${id}: accepted twice`),
    ...sendings
      .filter(({ id, seq }) => of('deliveryAccepted').some(each => each.id === id && each.seq < seq))
      .map(({ id }) => `${id}: sent after it had been accepted`),
    ...[...taken].filter(id => !known.has(id)).map(id => `${id}: taken, and never queued`),
  ]
  const merged = record.texts.flatMap(text => {
    const ids = [...text.matchAll(HEADER)].map(([, id]) => id)
    return ids.length > 1 ? [`${ids.join(' and ')}: in one message`] : []
  })
  return { queued, lost, doubled, merged, taken: record.taken.length }
}

export const accountOfAll = (pairsDir: string): Account => {
  const names = existsSync(pairsDir) ? readdirSync(pairsDir) : []
  const all = names.map(name => {
    const events = linesOf(join(pairsDir, name, 'journal.jsonl'))
    return { name, events, account: accountOf(events, recordOf(join(pairsDir, name))) }
  })
  const total = (pick: (account: PairAccount) => number) =>
    all.reduce((sum, { account }) => sum + pick(account), 0)
  const kind = (...kinds: readonly string[]) =>
    total(({ queued }) => kinds.reduce((sum, each) => sum + (queued[each] ?? 0), 0))
  const named = (what: 'lost' | 'doubled' | 'merged') =>
    all.flatMap(({ name, account }) => account[what].map(each => `${name} ${each}`))
  const ends: Record<string, number> = {}
  for (const { events } of all) {
    const reason = String(events.filter(({ type }) => type === 'ended').at(-1)?.reason ?? 'open')
    ends[reason] = (ends[reason] ?? 0) + 1
  }
  return {
    pairs: all.length,
    rounds: all.reduce((sum, { events }) => sum + events.filter(({ type }) => type === 'reviewed').length, 0),
    handoffs: kind('handoff'),
    steers: kind('steer'),
    others: kind('opening', 'reminder', 'notice'),
    taken: total(({ taken }) => taken),
    ends,
    lost: named('lost'),
    doubled: named('doubled'),
    merged: named('merged'),
  }
}
