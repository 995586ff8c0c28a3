/** Reads what `node --test --test-reporter=tap` prints. Pure. Format: TAP 13/14 as Node 18 to 24 write it. */

export interface TestFailure {
  readonly name: string
  /** Relative to the repository where it lies in it; empty when unknown. */
  readonly file: string
  readonly line: number | null
  readonly message: string
}

export interface TestReport {
  readonly passed: number
  readonly failed: number
  readonly failures: readonly TestFailure[]
}

const POINT = /^(\s*)(not ok|ok) \d+ - (.*?)(?: # (?:SKIP|TODO).*)?$/

/** Null when this is not a TAP report with totals. */
export function readTap(output: string, folder: string): TestReport | null {
  const total = (name: string) => new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1]
  const passed = total('pass')
  const failed = total('fail')
  if (passed === undefined || failed === undefined) return null
  const lines = output.split('\n')
  const failures = lines.flatMap((line, at) => {
    const point = POINT.exec(line)
    if (point?.[2] !== 'not ok') return []
    const failure = readFailure(point[3] ?? '', detailsAfter(lines, at), folder)
    return failure === null ? [] : [failure]
  })
  return { passed: Number(passed), failed: Number(failed), failures }
}

/** The YAML block of a test point, without its common indentation. */
function detailsAfter(lines: readonly string[], at: number): string {
  if (lines[at + 1]?.trim() !== '---') return ''
  const end = lines.findIndex((line, index) => index > at + 1 && line.trim() === '...')
  return lines.slice(at + 2, end < 0 ? undefined : end).join('\n')
}

function readFailure(name: string, details: string, folder: string): TestFailure | null {
  // A parent fails because a child did; the child has its own point.
  if (details.includes("failureType: 'subtestsFailed'")) return null
  const value = (key: string) => new RegExp(`^\\s*${key}: (.*)$`, 'm').exec(details)?.[1]
  const expected = value('expected')
  const actual = value('actual')
  const block = /^(\s*)error: \|-\n((?:\1\s+.*\n?|\s*\n)+)/m.exec(details)?.[2]
  const error = block?.trim().split('\n')[0]?.trim() ?? unquote(value('error') ?? 'it failed')
  const message =
    expected !== undefined && actual !== undefined ? `expected ${expected}, got ${actual}` : error
  const stack = details.slice(Math.max(0, details.indexOf('stack:')))
  const place = placeIn(stack, folder) ?? placeIn(details, folder)
  return { name, file: place?.file ?? '', line: place?.line ?? null, message }
}

const unquote = (text: string): string => text.replace(/^'(.*)'$/, '$1').replace(/^"(.*)"$/, '$1')

/** The first `path:line:column` inside the folder, dependencies left out. */
export function placeIn(text: string, folder: string): { file: string; line: number } | null {
  for (const match of text.matchAll(/(?:file:\/\/)?((?:[A-Za-z]:)?[/\\][^\s'"():]+):(\d+):\d+/g)) {
    const path = match[1] ?? ''
    if (!path.startsWith(folder) || path.includes('node_modules')) continue
    const file = path.slice(folder.length).replace(/\\/g, '/').replace(/^\/+/, '')
    return { file, line: Number(match[2]) }
  }
  return null
}
