/** What the navigator looks for in a diff and in the outcome of the tests. Pure: facts in, findings out. */

import { blamedLine, callWords, type Probe } from './probes'
import type { TestOutcome } from './run-tests'
import type { Called } from './sandbox'

export interface Finding {
  readonly severity: 'blocker' | 'major' | 'minor'
  readonly file: string
  readonly line?: number
  readonly text: string
  readonly inScope: boolean
}

interface AddedLine {
  readonly file: string
  readonly line: number
  readonly text: string
}

export interface Diff {
  readonly files: readonly string[]
  readonly added: readonly AddedLine[]
}

/** Reads a unified diff. New files that are not in the index yet are not in it; they are given beside. */
export function readDiff(text: string, untracked: readonly string[] = []): Diff {
  const files: string[] = []
  const added: AddedLine[] = []
  let file = ''
  let line = 0
  for (const row of text.split('\n')) {
    const name = /^diff --git a\/.+ b\/(.+)$/.exec(row)?.[1]
    const hunk = /^@@ -\S+ \+(\d+)/.exec(row)?.[1]
    if (name !== undefined) {
      file = name
      line = 0
      files.push(name)
    } else if (hunk !== undefined) line = Number(hunk)
    else if (line > 0 && row.startsWith('+')) {
      added.push({ file, line, text: row.slice(1) })
      line += 1
    } else if (line > 0 && row.startsWith(' ')) line += 1
  }
  return { files: [...files, ...untracked.filter(name => !files.includes(name))], added }
}

const CODE = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|swift|c|cc|cpp|cs|php)$/
const isTest = (file: string): boolean => /(?:^|[/._-])(?:tests?|spec|__tests__)(?:[/._-]|$)/i.test(file)
/** A review that says everything says nothing. */
const MAX_FINDINGS = 12

export function fromTests(outcome: TestOutcome): readonly Finding[] {
  if (outcome.ok) return []
  const failures = outcome.report?.failures ?? []
  if (failures.length === 0) {
    const last = outcome.output.trim().split('\n').at(-1) ?? ''
    const why = [outcome.note, last].filter(part => part !== '').join(': ')
    return [
      {
        severity: 'major',
        file: 'package.json',
        text: `The tests fail: ${why}`,
        inScope: true,
      },
    ]
  }
  return failures.map(failure => ({
    severity: 'major',
    file: failure.file === '' ? 'package.json' : failure.file,
    ...(failure.line === null ? {} : { line: failure.line }),
    text: `The test “${failure.name}” fails: ${failure.message}`,
    inScope: true,
  }))
}

/** `proof`: how the proof that Duologue ran has failed, or null. */
export const fromProof = (proof: string | null): readonly Finding[] =>
  proof === null
    ? []
    : [{ severity: 'major', file: '', text: `The proof does not pass: ${proof}.`, inScope: true }]

export function fromDiff(diff: Diff): readonly Finding[] {
  if (diff.files.length === 0)
    return [
      {
        severity: 'blocker',
        file: '',
        text: 'The diff is empty: nothing was done for the intent.',
        inScope: true,
      },
    ]
  const left = diff.added.flatMap((added): readonly Finding[] => {
    const what = CODE.test(added.file)
      ? /console\.log|\b(?:TODO|FIXME)\b|\bdebugger\b/.exec(added.text)?.[0]
      : undefined
    if (what === undefined) return []
    return [
      {
        severity: 'minor',
        file: added.file,
        line: added.line,
        text: `“${what}” was left in.`,
        inScope: true,
      },
    ]
  })
  const code = diff.files.filter(file => CODE.test(file) && !isTest(file))
  const first = code[0]
  if (first === undefined || diff.files.some(isTest)) return left
  const line = diff.added.find(added => added.file === first)?.line
  return [
    ...left,
    {
      severity: 'minor',
      file: first,
      ...(line === undefined ? {} : { line }),
      text: 'The code was changed without a changed test.',
      inScope: true,
    },
  ]
}

/** What a probe that went wrong says; null when it gave what it should. */
export function fromProbe(probe: Probe, source: string, result: Called | undefined): Finding | null {
  if (result === undefined || ('value' in result && result.value === probe.want)) return null
  const got = 'value' in result ? `gives "${result.value}"` : `fails with “${result.error}”`
  return {
    severity: probe.inScope ? 'major' : 'minor',
    file: probe.file,
    line: blamedLine(source, probe.blame),
    text: `${callWords(probe)} ${got}, not "${probe.want}": ${probe.about}.`,
    inScope: probe.inScope,
  }
}

export const bounded = (findings: readonly Finding[]): readonly Finding[] => findings.slice(0, MAX_FINDINGS)
export const verdictOf = (findings: readonly Finding[]): 'pass' | 'changes' =>
  findings.some(finding => finding.inScope) ? 'changes' : 'pass'
