/** Reads a message of Duologue: who speaks, in which role it puts us, what is to be reviewed. Lenient, pure. */
import type { Role } from '../../shared/pair/seat'

export interface BriefFinding {
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
  /** A practice command that stands alone on a line, such as `flood 200`. */
  readonly command: string | null
  readonly text: string
}

const COMMAND = /^(?:crash|wait|ask|approve|flood \d{1,6})$/
const FINDING = /^\s*[-*]\s+(f\w+)\s+(blocker|major|minor)\s+(\S+)\s+(.+)$/

export function readBrief(text: string): Brief {
  const lines = text.split('\n').map(line => line.trim())
  const role = /you(?: are|'re|’re) the (driver|navigator)/i.exec(text)?.[1]?.toLowerCase()
  const target = /review target:\s*`?([0-9a-f]{7,64})\.\.\.?([0-9a-f]{7,64})/i.exec(text)
  return {
    fromHuman: lines.slice(0, 6).some(line => /from:?\s+(?:your|the) human/i.test(line)),
    role: role === 'driver' || role === 'navigator' ? role : null,
    target: target === null ? null : { base: target[1] ?? '', tree: target[2] ?? '' },
    findings: lines.flatMap(line => {
      const match = FINDING.exec(line)
      if (match === null) return []
      const [, id = '', severity = '', place = '', what = ''] = match
      return [{ id, severity, place, text: what }]
    }),
    command: lines.find(line => COMMAND.test(line)) ?? null,
    text,
  }
}
