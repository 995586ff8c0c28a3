/** The board of findings as data: what stands in which group, and who saw it. Pure; the records are the machine's. */
import type { Entry } from '../../shared/journal/entry'
import type { Command } from '../../shared/pair/inputs'
import {
  type FindingRecord,
  type FindingState,
  type SeenBy,
  type Severity,
  stateOf,
} from '../../shared/review/finding'

/** What was said about one thing: the last word on it, and what was said before and again, oldest first. */
export interface Item {
  readonly record: FindingRecord
  readonly earlier: readonly FindingRecord[]
  /** Raised again after the human had ruled: kept out of the relay. */
  readonly silenced: readonly FindingRecord[]
}

/** A finding that repeats an earlier one takes its place. */
export const itemsOf = (records: readonly FindingRecord[]): readonly Item[] => {
  const byId = new Map(records.map(record => [record.finding.id, record]))
  const before = ({ finding }: FindingRecord) => finding.repeats && byId.get(finding.repeats)
  const spoken = (record: FindingRecord): FindingRecord => {
    const earlier = before(record)
    return record.finding.silenced && earlier ? spoken(earlier) : record
  }
  const said = records.filter(record => spoken(record) === record)
  const repeated = new Set(said.map(({ finding }) => finding.repeats))
  return said
    .filter(({ finding }) => !repeated.has(finding.id))
    .map(record => {
      const earlier: FindingRecord[] = []
      for (let at = before(record); at; at = before(at)) earlier.unshift(at)
      const line = new Set([record, ...earlier])
      const silenced = records.filter(each => spoken(each) !== each && line.has(spoken(each)))
      return { record, earlier: earlier.filter(each => !each.finding.silenced), silenced }
    })
}

export const openOnBoard = (records: readonly FindingRecord[]): number =>
  itemsOf(records).filter(({ record }) => stateOf(record) === 'open').length

export interface Group {
  readonly state: FindingState
  readonly title: string
  /** What it means that a finding stands here. */
  readonly about: string
  readonly items: readonly Item[]
}

/** What waits for somebody comes first, what is settled last. */
const GROUPS: readonly Omit<Group, 'items'>[] = [
  { state: 'open', title: 'Open', about: 'Wait for the driver.' },
  { state: 'rejected', title: 'Rejected', about: 'The driver disagrees: uphold or dismiss them.' },
  { state: 'followUp', title: 'Follow-ups', about: 'Out of scope, kept for you; the driver is not told.' },
  { state: 'deferred', title: 'Left for later', about: 'Not part of this work.' },
  { state: 'fixed', title: 'Fixed', about: 'The driver says that these are mended.' },
  { state: 'dismissed', title: 'Dismissed', about: 'Not raised again.' },
]

const WEIGHT: Readonly<Record<Severity, number>> = { blocker: 0, major: 1, minor: 2 }

export const groupsOf = (items: readonly Item[]): readonly Group[] =>
  GROUPS.map(group => ({
    ...group,
    items: items
      .filter(({ record }) => stateOf(record) === group.state)
      .sort((a, b) => WEIGHT[a.record.finding.severity] - WEIGHT[b.record.finding.severity]),
  })).filter(group => group.items.length > 0)

export const stateWords: Readonly<Record<FindingState, string>> = {
  open: 'open',
  fixed: 'fixed',
  rejected: 'rejected',
  deferred: 'left for later',
  dismissed: 'dismissed',
  followUp: 'follow-up',
}

/** Why two findings of a blind double review count as one, by the finding's id; empty: seen by one alone. */
export const doublesOf = (entries: readonly Entry[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const entry of entries) {
    if (entry.type !== 'review' || entry.by !== 'both') continue
    for (const { id } of entry.findings) {
      const match = entry.matches.find(({ navigator, driver }) => navigator === id || driver === id)
      found.set(id, match?.why ?? '')
    }
  }
  return found
}

export type Seen = 'all' | SeenBy

export const isSeenBy = ({ record }: Item, seen: Seen): boolean =>
  seen === 'all' || record.finding.seenBy === seen

export interface Act {
  readonly label: string
  readonly command: Command
  /** A reason is asked for; both agents are told. */
  readonly asks: boolean
}

/** What the human can decide about it, most likely first. */
export const actsOf = (record: FindingRecord): readonly Act[] => {
  const { id } = record.finding
  const rule = (label: string, ruling: 'upheld' | 'dismissed' | 'deferred', asks: boolean): Act => ({
    label,
    command: { type: 'ruleFinding', id, ruling, reason: '' },
    asks,
  })
  const uphold = rule('Uphold', 'upheld', false)
  const dismiss = rule('Dismiss…', 'dismissed', true)
  const later = rule('Leave for later', 'deferred', false)
  const state = stateOf(record)
  switch (state) {
    case 'followUp':
      return [{ label: 'Promote', command: { type: 'promoteFinding', id }, asks: false }, dismiss]
    case 'open':
      return record.ruling?.type === 'upheld' ? [dismiss, later] : [uphold, dismiss, later]
    case 'rejected':
    case 'fixed':
      return [uphold, dismiss, later]
    case 'deferred':
      return [uphold, dismiss]
    case 'dismissed':
      return [uphold]
  }
}
