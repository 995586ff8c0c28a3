import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asDeliveryId, asRequestId, asTurnId } from '../ids'
import type { Entry, Voice } from '../journal/entry'
import { nothing } from '../pair/initial'
import { htmlHead } from './html-head'
import { createHtmlScore, NOTHING_BESIDE } from './html-score'
import { escapeHtml, htmlProse } from './html-text'
import { emptyOverview, type Overview } from './overview'

const TAGS =
  /<\/?(?:article|b|button|code|dd|del|details|div|dl|dt|h1|h2|h3|header|i|ins|li|p|path|pre|section|small|span|strong|summary|svg|table|tbody|td|th|thead|time|tr|ul)(?: (?:hidden|open)| (?:aria-hidden|class|d|data-moment|datetime|id|preserveAspectRatio|style|type|viewBox)="[\w .:;%-]*"| data-words="[\w ,]*")*>/g

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
    type: 'plan',
    by: voice,
    version: 3,
    items: [{ id: 'a', text: `new ${text}`, why: text, files: [] }],
    before: [
      { id: 'a', text: `old ${text}`, why: '', files: [text] },
      { id: text, text, why: text, files: [text] },
    ],
    reason: text,
  },
  {
    ...base,
    type: 'followUps',
    voice,
    findings: [{ id: text as never, severity: 'minor', file: text, line: 0, text, inScope: false }],
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
      const score = createHtmlScore(at)
      for (const entry of entries(text)) expectInert(score.take(entry, NOTHING_BESIDE))
      expectInert(score.end())
      expectInert(htmlProse(text))
    }),
    { numRuns: 300 },
  )
})

const overviewOf = (text: string): Overview => ({
  ...emptyOverview,
  leftOut: 1,
  state: {
    ...nothing,
    intent: text,
    intentHash: text,
    folder: text,
    branch: text,
    pullRequest: text,
    terms: { ...nothing.terms, proof: { command: text, limitSeconds: 60 } },
    seats: { ...nothing.seats, left: { ...nothing.seats.left, version: text, model: text } },
    stage: { phase: 'ended', reason: 'failed', detail: text },
    plans: [
      { version: 1, items: [{ id: text, text, why: text, files: [text] }], by: null, reason: text, at },
    ],
    findings: [true, false].map(inScope => ({
      finding: {
        id: text as never,
        severity: 'major',
        file: text,
        line: 3,
        text,
        inScope,
        repeats: text as never,
      },
      round: 1,
      at,
      raisedBy: 'right',
      plan: null,
      handoff: null,
      promotedAt: null,
      answer: { id: text as never, answer: 'rejected', reason: text, by: 'left', at },
      ruling: null,
    })),
  },
})

it('lets no text of the head become markup', () => {
  const body = (html: string): string => html.slice(html.indexOf('<h1>'))
  const plain = htmlHead(overviewOf('MARK'), null)
  fc.assert(
    fc.property(nasty, text => {
      const html = htmlHead(overviewOf(text), null)
      expect(html.slice(0, html.indexOf('<title>'))).toBe(plain.slice(0, plain.indexOf('<title>')))
      expectInert(body(html))
    }),
  )
  expect(plain).toContain("default-src 'none'")
  expect(plain.split('MARK').length).toBeGreaterThan(18)
})

it('escapes what ends text or an attribute', () => {
  expect(escapeHtml(`<a href="x" b='y'>&`)).toBe('&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;')
})

it('shows code and headings as such', () => {
  expect(htmlProse('# Done\n\nuse `a < b`, **now**\n\n```ts\nx\n\n**y**\n```\nend')).toBe(
    '<p class="h">Done</p><p>use <code>a &lt; b</code>, <strong>now</strong></p><pre>x\n\n**y**</pre><p>end</p>',
  )
})
