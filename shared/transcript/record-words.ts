/** Plans, reports, answers, proofs, rulings and restores in words: a title, and the lines below it. */
import type { Entry } from '../journal/entry'
import type { Ruling } from '../review/finding'
import type { PlanItem } from '../review/plan'
import { proofWords } from '../review/proof'
import { lasted, voiceWords } from './words'

const RECORDS = ['plan', 'report', 'followUps', 'answers', 'proof', 'ruling', 'restore'] as const

export type RecordEntry = Extract<Entry, { type: (typeof RECORDS)[number] }>

export const isRecordEntry = (entry: Entry): entry is RecordEntry => RECORDS.some(type => type === entry.type)

const RULED: Readonly<Record<Ruling | 'promoted', string>> = {
  upheld: 'You upheld finding',
  dismissed: 'You dismissed finding',
  deferred: 'You left for later finding',
  promoted: 'You brought into scope finding',
}

export const recordTitle = (entry: RecordEntry): string => {
  switch (entry.type) {
    case 'plan':
      return `${voiceWords(entry.by)}: plan, version ${entry.version}`
    case 'report':
      return `${voiceWords(entry.voice)} reports done`
    case 'followUps':
      return `${voiceWords(entry.voice)} names follow-ups`
    case 'answers':
      return `${voiceWords(entry.voice)} answers ${entry.answers.length === 1 ? 'a finding' : 'findings'}`
    case 'proof':
      return `Proof: ${entry.command} ${entry.result ? proofWords(entry.result.outcome) : 'runs'}`
    case 'ruling':
      return `${RULED[entry.ruling]} ${entry.id}`
    case 'restore':
      return entry.problem === null
        ? `You restored checkpoint ${entry.checkpoint}`
        : `Checkpoint ${entry.checkpoint} could not be restored`
  }
}

export const planItemLine = ({ id, text, why, files }: PlanItem): string =>
  `${id}. ${text}${why === '' ? '' : ` – ${why}`}${files.length === 0 ? '' : ` (${files.join(', ')})`}`

/** One fact a line; plain text. The output of a proof is its last entries. */
export const recordLines = (entry: RecordEntry): readonly string[] => {
  switch (entry.type) {
    case 'plan':
      return [...(entry.reason === '' ? [] : [`Why: ${entry.reason}`]), ...entry.items.map(planItemLine)]
    case 'report':
      return reportLines(entry)
    case 'followUps':
      return entry.findings.map(({ id, text }) => `${id} ${text}`)
    case 'answers':
      return entry.answers.map(
        ({ id, answer, reason }) => `${id} ${answer}${reason === '' ? '' : `: ${reason}`}`,
      )
    case 'proof':
      return proofLines(entry)
    case 'ruling':
      return entry.reason === '' ? [] : [entry.reason]
    case 'restore':
      return [
        entry.problem ?? `Tree ${entry.tree}`,
        `What was there before is kept as checkpoint ${entry.kept}.`,
      ]
  }
}

const reportLines = ({ report }: Extract<RecordEntry, { type: 'report' }>): readonly string[] => [
  report.summary,
  ...(report.planItems.length > 0 ? [`Plan items: ${report.planItems.join(', ')}`] : []),
  ...(report.files.length > 0 ? [`Files: ${report.files.join(', ')}`] : []),
  ...(report.notDone === '' ? [] : [`Not done: ${report.notDone}`]),
]

const proofLines = ({ result, sentBack, by }: Extract<RecordEntry, { type: 'proof' }>): readonly string[] => [
  by === 'human' ? 'Asked for by you.' : 'After the driver reported done.',
  ...(result ? [`It took ${lasted(Math.round(result.durationMs / 1000))}.`] : []),
  ...(result?.tree ? [`On tree ${result.tree}`] : []),
  ...(result?.changed ? ['Files changed while it ran, so it does not count.'] : []),
  ...(sentBack > 0 ? ['It went back to the driver.'] : []),
  ...(result && result.tail !== '' ? result.tail.trimEnd().split('\n') : []),
]
