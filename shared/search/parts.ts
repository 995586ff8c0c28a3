/**
 * What can be found of a pair: its intent, what each handoff carried, the human's steers, and every finding. A handoff's message
 * also holds the intent and standing instructions, in which every search would hit; so what is searched is what was new in it.
 */
import { isKnown, type JournalEvent } from '../journal/line'
import type { Stamped } from '../pair/events'
import { type JudgedFinding, placeOf } from '../review/finding'

/** `seq` is that of the timeline's entry; `id` that of a finding. */
export interface Part {
  readonly kind: 'intent' | 'handoff' | 'steer' | 'turn' | 'finding'
  readonly seq: number
  readonly id: string
  readonly text: string
}

interface Reading {
  readonly parts: Part[]
  /** Said since the last handoff, and the entry to go to if no handoff carries it any more. */
  carried: string[]
  carriedAt: number | null
}

const carry = (reading: Reading, seq: number | null, ...texts: readonly string[]): void => {
  const said = texts.filter(text => text.trim() !== '')
  reading.carried.push(...said)
  if (seq !== null) reading.carriedAt = seq
}

const flush = (reading: Reading, kind: 'handoff' | 'turn', seq: number): void => {
  if (reading.carried.length > 0) reading.parts.push({ kind, seq, id: '', text: reading.carried.join('\n') })
  reading.carried = []
  reading.carriedAt = null
}

const addFindings = ({ parts }: Reading, findings: readonly JudgedFinding[], seq: number): void => {
  for (const finding of findings) {
    const place = finding.file === '' ? '' : `${placeOf(finding)} `
    parts.push({ kind: 'finding', seq, id: finding.id, text: `${place}${finding.text}` })
  }
}

const take = (reading: Reading, event: Stamped): void => {
  switch (event.type) {
    case 'pairStarted':
      reading.parts.push({ kind: 'intent', seq: event.seq, id: '', text: event.intent })
      break
    case 'turnStarted':
      reading.carriedAt ??= event.seq
      break
    case 'turnEnded':
      carry(reading, null, event.text)
      break
    case 'turnMeasured':
      carry(reading, null, (event.measure.diffstat?.files ?? []).map(({ path }) => path).join('\n'))
      break
    case 'doneReported':
      carry(reading, null, event.report.summary)
      break
    case 'findingsAnswered':
      carry(reading, null, ...event.answers.map(({ reason }) => reason))
      break
    case 'findingRuled':
      carry(reading, null, event.reason)
      break
    case 'planProposed':
      carry(reading, event.seq, event.reason, ...event.items.flatMap(({ text, why }) => [text, why]))
      break
    case 'reviewed':
      carry(reading, event.seq, event.summary)
      addFindings(reading, event.findings, event.seq)
      break
    case 'followUpsNamed':
      addFindings(reading, event.findings, event.seq)
      break
    case 'deliveryQueued':
      if (event.kind === 'handoff') flush(reading, 'handoff', event.seq)
      if (event.kind === 'steer')
        reading.parts.push({ kind: 'steer', seq: event.seq, id: '', text: event.text })
      break
    default:
  }
}

export const partsOf = (events: readonly JournalEvent[]): readonly Part[] => {
  const reading: Reading = { parts: [], carried: [], carriedAt: null }
  /** Texts that the human changed while they waited, by delivery. */
  const edited = new Map<string, string>()
  const queued = new Map<string, number>()
  for (const event of events) {
    if (!isKnown(event)) continue
    take(reading, event)
    if (event.type === 'deliveryQueued') queued.set(event.id, event.seq)
    if (event.type === 'deliveryEdited') edited.set(event.id, event.text)
  }
  flush(reading, 'turn', reading.carriedAt ?? 0)
  for (const [delivery, text] of edited) {
    const seq = queued.get(delivery)
    if (seq !== undefined) reading.parts.push({ kind: 'steer', seq, id: '', text })
  }
  return reading.parts
}
