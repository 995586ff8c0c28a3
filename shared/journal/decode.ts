/**
 * A journal line read. Decoding never throws and never drops: a line is an event that the folds can take, an event of a
 * newer version (kept raw and shown as such), or damage with its reason. Fields that a schema does not know are kept, so
 * a journal survives a trip through an older version.
 */
import { isRecord, parseJson } from '../json'
import type { PairEvent, Stamped } from '../pair/events'
import { err, ok, type Result } from '../result'
import { eventSchemas } from './event-schemas'
import { type JournalEvent, LINE_VERSION } from './line'

/** Why a line cannot be an event, in words. */
export interface LineDamage {
  readonly why: string
}

const AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

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
