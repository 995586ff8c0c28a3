/** The parts that messages to agents are made of. */
import { type FindingRecord, placeOf } from '../../review/finding'
import type { PlanItem, PlanVersion } from '../../review/plan'
import { proofWords } from '../../review/proof'
import { stripControl } from '../../terminal/paste'
import type { Diffstat, Measure, PairState } from '../model'
import type { SeatId } from '../seat'
import { isFresh, nameOf, openFindings, planOf, unplannedOf } from '../view'

/** Characters of a partner's last message that travel; the journal keeps it whole. */
const MAX_MESSAGE_CHARS = 24_000
/** Characters of a proof's output that travel: the end, where failures are told. */
const MAX_PROOF_CHARS = 6_000
const MAX_FILES = 40

export const paragraphs = (...parts: readonly (string | null)[]): string =>
  parts.filter(part => part !== null && part !== '').join('\n\n')

export const quote = (text: string): string =>
  text
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')

const bounded = (text: string): string =>
  text.length <= MAX_MESSAGE_CHARS
    ? text
    : `${text.slice(0, MAX_MESSAGE_CHARS)}\n[cut here: ${text.length - MAX_MESSAGE_CHARS} more characters are in the human's timeline]`

export const partnerSaid = (state: PairState, seat: SeatId): string => {
  const text = bounded(stripControl(state.lastText[seat]).trim())
  const name = nameOf(state, seat)
  return text === '' ? `${name} said nothing.` : `${name} said:\n${quote(text)}`
}

export const intentBlock = (state: PairState): string =>
  `The human's intent, verbatim:\n${quote(state.intent)}`

const itemLines = ({ id, text, why, files }: PlanItem): readonly string[] => [
  `  ${id}. ${text}`,
  ...(why === '' ? [] : [`     why: ${why}`]),
  ...(files.length === 0 ? [] : [`     files: ${files.join(', ')}`]),
]

const planLines = ({ items }: PlanVersion): string => items.flatMap(itemLines).join('\n')

const planAuthor = (state: PairState, { by }: PlanVersion): string =>
  by === null ? 'your human' : nameOf(state, by)

/** The plan as it stands, or null when there is none. */
export const planBlock = (state: PairState): string | null => {
  const plan = planOf(state)
  if (plan === null) return null
  const changed = plan.version > 1 && plan.reason !== '' ? ` (changed because: ${plan.reason})` : ''
  return `The plan, version ${plan.version} by ${planAuthor(state, plan)}${changed}:\n${planLines(plan)}`
}

const diffstatLine = ({ fileCount, added, removed }: Diffstat): string =>
  `${fileCount} ${fileCount === 1 ? 'file' : 'files'}, +${added} −${removed}`

const fileLines = ({ files, fileCount }: Diffstat, unplanned: readonly string[]): readonly string[] => [
  ...files
    .slice(0, MAX_FILES)
    .map(
      ({ path, added, removed }) =>
        `  ${path} +${added} −${removed}${unplanned.includes(path) ? ' (unplanned)' : ''}`,
    ),
  ...(fileCount > MAX_FILES ? [`  … and ${fileCount - MAX_FILES} more`] : []),
]

export const changeBlock = (state: PairState, { diffstat, target, note }: Measure): string => {
  if (!diffstat && !target) return `Changed files: not known. ${note}`.trim()
  const unplanned = unplannedOf(state)
  const lines = diffstat
    ? [`Changed in this turn: ${diffstatLine(diffstat)}`, ...fileLines(diffstat, unplanned)]
    : []
  const named = diffstat?.files.map(({ path }) => path) ?? []
  const earlier = unplanned.filter(path => !named.includes(path))
  return [
    ...lines,
    ...(earlier.length > 0 ? [`Unplanned, changed before: ${earlier.slice(0, MAX_FILES).join(', ')}`] : []),
    ...(unplanned.length > 0
      ? ['No plan item names the files marked unplanned: say whether they belong here.']
      : []),
    ...(note === '' ? [] : [note]),
    ...(target
      ? [
          `Review target: ${target.base}..${target.tree}`,
          `  (see it with: git diff ${target.base} ${target.tree})`,
        ]
      : []),
  ].join('\n')
}

