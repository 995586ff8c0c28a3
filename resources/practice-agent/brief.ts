/** Reads a message of Duologue: who speaks, in which role it puts us, what it asks for. Lenient, pure. */
import type { Role } from '../../shared/pair/seat'
import type { PlanItem } from '../../shared/review/plan'

export interface BriefFinding {
  readonly id: string
  readonly severity: string
  readonly place: string
  readonly text: string
  /** The human wants it mended, whatever the driver said. */
  readonly upheld: boolean
}

/** What a message asks for. `again`: the last task once more. `work`: also when it does not say. */
export type Ask = 'plan' | 'reviewPlan' | 'review' | 'work' | 'again'

export interface BriefPlan {
  readonly byHuman: boolean
  readonly items: readonly PlanItem[]
}

export interface Brief {
  readonly fromHuman: boolean
  /** Null when the message does not say. */
  readonly role: Role | null
  readonly ask: Ask
  /** Neither reviewer sees the other's review. */
  readonly blind: boolean
  /** The human's intent; null when the message does not repeat it. */
  readonly intent: string | null
  readonly plan: BriefPlan | null
  /** The proof that Duologue ran did not pass: how it ended. */
  readonly proofFailed: string | null
  /** Errors in what that proof printed. */
  readonly proofErrors: readonly string[]
  /** Two git objects whose difference is the work, when the message pins them. */
  readonly target: { readonly base: string; readonly tree: string } | null
  /** To be mended. */
  readonly findings: readonly BriefFinding[]
  /** What the human does not want raised again, as `<place> <text>`. */
  readonly ruledOut: readonly string[]
  /** What the human says in it: all of the human's own message, or what was added to a partner's. */
  readonly words: string
  /** A practice command in those words that stands alone on a line, such as `flood 200`. */
  readonly command: string | null
  readonly text: string
}

const COMMAND = /^(?:crash|wait|ask|approve|(?:flood|limit) \d{1,6})$/
/** As `findingLine` writes them: `- 1.2 major src/a.js:12 what is wrong (seen by both)`. */
const FINDING = /^[-*]\s+([\w.]+)\s+(blocker|major|minor)\s+(\(no file\)|\S+)\s+(.+)$/
const NOTES = /\s\(((?:seen by |again |brought into scope|upheld by your human).*)\)$/
const RULING_LINE = /^[-*]\s+[\w.]+\s+((?:\(no file\)|\S+)\s+.+?) – (?:dismissed|deferred|upheld)(?::\s.*)?$/
const RULED_OUT = /^(?:I dismiss this finding|This finding is left for another task)\b/
const UPHELD = /^I uphold this finding\b/
/** What the human says is after one of these; the partner's words are quoted with `>`. */
const HUMAN_ADDS = /^your human adds\b/i

/** By how a line begins; none of them is quoted, so the words of others do not count. */
const ASKS: readonly (readonly [RegExp, Ask])[] = [
  [/^Blind double review:/, 'review'],
  [/^Plan first: change no files yet\./, 'plan'],
  [/^Verdict on the plan: changes\./, 'plan'],
  [/^Your turn ended without a plan\./, 'plan'],
  [/^This is a plan; no code is written yet\./, 'reviewPlan'],
  [/^Your turn ended without a verdict\./, 'again'],
  [/^Your human lets you go on:/, 'again'],
  [/^You were stopped in the middle of your work/, 'again'],
]

