/**
 * The transcript as one HTML file that loads nothing and runs nothing: its policy forbids everything but its own
 * style. Times are UTC.
 */
import type { Entry, Voice } from '../journal/entry'
import { agentName, SEATS } from '../pair/seat'
import { assertNever } from '../result'
import type { Finding } from '../review/finding'
import { STYLE } from './html-style'
import { htmlProse, htmlText } from './html-text'
import type { Overview } from './overview'
import { recordLines, recordTitle } from './record-words'
import {
  clock,
  dateTime,
  deliveryTitle,
  duration,
  endWords,
  findingPlace,
  holdWords,
  tokenWords,
  trailWords,
  turnFacts,
  verdictWords,
  voiceName,
  voiceWords,
} from './words'

type Of<T extends Entry['type']> = Extract<Entry, { type: T }>

const TITLE_CHARS = 80

const time = (at: string): string => `<time datetime="${htmlText(at)}">${clock(at)}</time>`

const by = (voice: Voice, facts: string, at: string): string =>
  `<div class="by"><b>${agentName(voice.agent)}</b><span>${voice.role}</span><span>${htmlText(facts)}</span>${time(at)}</div>`

const card = (who: Voice | 'human', inner: string): string =>
  `<article class="card ${who === 'human' ? 'human' : who.role}">${inner}</article>\n`

const note = (at: string, text: string, tone = ''): string =>
  `<article class="note ${tone}"><p>${htmlText(text)}</p>${time(at)}</article>\n`

const badge = (kind: string, words: string): string => `<span class="badge ${kind}">${words}</span>`

const outcome = ({ ended, verdict }: Overview): string => {
  if (ended)
    return badge(
      ended.reason === 'agreed' || ended.reason === 'passed' ? 'pass' : 'open',
      endWords(ended.reason),
    )
  return verdict === null
    ? badge('open', 'Not ended')
    : badge(verdict, `Not ended · last verdict: ${verdictWords(verdict)}`)
}

const cast = ({ seats, driver }: Overview): string =>
  SEATS.map(seat => {
    const { agent, version, model, tokens } = seats[seat]
    const role = seat === driver ? 'driver' : 'navigator'
    const facts = [version, model ?? '', tokens > 0 ? tokenWords(tokens) : ''].filter(Boolean).join(' · ')
    return `<div class="${role}"><b>${agentName(agent)}</b> began as ${role}<span>${htmlText(facts)}</span></div>`
  }).join('')

