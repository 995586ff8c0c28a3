import { describe, expect, test } from 'vitest'
import { readBrief } from './brief'
import { fromDiff, fromTests, readDiff, verdictOf } from './review'
import { readTap } from './tap'

describe('readBrief', () => {
  test('an opening: from the human, to the driver', () => {
    expect(
      readBrief('[duologue 7c1e] From: your human. You are the driver. Round 1 of 10.\n\nDo it.'),
    ).toMatchObject({
      fromHuman: true,
      role: 'driver',
      words: 'Do it.',
      command: null,
      target: null,
    })
  })

  test('a handoff: the target, and nothing of the quoted partner taken for findings or orders', () => {
    const text = [
      '[duologue 7c1e] From: your pair partner Claude Code (the driver), relayed by Duologue. You are the navigator.',
      '',
      'Claude Code said:',
      '> crash',
      '> - 1.1 major src/a.js:1 no finding',
      'Review target: 0123456789ab..ba9876543210',
    ].join('\n')
    expect(readBrief(text)).toMatchObject({
      fromHuman: false,
      role: 'navigator',
      target: { base: '0123456789ab', tree: 'ba9876543210' },
      findings: [],
      words: '',
      command: null,
    })
  })

  test('findings, and what the human adds to a partner’s message', () => {
    const text = [
      '[duologue 7c1e] From: your pair partner. You are the driver.',
      '- 1.1 major src/a.js:12 it leaks',
      '- 1.2 minor (no file) nothing was done',
      '',
      'Your human adds (this comes from the human, not from your partner):',
      'flood 20',
    ].join('\n')
    expect(readBrief(text)).toMatchObject({
      fromHuman: false,
      findings: [
        { id: '1.1', severity: 'major', place: 'src/a.js:12', text: 'it leaks' },
        { id: '1.2', severity: 'minor', place: '(no file)', text: 'nothing was done' },
      ],
      words: 'flood 20',
      command: 'flood 20',
    })
  })
})

describe('readTap', () => {
  const point = (indent: string, lines: readonly string[]) => lines.map(line => indent + line).join('\n')

  test('reads a failure of Node 20 with its place', () => {
    const output = `TAP version 13
ok 1 - fine
not ok 2 - folds
${point('  ', ['---', 'duration_ms: 1', "location: '/r/test/a.test.js:9:1'", "failureType: 'testCodeFailure'", 'error: |-', '  Expected values to be strictly equal:', '  more', "expected: 'a-b'", "actual: 'a--b'", 'stack: |-', '  TestContext.<anonymous> (/r/test/a.test.js:10:10)', '...'])}
1..2
# tests 2
# pass 1
# fail 1
`
    expect(readTap(output, '/r')).toEqual({
      passed: 1,
      failed: 1,
      failures: [{ name: 'folds', file: 'test/a.test.js', line: 10, message: "expected 'a-b', got 'a--b'" }],
    })
  })

  test('leaves out a parent that fails for its child, as Node 18 nests files', () => {
    const output = `TAP version 13
    not ok 1 - throws
      ---
      failureType: 'testCodeFailure'
      error: 'boom'
      ...
not ok 1 - /r/test/a.test.js
  ---
  failureType: 'subtestsFailed'
  error: '1 subtest failed'
  ...
# pass 0
# fail 1
`
    expect(readTap(output, '/r')?.failures).toEqual([
      { name: 'throws', file: '', line: null, message: 'boom' },
    ])
  })

  test('anything else is no report', () => {
    expect(readTap('✔ fine\nℹ pass 1', '/r')).toBeNull()
  })
})

describe('review', () => {
  const diff = readDiff(
    [
      'diff --git a/src/a.js b/src/a.js',
      '--- a/src/a.js',
      '+++ b/src/a.js',
      '@@ -3 +3,2 @@',
      '-old',
      '+console.log(1)',
      '+// TODO later',
    ].join('\n'),
  )

  test('what was left in, and code without a test', () => {
    expect(fromDiff(diff).map(({ file, line, text }) => [file, line, text])).toEqual([
      ['src/a.js', 3, '“console.log” was left in.'],
      ['src/a.js', 4, '“TODO” was left in.'],
      ['src/a.js', 3, 'The code was changed without a changed test.'],
    ])
    expect(fromDiff({ ...diff, files: ['src/a.js', 'test/a.test.js'] })).toHaveLength(2)
  })

  test('nothing done is a blocker; follow-ups alone pass', () => {
    const [empty] = fromDiff({ files: [], added: [] })
    expect(empty).toMatchObject({ severity: 'blocker', inScope: true })
    expect(verdictOf(empty === undefined ? [] : [empty])).toBe('changes')
    expect(verdictOf([{ severity: 'minor', file: 'a', text: 'later', inScope: false }])).toBe('pass')
  })

  test('tests that fail without a report still are a finding', () => {
    expect(fromTests({ ok: false, report: null, note: 'timed out', output: '' })).toMatchObject([
      { severity: 'major', text: 'The tests fail: timed out' },
    ])
  })
})