export function readBrief(text: string): Brief {
  const raw = text.split('\n')
  const lines = raw.map(line => line.trim())
  const [header = '', ...body] = lines
  const role = /you(?: are|'re|’re) the (driver|navigator)/i.exec(text)?.[1]?.toLowerCase()
  const target = /^\s*review target:\s*`?([0-9a-f]{7,64})\.\.\.?([0-9a-f]{7,64})/im.exec(text)
  const fromHuman = lines.slice(0, 2).some(line => /from:?\s+(?:your|the) human/i.test(line))
  const adds = body.findIndex(line => HUMAN_ADDS.test(line))
  const words = adds >= 0 ? body.slice(adds).filter(line => !HUMAN_ADDS.test(line)) : fromHuman ? body : []
  const said = words.filter(line => !/^from:/i.test(line))
  const asked = ASKS.find(([mark]) => lines.some(line => mark.test(line)))?.[1]
  const isDriver = role === 'driver'
  const mine = said.join('\n').trim() || (fromHuman && body.length === 0 ? header : '')
  const plan = planIn(raw)
  return {
    fromHuman,
    role: isDriver || role === 'navigator' ? role : null,
    ask: asked ?? (role === 'navigator' || (role === undefined && target !== null) ? 'review' : 'work'),
    blind: lines.some(line => line.startsWith('Blind double review:')),
    intent: intentIn(lines),
    plan,
    ...proofIn(lines),
    target: target === null ? null : { base: target[1] ?? '', tree: target[2] ?? '' },
    ...rulingsIn(lines),
    words: mine,
    command: said.find(line => COMMAND.test(line)) ?? null,
    text,
  }
}

/** Findings to mend, and those that the human has taken out of the question. */
function rulingsIn(lines: readonly string[]): Pick<Brief, 'findings' | 'ruledOut'> {
  const findings: BriefFinding[] = []
  const ruledOut: string[] = []
  let ruling: 'out' | 'upheld' | null = null
  for (const line of lines) {
    if (RULED_OUT.test(line)) ruling = 'out'
    else if (UPHELD.test(line)) ruling = 'upheld'
    const decided = RULING_LINE.exec(line)?.[1]
    const match = FINDING.exec(line)
    if (match !== null) {
      const [, id = '', severity = '', place = '', what = ''] = match
      const notes = NOTES.exec(what)?.[1] ?? ''
      const bare = notes === '' ? what : what.slice(0, what.length - notes.length - 3)
      const upheld = ruling === 'upheld' || notes.includes('upheld by your human')
      const twice = findings.findIndex(each => each.id === id)
      if (ruling === 'out') ruledOut.push(`${place} ${bare}`)
      else if (twice < 0) findings.push({ id, severity, place, text: bare, upheld })
      // What the human brings up may stand among the findings already.
      else if (upheld) findings[twice] = { id, severity, place, text: bare, upheld }
      ruling = null
    } else if (decided !== undefined) ruledOut.push(decided)
  }
  return { findings, ruledOut }
}

/** The quoted lines right after a line that begins so; null when there is none. */
function quotedAfter(lines: readonly string[], mark: RegExp): string | null {
  const at = lines.findIndex(line => mark.test(line))
  if (at < 0) return null
  const rest = lines.slice(at + 1)
  const end = rest.findIndex(line => !line.startsWith('>'))
  const quoted = end < 0 ? rest : rest.slice(0, end)
  return quoted.map(line => line.replace(/^> ?/, '')).join('\n')
}

const intentIn = (lines: readonly string[]): string | null =>
  quotedAfter(lines, /^The human's intent, verbatim:$/)

/** As test runners say it, in TAP or in prose: `error: 'it broke'`, `Error: it broke`. */
const ERROR_LINE = /^\s*(?:error: '(.+)'|Error(?: \[\w+\])?: (.+))$/

function proofIn(lines: readonly string[]): Pick<Brief, 'proofFailed' | 'proofErrors'> {
  const ended = lines
    .map(line => /^Proof, run by Duologue: `(.*)` (.+) after [\d.]+ s/.exec(line))
    .find(match => match !== null)
  if (!ended || ended[2] === 'passed') return { proofFailed: null, proofErrors: [] }
  const output = quotedAfter(lines, /^Its output ends with:$/) ?? ''
  const errors = output.split('\n').flatMap(line => {
    const match = ERROR_LINE.exec(line)
    return match === null ? [] : [match[1] ?? match[2] ?? '']
  })
  return { proofFailed: `${ended[1]}: ${ended[2]}`, proofErrors: [...new Set(errors)] }
}

/** As `planBlock` writes it; the last one counts, because what the human changed comes last. */
function planIn(raw: readonly string[]): BriefPlan | null {
  const heads = raw.flatMap((line, at) => (/^The plan, version \d+ by /.test(line) ? [at] : []))
  const from = heads.at(-1)
  if (from === undefined) return null
  const items: PlanItem[] = []
  for (const line of raw.slice(from + 1)) {
    if (!line.startsWith('  ')) break
    const item = /^ {2}(\S.*?)\. (.*)$/.exec(line)
    const detail = /^ {5}(why|files): (.*)$/.exec(line)
    const last = items.at(-1)
    if (item !== null) items.push({ id: item[1] ?? '', text: item[2] ?? '', why: '', files: [] })
    else if (detail !== null && last !== undefined) {
      const value = detail[2] ?? ''
      const more = detail[1] === 'why' ? { why: value } : { files: value.split(', ') }
      items[items.length - 1] = { ...last, ...more }
    }
  }
  return { byHuman: /^The plan, version \d+ by your human\b/.test(raw[from] ?? ''), items }
}
