/** What stood in both terminals of the scored pair: recordings that say what its journal says, at the same times. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from './app'

const [COLS, ROWS] = [64, 36]

/** An agent's own line about an event of its seat. */
const said = (event: Event): string => {
  switch (event.type) {
    case 'seatReady':
      return `\x1b[1mAgent ${event.version}\x1b[0m · ${event.model}`
    case 'turnStarted':
      return '\x1b[2m› A message from Duologue\x1b[0m'
    case 'planProposed':
      return `\x1b[32m●\x1b[0m \x1b[1mpropose_plan\x1b[0m version ${event.version}`
    case 'findingsAnswered':
      return '\x1b[32m●\x1b[0m \x1b[1manswer_findings\x1b[0m'
    case 'doneReported':
      return `\x1b[32m●\x1b[0m \x1b[1mreport_done\x1b[0m ${Object(event.report).summary}`
    case 'reviewed':
      return `\x1b[33m●\x1b[0m \x1b[1msubmit_review\x1b[0m ${event.verdict}\r\n  ${event.summary}`
    case 'turnEnded':
      return `● ${event.text}`
    default:
      return ''
  }
}

/** Beside the journal in `folder`, one for each seat. */
export const recordScore = (folder: string): void => {
  const events = readFileSync(join(folder, 'journal.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Event)
  const began = String(events[0]?.at)
  const seconds = (at: string) => ((Date.parse(at) - Date.parse(began)) / 1_000).toFixed(6)
  for (const [seat, name] of [
    ['left', 'driver'],
    ['right', 'navigator'],
  ] as const) {
    const header = {
      version: 2,
      width: COLS,
      height: ROWS,
      timestamp: Date.parse(began) / 1_000,
      title: name,
    }
    const lines = events
      .filter(event => event.seat === seat && said(event) !== '')
      .map(event => `[${seconds(String(event.at))},"o",${JSON.stringify(`${said(event)}\r\n\r\n`)}]`)
    const run = `[0.000000,"m","Run began ${began}"]`
    const path = join(folder, `${name}.cast`)
    writeFileSync(path, `${[JSON.stringify(header), run, ...lines].join('\n')}\n`, { mode: 0o600 })
    // When it was last written is told with the last screen.
    const ended = Date.parse(String(events.at(-1)?.at)) / 1_000
    utimesSync(path, ended, ended)
  }
}