/** What the driver claims, or that it claims nothing. */
export const reportBlock = ({ report, plans }: PairState): string => {
  if (report === null) return 'It did not report done: this is work in progress, handed over for review.'
  const { summary, planItems, files, notDone } = report
  return [
    `It reported done: ${summary}`,
    ...(planItems.length > 0 && plans.length > 0 ? [`  plan items served: ${planItems.join(', ')}`] : []),
    ...(files.length > 0 ? [`  files: ${files.join(', ')}`] : []),
    ...(notDone === '' ? [] : [`  not done: ${notDone}`]),
  ].join('\n')
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** The last run of the proof with the end of its output; null when none is asked for or none has been made. */
export const proofBlock = (state: PairState): string | null => {
  const { proof } = state
  const result = proof?.result
  if (!proof || !result) return null
  const { outcome, durationMs, tail, tree, changed } = result
  const about = tree === null ? '' : ` on tree ${tree}`
  const warnings = [
    ...(isFresh(state) ? [] : ['  It ran on work of before: it shows nothing about this one.']),
    ...(changed ? ['  Files changed while it ran, so it does not count.'] : []),
  ]
  const output = stripControl(tail).trimEnd().slice(-MAX_PROOF_CHARS)
  return [
    `Proof, run by Duologue: \`${proof.proof.command}\` ${proofWords(outcome)} after ${seconds(durationMs)}${about}.`,
    ...warnings,
    ...(output === '' ? ['  It printed nothing.'] : ['Its output ends with:', quote(output)]),
  ].join('\n')
}

export const findingLine = ({ finding, promotedAt, ruling }: FindingRecord): string => {
  const { id, severity, text, seenBy, repeats } = finding
  const notes = [
    ...(seenBy === 'both' ? ['seen by both'] : seenBy === 'driver' ? ['seen by you'] : []),
    ...(repeats === undefined ? [] : [`again ${repeats}`]),
    ...(promotedAt === null ? [] : ['brought into scope by your human']),
    ...(ruling?.type === 'upheld'
      ? [`upheld by your human${ruling.reason === '' ? '' : `: ${ruling.reason}`}`]
      : []),
  ]
  return `- ${id} ${severity} ${placeOf(finding)} ${text}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
}

/** What the driver has to mend; null when nothing is open. */
export const findingsBlock = (state: PairState): string | null => {
  const open = openFindings(state)
  return open.length > 0 ? `Findings in scope:\n${open.map(findingLine).join('\n')}` : null
}

/** How the driver answered the findings that were open; what the navigator looks at first. */
export const answersBlock = (state: PairState): string | null => {
  const since = Math.max(
    0,
    ...state.findings.filter(({ answer }) => answer !== null).map(({ round }) => round),
  )
  const lines = state.findings.flatMap(({ finding, answer, round, ruling }) =>
    answer === null || round < since || ruling !== null
      ? []
      : [`- ${finding.id} ${answer.answer}${answer.reason === '' ? '' : `: ${answer.reason}`}`],
  )
  return lines.length === 0 ? null : `Its answers to the findings:\n${lines.join('\n')}`
}

/** What the human has decided is not asked again. */
export const rulingsBlock = ({ findings }: PairState): string | null => {
  const lines = findings.flatMap(({ finding, ruling }) =>
    ruling === null || ruling.type === 'upheld'
      ? []
      : [
          `- ${finding.id} ${placeOf(finding)} ${finding.text} – ${ruling.type}${ruling.reason === '' ? '' : `: ${ruling.reason}`}`,
        ],
  )
  return lines.length === 0
    ? null
    : `Your human has ruled on these; do not raise them again:\n${lines.join('\n')}`
}
