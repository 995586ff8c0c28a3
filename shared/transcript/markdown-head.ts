/** What stands before the first entry of a Markdown transcript. */
import { freshTokens } from '../agent/usage'
import { SEATS } from '../pair/seat'
import { nameOf, planOf } from '../pair/view'
import { endedWords, type FindingRow, findingRows, followUpRows } from './finding-words'
import { code, inline, quote } from './markdown-text'
import type { Overview } from './overview'
import { missingWords, outcomeWords, termWords } from './overview-words'
import { proofLine } from './proof-words'
import { planNotes } from './record-parts'
import { costWords, dateTime, duration, tokenWords } from './words'

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`## ${title}`, lines.join('\n')].join('\n\n')

const cast = ({ state, driver }: Overview): string => {
  const rows = SEATS.map(seat => {
    const { version, model, usage } = state.seats[seat]
    const role = seat === driver ? 'driver' : 'navigator'
    return `| ${nameOf(state, seat)} | ${role} | ${inline(version)} | ${inline(model ?? '')} | ${[tokenWords(freshTokens(usage)), costWords(usage)].filter(Boolean).join(' · ')} |`
  })
  return ['| Agent | First role | Version | Model | Used |', '|---|---|---|---|---|', ...rows].join('\n')
}

const facts = (overview: Overview): string => {
  const { state } = overview
  const { words, detail } = outcomeWords(overview)
  const missing = missingWords(state)
  const proof = proofLine(state)
  return [
    `- Outcome: **${words}**${detail === '' ? '' : `. ${inline(detail)}`}`,
    ...(missing.length === 0 ? [] : [`- To have agreed it lacks: ${missing.join(', ')}`]),
    ...(proof ? [`- Proof: ${code(proof.command)} · ${inline(proof.facts.join(' · '))}`] : []),
    `- Terms: ${termWords(state).join(', ')}`,
    `- Folder: ${code(state.folder)}${state.branch === null ? '' : ` on ${code(state.branch)}`}`,
    `- Time: ${dateTime(state.startedAt)} UTC, ${duration(state.startedAt, state.lastAt)}`,
    `- Rounds: ${state.round}`,
    ...(state.intentHash === '' ? [] : [`- Intent, SHA-256: ${code(state.intentHash)}`]),
    ...(state.pullRequest === null ? [] : [`- Draft pull request: ${inline(state.pullRequest)}`]),
  ].join('\n')
}

const plan = ({ state }: Overview): string => {
  const now = planOf(state)
  if (now === null) return ''
  const by = now.by === null ? 'you' : nameOf(state, now.by)
  const done = state.stage.phase === 'ended' && state.stage.reason === 'agreed'
  const items = now.items.flatMap(each => [
    `- [${done ? 'x' : ' '}] **${inline(each.id)}** ${inline(each.text)}`,
    ...planNotes(each).map(note => `  - ${inline(note)}`),
  ])
  return section(`Plan, version ${now.version} by ${by}`, items)
}

const what = ({ place, text }: FindingRow): string =>
  `${place === '' ? '' : `${inline(place)} `}${inline(text)}`

const findings = ({ state, leftOut }: Overview): string => {
  const rows = findingRows(state)
  if (rows.length === 0) return ''
  return section('Findings', [
    '| | Finding | Raised | Ended | Reason |',
    '|---|---|---|---|---|',
    ...rows.map(
      row =>
        `| ${inline(row.id)} ${row.severity} | ${what(row)} | ${inline(row.raised)} | **${endedWords(row)}** | ${inline(row.reason)} |`,
    ),
    ...(leftOut === 0 ? [] : ['', `${leftOut} more findings stand only below, with their reviews.`]),
  ])
}

const followUps = ({ state }: Overview): string =>
  section(
    'Follow-ups',
    followUpRows(state).map(row => `- [ ] **${inline(row.id)}** ${what(row)} (${inline(row.raised)})`),
  )

/** Everything before the first entry. */
export const markdownHead = (overview: Overview): string => {
  const parts = [
    '# Two agents, one task: a Duologue transcript',
    quote(overview.state.intent),
    facts(overview),
    cast(overview),
    plan(overview),
    findings(overview),
    followUps(overview),
    '---',
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n\n`
}
