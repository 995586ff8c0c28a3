/** Reads a message of Duologue: who speaks, in which role it puts us, what is to be reviewed. Lenient, pure. */
import type { Role } from '../../shared/pair/seat'

interface BriefFinding {
  readonly id: string
  readonly severity: string
  readonly place: string
  readonly text: string
}

export interface Brief {
  readonly fromHuman: boolean
  /** Null when the message does not say. */
  readonly role: Role | null
  /** Two git objects whose difference is the work, when the message pins them. */
  readonly target: { readonly base: string; readonly tree: string } | null
  readonly findings: readonly BriefFinding[]
  /** What the human says in it: all of the human's own message, or what was added to a partner's. */
  readonly words: string
  /** A practice command in those words that stands alone on a line, such as `flood 200`. */
  readonly command: string | null
  readonly text: string
}

const COMMAND = /^(?:crash|wait|ask|approve|flood \d{1,6})$/
/** As `handoffToDriver` writes them: `- 1.2 major src/a.js:12 what is wrong`. */
const FINDING = /^[-*]\s+([\w.]+)\s+(blocker|major|minor)\s+(\(no file\)|\S+)\s+(.+)$/
/** What the human says is after one of these; the partner's words are quoted with `>`. */
const HUMAN_ADDS = /^your human adds\b/i

export function readBrief(text: string): Brief {
  const lines = text.split('\n').map(line => line.trim())
  const [header = '', ...body] = lines
  const role = /you(?: are|'re|’re) the (driver|navigator)/i.exec(text)?.[1]?.toLowerCase()
  const target = /review target:\s*`?([0-9a-f]{7,64})\.\.\.?([0-9a-f]{7,64})/i.exec(text)
  const fromHuman = lines.slice(0, 2).some(line => /from:?\s+(?:your|the) human/i.test(line))
  const adds = body.findIndex(line => HUMAN_ADDS.test(line))
  const words = adds >= 0 ? body.slice(adds).filter(line => !HUMAN_ADDS.test(line)) : fromHuman ? body : []
  const said = words.filter(line => !/^from:/i.test(line))
  return {
    fromHuman,
    role: role === 'driver' || role === 'navigator' ? role : null,
    target: target === null ? null : { base: target[1] ?? '', tree: target[2] ?? '' },
    findings: lines.flatMap(line => {
      const match = FINDING.exec(line)
      if (match === null) return []
      const [, id = '', severity = '', place = '', what = ''] = match
      return [{ id, severity, place, text: what }]
    }),
    words: said.join('\n').trim() || (fromHuman && body.length === 0 ? header : ''),
    command: said.find(line => COMMAND.test(line)) ?? null,
    text,
  }
}
