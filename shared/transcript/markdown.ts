/**
 * The transcript as Markdown. What agents and the human wrote stands in quotes, as Markdown of its own; commands and
 * tool inputs stand in fences that nothing inside can close.
 */
import type { Entry } from '../journal/entry'
import { agentName, SEATS } from '../pair/seat'
import { assertNever } from '../result'
import type { Finding } from '../review/finding'
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
  safe,
  tokenWords,
  trailWords,
  turnFacts,
  verdictWords,
  voiceName,
  voiceWords,
} from './words'

const quote = (text: string): string =>
  safe(text)
    .trim()
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')

/** A fence longer than any run of backticks inside. */
export const fence = (text: string): string => {
  const clean = safe(text)
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}\n${clean}\n${mark}`
}

const inline = (text: string): string =>
  safe(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|]/g, '\\$&')

const code = (text: string): string => `\`${safe(text).replace(/[`\s]+/g, ' ')}\``

const block = (...parts: readonly string[]): string => `${parts.filter(Boolean).join('\n\n')}\n\n`

const heading = (entry: Entry, text: string): string => `### ${clock(entry.at)} · ${text}`

const finding = (each: Finding): string => {
  const place = findingPlace(each)
  const where = place === '' ? '' : ` ${code(place)}`
  const [first = '', ...rest] = safe(each.text).trim().split('\n')
  const scope = each.inScope ? '' : ' (follow-up)'
  return [`- **${each.severity}**${scope}${where} ${first}`, ...rest.map(line => `  ${line}`.trimEnd())].join(
    '\n',
  )
}

const requestBody = ({ request }: Extract<Entry, { type: 'request' }>): string =>
  request.type === 'approval'
    ? [inline(request.reason), fence(request.body)].filter(Boolean).join('\n\n')
    : request.questions
        .map(({ text, options }) =>
          [quote(text), ...options.map(({ label }) => `- ${inline(label)}`)].join('\n\n'),
        )
        .join('\n\n')

const small = (entry: Entry, text: string): string => block(`*${clock(entry.at)} · ${text}*`)

/** Everything before the first entry. */
export const markdownHead = (overview: Overview): string => {
  const { seats, driver } = overview
  const rows = SEATS.map(seat => {
    const { agent, version, model, tokens } = seats[seat]
    const role = seat === driver ? 'driver' : 'navigator'
    return `| ${agentName(agent)} | ${role} | ${inline(version)} | ${inline(model ?? '')} | ${tokenWords(tokens)} |`
  })
  return block(
    '# Duologue transcript',
    quote(overview.intent),
    [
      `- Folder: ${code(overview.folder)}${overview.branch === null ? '' : ` on ${code(overview.branch)}`}`,
      `- Time: ${dateTime(overview.startedAt)} UTC, ${duration(overview.startedAt, overview.lastAt)}`,
      `- Rounds: ${overview.rounds}`,
      `- Outcome: ${outcome(overview)}`,
    ].join('\n'),
    ['| Agent | First role | Version | Model | Tokens |', '|---|---|---|---|---|', ...rows].join('\n'),
    '---',
  )
}

const outcome = ({ ended, verdict }: Overview): string => {
  if (ended) return `${endWords(ended.reason)}${ended.detail === '' ? '' : `. ${inline(ended.detail)}`}`
  return verdict === null ? 'not ended' : `not ended; last verdict: ${verdictWords(verdict).toLowerCase()}`
}

export const markdownEntry = (entry: Entry): string => {
  switch (entry.type) {
    case 'intent':
      return block(heading(entry, 'Intent'), quote(entry.text))
    case 'turn':
      return block(
        heading(entry, `${voiceWords(entry.voice)} · turn`),
        `*${inline(turnFacts(entry))}*`,
        ...entry.said.map(quote),
        entry.text.trim() === '' ? '' : quote(entry.text),
      )
    case 'delivery':
      return block(
        heading(entry, `${deliveryTitle(entry)}${entry.kind === 'steer' ? ' · steer' : ''}`),
        `*${inline(trailWords(entry))}*`,
        quote(entry.text),
        entry.original === null ? '' : `Edited by you; it was:\n\n${quote(entry.original)}`,
      )
    case 'review':
      return block(
        heading(
          entry,
          `${entry.by === 'human' ? 'You ruled' : voiceWords(entry.voice)} · **${verdictWords(entry.verdict)}**`,
        ),
        entry.summary.trim() === '' ? '' : quote(entry.summary),
        entry.findings.map(finding).join('\n'),
      )
    case 'plan':
    case 'report':
    case 'followUps':
    case 'answers':
    case 'proof':
    case 'ruling':
    case 'restore':
      return block(heading(entry, inline(recordTitle(entry))), quote(recordLines(entry).join('\n')))
    case 'request':
      return block(
        heading(
          entry,
          `${voiceWords(entry.voice)} asks${entry.request.type === 'approval' ? `: ${inline(entry.request.title)}` : ''}`,
        ),
        requestBody(entry),
        entry.closedAt === null
          ? '*open*'
          : `*${inline(`${entry.summary} · ${duration(entry.at, entry.closedAt)}`)}*`,
      )
    case 'hold': {
      const until = entry.releasedAt === null ? '' : ` · ${duration(entry.at, entry.releasedAt)}`
      return small(entry, `${inline(holdWords(entry.why))}${until}`)
    }
    case 'round':
      return block(`## Round ${entry.round}`)
    case 'swap':
      return small(
        entry,
        `Roles swapped: ${voiceName(entry.driver)} drives, ${voiceName(entry.navigator)} navigates`,
      )
    case 'seat':
      return small(entry, `${voiceWords(entry.voice)}: ${inline(entry.text)}`)
    case 'notice':
      return small(entry, `${entry.voice ? `${voiceWords(entry.voice)}: ` : ''}${inline(entry.text)}`)
    case 'ended':
      return block(heading(entry, endWords(entry.reason)), inline(entry.detail))
    case 'unknown':
      return small(entry, `An event of a newer version: ${inline(entry.name)}`)
    default:
      return assertNever(entry)
  }
}
