import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asDeliveryId, asRequestId, asTurnId } from '../ids'
import type { Entry, Voice } from '../journal/entry'
import { htmlEntry, htmlHead } from './html'
import { escapeHtml, htmlProse } from './html-text'
import { emptyOverview } from './overview'

const TAGS =
  /<\/?(?:article|b|code|details|div|h2|li|p|pre|span|strong|summary|time|ul)(?: (?:class|datetime)="[\w .:-]*")*>/g

/** What is left of our output without our own tags must hold no mark that could begin or end markup. */
const expectInert = (html: string): void => {
  expect(html.replace(TAGS, '')).not.toMatch(/[<>"']/)
  expect(html.replace(TAGS, '').replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '<img src=x onerror=alert(1)>',
        '[x](javascript:alert(1))',
        '"><a href="javascript:1">',
        "' onclick='x",
        '```',
        '~~~',
        '`',
        '**',
        '# ',
        '\n',
        '\n\n',
        '&lt;',
        '<!--',
        ']]>',
        '\u202e',
        'a b',
      ),
    )
    .map(parts => parts.join('')),
)
const voice: Voice = { seat: 'left', role: 'driver', agent: 'claude' }
const at = '2026-11-22T14:02:11.031Z'
const base = { seq: 1, at, round: 1 }

const entries = (text: string): readonly Entry[] => [
  {
    ...base,
    type: 'turn',
    voice,
    turn: asTurnId(text),
    cause: 'human',
    endedAt: at,
    outcome: { type: 'failed', cause: 'crash', detail: text },
    said: [text],
    text,
    measure: { diffstat: null, target: null, note: text },
    tokens: null,
  },
  ...(['steer', 'handoff'] as const).map(
    (kind): Entry => ({
      ...base,
      type: 'delivery',
      id: asDeliveryId(text),
      kind,
      when: 'now',
      from: kind === 'steer' ? 'human' : voice,
      to: voice,
      text,
      original: text,
      status: 'dropped',
      detail: text,
      carriedBy: null,
      trail: { queued: at, sending: null, accepted: null, answered: null, dropped: at },
      measure: null,
    }),
  ),
  {
    ...base,
    type: 'review',
    voice,
    verdict: 'changes',
    by: 'navigator',
    summary: text,
    findings: [{ id: text as never, severity: 'major', file: text, line: 3, text, inScope: false }],
    plan: null,
    matches: [{ navigator: text as never, driver: text as never, why: text }],
    verdicts: { left: 'pass', right: 'changes' },
    nothingNew: false,
  },
  {
    ...base,
    type: 'plan',
    by: 'human',
    version: 2,
    items: [{ id: text, text, why: text, files: [text] }],
    before: [],
    reason: text,
  },
  {
    ...base,
    type: 'report',
    voice,
    report: { summary: text, planItems: [text], files: [text], notDone: text },
  },
  { ...base, type: 'answers', voice, answers: [{ id: text as never, answer: 'rejected', reason: text }] },
  {
    ...base,
    type: 'proof',
    run: 1,
    by: 'report',
    command: text,
    endedAt: at,
    result: {
      outcome: { type: 'notStarted', message: text },
      durationMs: 1,
      tail: text,
      bytes: 1,
      tree: text,
      changed: true,
    },
    sentBack: 1,
  },
  { ...base, type: 'ruling', id: text as never, ruling: 'dismissed', reason: text },
  { ...base, type: 'restore', checkpoint: 1, tree: text, kept: 2, problem: text },
  {
    ...base,
    type: 'request',
    voice,
    id: asRequestId(text),
    request: { type: 'approval', id: asRequestId(text), title: text, body: text, reason: text, choices: [] },
    closedAt: at,
    by: 'agent',
    summary: text,
  },
  {
    ...base,
    type: 'request',
    voice,
    id: asRequestId(text),
    request: {
      type: 'question',
      id: asRequestId(text),
      questions: [
        {
          id: text,
          header: text,
          text,
          options: [{ label: text, description: text }],
          multiple: false,
          freeText: true,
        },
      ],
    },
    closedAt: null,
    by: null,
    summary: '',
  },
  {
    ...base,
    type: 'hold',
    why: { type: 'trouble', seat: 'left', cause: 'quota', detail: text },
    releasedAt: null,
  },
  { ...base, type: 'seat', voice, text, tone: 'trouble', ready: null },
  { ...base, type: 'notice', voice: null, text },
  { ...base, type: 'ended', reason: 'human', detail: text },
  { ...base, type: 'unknown', name: text },
]

it('lets no text become markup, in any entry', () => {
  fc.assert(
    fc.property(nasty, text => {
      for (const entry of entries(text)) expectInert(htmlEntry(entry))
      expectInert(htmlProse(text))
    }),
    { numRuns: 300 },
  )
})

it('lets no text of the head become markup', () => {
  const plain = htmlHead({ ...emptyOverview, intent: 'MARK', folder: 'MARK', branch: 'MARK' })
  fc.assert(
    fc.property(nasty, text => {
      const html = htmlHead({ ...emptyOverview, intent: text, folder: text, branch: text })
      const count = (of: string): number => of.split('<').length
      expect(count(html)).toBe(count(plain))
    }),
  )
  expect(plain).toContain("default-src 'none'")
})

it('escapes what ends text or an attribute', () => {
  expect(escapeHtml(`<a href="x" b='y'>&`)).toBe('&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;')
})

it('shows code and headings as such', () => {
  expect(htmlProse('# Done\n\nuse `a < b`, **now**\n\n```ts\nx\n\n**y**\n```\nend')).toBe(
    '<p class="h">Done</p><p>use <code>a &lt; b</code>, <strong>now</strong></p><pre>x\n\n**y**</pre><p>end</p>',
  )
})
