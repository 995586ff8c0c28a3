/** Plans, reports, answers, proofs, rulings and restores in parts that each format draws in its own way. */
import type { Voice } from '../journal/entry'
import { diffPlans, type PlanRow } from '../pair/plan-diff'
import type { TextPart } from '../pair/word-diff'
import { placeOf } from '../review/finding'
import type { PlanItem } from '../review/plan'
import { CHANGED_MEANWHILE, hasPassed, proofWords } from '../review/proof'
import { type RecordEntry, recordTitle } from './record-words'
import { lasted, shortHash } from './words'

export interface RecordItem {
  /** `added`, `fixed`, …; empty for what needs none. */
  readonly mark: string
  readonly id: string
  readonly text: string
  /** What changed in `text`, word by word; empty when nothing did, or there was nothing before. */
  readonly words: readonly TextPart[]
  readonly notes: readonly string[]
}

export type RecordPart =
  /** `code` is shown as such, before the facts; empty: none. */
  | { readonly type: 'facts'; readonly code: string; readonly facts: readonly string[] }
  | { readonly type: 'prose'; readonly label: string; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly RecordItem[] }
  /** Long: folded. */
  | { readonly type: 'output'; readonly text: string }

export interface RecordDrawing {
  /** Null: Duologue itself. */
  readonly who: Voice | 'human' | null
  readonly title: string
  /** How it went, where that can be seen at a glance. */
  readonly tone: 'pass' | 'changes' | null
  readonly parts: readonly RecordPart[]
}

const prose = (label: string, text: string): readonly RecordPart[] =>
  text.trim() === '' ? [] : [{ type: 'prose', label, text }]
const facts = (code: string, ...told: readonly string[]): readonly RecordPart[] =>
  code === '' && told.length === 0 ? [] : [{ type: 'facts', code, facts: told }]
const list = (items: readonly RecordItem[]): readonly RecordPart[] =>
  items.length === 0 ? [] : [{ type: 'list', items }]
const item = (mark: string, id: string, text: string, notes: readonly string[] = []): RecordItem => ({
  mark,
  id,
  text,
  words: [],
  notes,
})

/** Below a plan item. */
export const planNotes = ({ why, files }: PlanItem): readonly string[] => [
  ...(why === '' ? [] : [`Why: ${why}`]),
  ...(files.length === 0 ? [] : [`Files: ${files.join(', ')}`]),
]

const changeNotes = (row: Extract<PlanRow, { type: 'changed' }>): readonly string[] => {
  const { before, after, files, moved } = row
  return [
    ...(moved ? ['Moved'] : []),
    ...(after.why === '' ? [] : [`Why: ${after.why}`]),
    ...(before.why !== after.why && before.why !== '' ? [`Why, before: ${before.why}`] : []),
    ...(files.added.length > 0 ? [`Files added: ${files.added.join(', ')}`] : []),
    ...(files.removed.length > 0 ? [`Files taken out: ${files.removed.join(', ')}`] : []),
  ]
}

const planItem = (row: PlanRow): RecordItem => {
  switch (row.type) {
    case 'removed':
      return item('removed', row.id, row.before.text)
    case 'changed': {
      const words = row.before.text === row.after.text ? [] : row.text
      return { ...item('changed', row.id, row.after.text, changeNotes(row)), words }
    }
    case 'added':
      return item('added', row.id, row.after.text, planNotes(row.after))
    default:
      return item(row.type === 'moved' ? 'moved' : '', row.id, row.after.text, planNotes(row.after))
  }
}

const planItems = ({ items, before }: Extract<RecordEntry, { type: 'plan' }>): readonly RecordItem[] =>
  before === null
    ? items.map(each => item('', each.id, each.text, planNotes(each)))
    : diffPlans(before, items).map(planItem)

const proof = (entry: Extract<RecordEntry, { type: 'proof' }>): RecordDrawing => {
  const { run, result, command, by, sentBack } = entry
  const title = `Proof, run ${run}: ${result ? proofWords(result.outcome) : 'runs'}`
  const asked = by === 'human' ? 'asked for by you' : 'after the driver reported done'
  const told = result
    ? [
        `took ${lasted(Math.round(result.durationMs / 1000))}`,
        ...(result.tree === null ? [] : [`tree ${shortHash(result.tree)}`]),
        ...(result.changed ? [CHANGED_MEANWHILE] : []),
      ]
    : []
  const back = sentBack > 0 ? ['went back to the driver'] : []
  const tail = result?.tail.trimEnd() ?? ''
  return {
    who: null,
    title,
    tone: result ? (hasPassed(result) ? 'pass' : 'changes') : null,
    parts: [
      ...facts(command, ...told, asked, ...back),
      ...(tail === '' ? [] : [{ type: 'output', text: tail } as const]),
    ],
  }
}

export const drawRecord = (entry: RecordEntry): RecordDrawing => {
  const title = recordTitle(entry)
  switch (entry.type) {
    case 'plan':
      return {
        ...{ who: entry.by, title, tone: null },
        parts: [...prose('Why', entry.reason), ...list(planItems(entry))],
      }
    case 'report': {
      const { summary, planItems: served, files, notDone } = entry.report
      const told = [
        ...(served.length > 0 ? [`plan items: ${served.join(', ')}`] : []),
        ...(files.length > 0 ? [`files: ${files.join(', ')}`] : []),
      ]
      const parts = [...prose('', summary), ...prose('Not done', notDone), ...facts('', ...told)]
      return { who: entry.voice, title, tone: null, parts }
    }
    case 'followUps': {
      const items = entry.findings.map(each =>
        item('', each.id, `${each.file === '' ? '' : `${placeOf(each)} `}${each.text}`),
      )
      return { who: entry.voice, title, tone: null, parts: list(items) }
    }
    case 'answers': {
      const items = entry.answers.map(({ id, answer, reason }) => item(answer, id, reason))
      return { who: entry.voice, title, tone: null, parts: list(items) }
    }
    case 'proof':
      return proof(entry)
    case 'ruling':
      return { who: 'human', title, tone: null, parts: prose('', entry.reason) }
    case 'restore': {
      const { problem, tree, kept } = entry
      const told = [`tree ${shortHash(tree)}`, `what was there before is checkpoint ${kept}`]
      const parts = [...prose('', problem ?? ''), ...facts('', ...told)]
      return { who: 'human', title, tone: problem === null ? null : 'changes', parts }
    }
  }
}