/** Everything before the first entry. */
export const htmlHead = (overview: Overview): string => {
  const { intent, folder, branch, startedAt, lastAt, rounds } = overview
  const title = htmlText(intent.slice(0, TITLE_CHARS).replace(/\s+/g, ' '))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · Duologue</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header class="top">
<p class="brand">Duologue transcript</p>
<h1>${htmlText(intent)}</h1>
<p class="outcome">${outcome(overview)}</p>
<dl class="facts">
<dt>Started</dt><dd>${dateTime(startedAt)} UTC</dd>
<dt>Took</dt><dd>${duration(startedAt, lastAt)}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}</dd>
<dt>Folder</dt><dd><code>${htmlText(folder)}</code>${branch === null ? '' : ` on <code>${htmlText(branch)}</code>`}</dd>
</dl>
<div class="cast">${cast(overview)}</div>
</header>
`
}

export const HTML_TAIL =
  '<footer>Written by Duologue. What looked like a secret was redacted.</footer>\n</main>\n</body>\n</html>\n'

const finding = (each: Finding): string => {
  const place = findingPlace(each)
  const where = place === '' ? '' : `<code>${htmlText(place)}</code>`
  const scope = each.inScope ? '' : '<span>follow-up</span>'
  return `<li><div class="by"><span class="${each.severity}">${each.severity}</span>${where}${scope}</div>${htmlProse(each.text)}</li>`
}

const review = (entry: Of<'review'>): string => {
  const list = entry.findings.length === 0 ? '' : `<ul>${entry.findings.map(finding).join('')}</ul>`
  const verdict = badge(entry.verdict, verdictWords(entry.verdict))
  const head =
    entry.by === 'human'
      ? `<div class="by"><b>You ruled</b>${verdict}${time(entry.at)}</div>`
      : `<div class="by"><b>${agentName(entry.voice.agent)}</b><span>reviewed</span>${verdict}${time(entry.at)}</div>`
  return card(entry.by === 'human' ? 'human' : entry.voice, head + htmlProse(entry.summary) + list)
}

const turn = (entry: Of<'turn'>): string => {
  const said = entry.said.map(text => `<div class="said">${htmlProse(text)}</div>`).join('')
  return card(entry.voice, by(entry.voice, turnFacts(entry), entry.at) + said + htmlProse(entry.text))
}

const delivery = (entry: Of<'delivery'>): string => {
  const original =
    entry.original === null ? '' : `<p class="h">Before you edited it</p>${htmlProse(entry.original)}`
  const text = `${htmlProse(entry.text)}${original}<p class="trail">${htmlText(trailWords(entry))}</p>`
  const title = htmlText(deliveryTitle(entry))
  const state = `<span class="trail">${entry.status}</span>${time(entry.at)}`
  if (entry.kind === 'steer') return card('human', `<div class="by"><b>${title}</b>${state}</div>${text}`)
  const side = typeof entry.from === 'string' ? '' : entry.from.role
  return `<details class="${side}"><summary><span>${title}</span>${state}</summary><div>${text}</div></details>\n`
}

const request = (entry: Of<'request'>): string => {
  const { request: asked, voice, at, closedAt, summary } = entry
  const title = asked.type === 'approval' ? `asks: ${asked.title}` : 'asks'
  const body =
    asked.type === 'approval'
      ? `${htmlProse(asked.reason)}<pre>${htmlText(asked.body)}</pre>`
      : asked.questions
          .map(({ text, options }) => {
            const list = options.map(
              ({ label, description }) => `<li>${htmlText(label)} ${htmlText(description)}</li>`,
            )
            return `${htmlProse(text)}<ul>${list.join('')}</ul>`
          })
          .join('')
  const end = closedAt === null ? 'still open' : `${summary} · after ${duration(at, closedAt)}`
  return card(voice, `${by(voice, title, at)}${body}<p class="h">${htmlText(end)}</p>`)
}

export const htmlEntry = (entry: Entry): string => {
  switch (entry.type) {
    case 'intent':
      return '<h2>Round 1</h2>\n' // the intent itself is the page's heading
    case 'turn':
      return turn(entry)
    case 'delivery':
      return delivery(entry)
    case 'review':
      return review(entry)
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'proof':
    case 'ruling':
    case 'restore':
      return note(entry.at, [recordTitle(entry), ...recordLines(entry)].join('\n'))
    case 'request':
      return request(entry)
    case 'hold':
      return note(
        entry.at,
        entry.releasedAt === null
          ? holdWords(entry.why)
          : `${holdWords(entry.why)} · for ${duration(entry.at, entry.releasedAt)}`,
      )
    case 'round':
      return `<h2>Round ${entry.round}</h2>\n`
    case 'swap':
      return note(
        entry.at,
        `Roles swapped: ${voiceName(entry.driver)} drives, ${voiceName(entry.navigator)} navigates`,
      )
    case 'seat':
      return note(entry.at, `${voiceWords(entry.voice)}: ${entry.text}`, entry.tone)
    case 'notice':
      return note(entry.at, `${entry.voice ? `${voiceWords(entry.voice)}: ` : ''}${entry.text}`)
    case 'ended': {
      const kind = entry.reason === 'agreed' || entry.reason === 'passed' ? 'pass' : 'open'
      return `<article class="end">${badge(kind, endWords(entry.reason))}<p>${htmlText(entry.detail)}</p></article>\n`
    }
    case 'unknown':
      return note(entry.at, `An event of a newer version: ${entry.name}`)
    default:
      return assertNever(entry)
  }
}
