/** What stands before the first entry of an HTML transcript: its policy, its look, and the whole pair at a glance. */
import { freshTokens } from '../agent/usage'
import { SEATS } from '../pair/seat'
import { nameOf, planOf } from '../pair/view'
import { endedWords, type FindingRow, findingRows, followUpRows } from './finding-words'
import { STYLE } from './html-style'
import { badge, htmlProse, htmlText } from './html-text'
import type { Overview } from './overview'
import { missingWords, outcomeWords, termWords } from './overview-words'
import { proofLine } from './proof-words'
import { planNotes } from './record-parts'
import { costWords, dateTime, duration, tokenWords } from './words'

const TITLE_CHARS = 80

const cast = ({ state, driver }: Overview): string =>
  SEATS.map(seat => {
    const { version, model, usage } = state.seats[seat]
    const role = seat === driver ? 'driver' : 'navigator'
    const tokens = freshTokens(usage)
    const facts = [version, model ?? '', tokens > 0 ? tokenWords(tokens) : '', costWords(usage)]
      .filter(Boolean)
      .join(' · ')
    return `<div class="${role}"><b>${nameOf(state, seat)}</b> began as ${role}<span>${htmlText(facts)}</span></div>`
  }).join('')

const outcome = (overview: Overview): string => {
  const { kind, words, detail } = outcomeWords(overview)
  const missing = missingWords(overview.state)
  const lacks = missing.length === 0 ? '' : `To have agreed it lacks: ${missing.join(', ')}.`
  const told = [detail, lacks].filter(Boolean).map(text => `<p class="under">${htmlText(text)}</p>`)
  return `<p class="outcome">${badge(kind, words)}</p>${told.join('')}`
}

const facts = ({ state }: Overview): string => {
  const { startedAt, lastAt, round, folder, branch, intentHash, pullRequest } = state
  const proof = proofLine(state)
  const rows: readonly (readonly [string, string])[] = [
    ['Started', `${dateTime(startedAt)} UTC`],
    ['Took', `${duration(startedAt, lastAt)}, ${round} ${round === 1 ? 'round' : 'rounds'}`],
    [
      'Folder',
      `<code>${htmlText(folder)}</code>${branch === null ? '' : ` on <code>${htmlText(branch)}</code>`}`,
    ],
    ['Terms', htmlText(termWords(state).join(' · '))],
    ['Proof', proof ? `<code>${htmlText(proof.command)}</code> ${htmlText(proof.facts.join(' · '))}` : ''],
    ['Draft pull request', pullRequest === null ? '' : htmlText(pullRequest)],
    ['Intent, SHA-256', intentHash === '' ? '' : `<code>${htmlText(intentHash)}</code>`],
  ]
  const shown = rows.filter(([, value]) => value !== '')
  return `<dl class="facts">${shown.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n')}</dl>`
}

const section = (title: string, inner: string): string =>
  inner === '' ? '' : `<section><h2>${htmlText(title)}</h2>${inner}</section>\n`

const plan = ({ state }: Overview): string => {
  const now = planOf(state)
  if (now === null) return ''
  const by = now.by === null ? 'you' : nameOf(state, now.by)
  const items = now.items.map(each => {
    const notes = planNotes(each).map(note => `<p class="under">${htmlText(note)}</p>`)
    return `<li><div class="by"><b>${htmlText(each.id)}</b></div>${htmlProse(each.text)}${notes.join('')}</li>`
  })
  return section(`Plan, version ${now.version} by ${by}`, `<ul>${items.join('')}</ul>`)
}

const what = ({ severity, place, text }: FindingRow): string =>
  `<div class="by"><span class="${severity}">${severity}</span>${place === '' ? '' : `<code>${htmlText(place)}</code>`}</div>${htmlProse(text)}`

const findings = ({ state, leftOut }: Overview): string => {
  const rows = findingRows(state).map(
    row =>
      `<tr><td>${htmlText(row.id)}</td><td>${what(row)}<p class="under">${htmlText(row.raised)}</p></td>` +
      `<td><b class="end-${row.state}">${htmlText(endedWords(row))}</b>${htmlProse(row.reason)}</td></tr>\n`,
  )
  if (rows.length === 0) return ''
  const more =
    leftOut === 0 ? '' : `<p class="under">${leftOut} more stand only below, with their reviews.</p>`
  const head = '<thead><tr><th>Id</th><th>Finding</th><th>How it ended</th></tr></thead>'
  return section('Findings', `<table>${head}<tbody>${rows.join('')}</tbody></table>${more}`)
}

const followUps = ({ state }: Overview): string => {
  const items = followUpRows(state).map(
    row => `<li>${what(row)}<p class="under">${htmlText(row.id)} · ${htmlText(row.raised)}</p></li>`,
  )
  return section('Follow-ups', items.length === 0 ? '' : `<ul>${items.join('')}</ul>`)
}

/** The script of the page, and its SHA-256 in base64: no other one runs. */
export interface PageScript {
  readonly text: string
  readonly hash: string
}

const policy = (script: PageScript | null): string =>
  [
    "default-src 'none'",
    ...(script ? [`script-src 'sha256-${script.hash}'`] : []),
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const lanes = ({ state, driver }: Overview): string => {
  const heads = SEATS.map(
    seat =>
      `<span class="${seat} ${seat === driver ? 'driver' : 'navigator'}"><b>${seat === driver ? 'Driver' : 'Navigator'}</b> ${htmlText(nameOf(state, seat))}</span>`,
  )
  return `<div class="lanes">${heads.join('')}</div>`
}

const HOW_TO_READ =
  'Time runs down. Bars are turns: the longer the turn, the longer the bar, by the logarithm of time. Lines from lane to lane are handoffs, with the verdict where they land. Between the lanes speaks the human. Each row opens into its exact record. “You” is the human who ran the pair.'

/** Everything before the first entry. @param script null: the page runs nothing. */
export const htmlHead = (overview: Overview, script: PageScript | null): string => {
  const { intent } = overview.state
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${htmlText(intent.slice(0, TITLE_CHARS).replace(/\s+/g, ' '))} · Duologue</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header class="top">
<div class="tools"><button type="button" id="open-all" hidden>Open all</button><button type="button" id="theme" hidden>Dark or light</button></div>
<p class="brand">Two agents, one task · a Duologue transcript</p>
<h1>${htmlText(intent)}</h1>
${outcome(overview)}
${facts(overview)}
<div class="cast">${cast(overview)}</div>
${findings(overview)}${followUps(overview)}${plan(overview)}</header>
<h2>The score</h2>
<p class="under">${HOW_TO_READ}</p>
<div class="score">
${lanes(overview)}
`
}
