/**
 * A journal line: `{"v":1,"seq":…,"at":"…","type":…,…}`. Decoding never throws and never drops: a line is an event
 * that the folds can take, an event of a newer version (kept raw and shown as such), or damage with its reason.
 * Fields that a schema does not know are kept, so a journal survives a trip through an older version.
 */
import { isRecord, parseJson } from '../json'
import type { PairEvent, Stamped } from '../pair/events'
import { err, ok, type Result } from '../result'
import { eventSchemas } from './event-schemas'

/** The version written. A line of a higher one is read as an unknown event. */
const LINE_VERSION = 1

/** An event that this version cannot interpret. `raw` is the whole line without its newline. */
export interface UnknownEvent {
  readonly type: 'unknown'
  readonly seq: number
  readonly at: string
  readonly name: string
  readonly raw: string
}

/** What a journal yields in order; the timeline takes all of it, `evolve` only the known ones (`isKnown`). */
export type JournalEvent = Stamped | UnknownEvent

/** `known` narrows away the events of newer versions. */
export const isKnown = (event: JournalEvent): event is Stamped => event.type !== 'unknown'

/** Why a line cannot be an event, in words. */
export interface LineDamage {
  readonly why: string
}

const AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/**
 * One line, with its newline. `JSON.stringify` escapes control characters, so a line never holds a second newline.
 * `more`: so many lines of the same decision follow it; without them it is not to be believed.
 */
export const encodeLine = (event: Stamped, more = 0): string => {
  const { seq, at, type, ...rest } = event
  const head = more === 0 ? { v: LINE_VERSION } : { v: LINE_VERSION, more }
  return `${JSON.stringify({ ...head, seq, at, type, ...rest })}\n`
}

/** True when the decision that this line belongs to goes on in the next one. */
export const goesOn = (line: string): boolean => /^\{"v":\d+,"more":\d+,/.test(line)

const damage = (why: string): Result<never, LineDamage> => err({ why })

/** `line` without its newline. */
export const decodeLine = (line: string): Result<JournalEvent, LineDamage> => {
  const value = parseJson(line)
  if (value === undefined) return damage('not JSON')
  if (!isRecord(value)) return damage('not an object')
  const { v, more: _, ...event } = value
  const { seq, at, type } = event
  if (typeof v !== 'number' || !Number.isInteger(v) || v < 1) return damage('no version')
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return damage('no sequence number')
  if (typeof at !== 'string' || !AT.test(at)) return damage('no time')
  if (typeof type !== 'string' || type === '') return damage('no type')
  if (v > LINE_VERSION || !Object.hasOwn(eventSchemas, type)) {
    return ok({ type: 'unknown', seq, at, name: type, raw: line })
  }
  const checked = eventSchemas[type as PairEvent['type']].safeParse(event)
  if (checked.success) return ok(event as unknown as Stamped)
  const issue = checked.error.issues[0]
  return damage(`${type}.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`)
}
