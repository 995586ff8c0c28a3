/**
 * Replaces what looks like a secret by `[redacted: kind]`. It knows well-known shapes and labelled values; a secret
 * without a label or a shape of its own, or one split over two messages, it cannot see. Ids, hashes, paths and code
 * stay as they are, because a transcript without them is worth little. The human may keep what is none, and name
 * words of their own.
 */

/** Each begins at the start of a token, so that matching is linear in the text. `hint`: what no match is without. */
const SHAPES: readonly (readonly [kind: string, hint: string, shape: RegExp])[] = [
  [
    'private key',
    '-----begin',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  ['Anthropic key', 'sk-ant-', /(?<![\w-])sk-ant-[\w-]{16,}/g],
  ['API key', '[srp]k[-_]', /(?<![\w-])(?:sk|rk|pk)[-_](?=[\w-]*\d)[\w-]{20,}/g],
  ['GitHub token', 'gh[opsur]_|github_pat_', /(?<!\w)(?:gh[opsur]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/g],
  ['GitLab token', 'glpat-', /(?<![\w-])glpat-[\w-]{20,}/g],
  ['npm token', 'npm_', /(?<!\w)npm_[A-Za-z0-9]{36,}/g],
  ['AWS key', 'akia|asia', /(?<!\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)/g],
  ['Slack token', 'xox', /(?<![\w-])xox[a-z]-[A-Za-z0-9-]{10,}/g],
  ['Google key', 'aiza', /(?<![\w-])AIza[\w-]{35}/g],
  ['JWT', 'eyj', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g],
]

const BEARER = /\b(bearer|basic)(\s+)[A-Za-z0-9._~+/-]{16,}=*/gi
const USERINFO = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/@:"'<>]{0,200}):([^\s/@"'<>]{1,200})@/gi
const LABELLED =
  /(pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)(["'`]?\s{0,3}[:=]\s{0,3})(["'`]?)([^\s"'`,;]{4,})/gi

/** One look for what most texts lack, instead of one for each rule. */
const HINT = new RegExp(
  [...SHAPES.map(([, hint]) => hint), 'bearer|basic', '://', 'pass|pwd|secret|token|key'].join('|'),
  'i',
)

/** Names, calls, templates, paths and what is redacted already are no secrets. */
const isCode = (value: string): boolean =>
  /[(){}<>[\]]|^[$*./~\\]|^(?:process|os|env|this|self|config|settings)\b/.test(value)

const looksSecret = (label: string, sign: string, quote: string, value: string): boolean => {
  if (isCode(value)) return false
  if (quote !== '') return value.length >= 6
  const isPassword = /^p/i.test(label) && !/^private/i.test(label)
  if (isPassword && sign.includes('=') && !/\s/.test(sign)) return true
  return value.length >= 6 && /\d/.test(value) && /[A-Za-z]/.test(value)
}

/** A place in a text that looks like a secret; `start` to `end` is what is replaced. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly kind: string
  readonly value: string
}

/** What the human chose. */
export interface Choice {
  /** Found by the rules and no secret. */
  readonly keep: readonly string[]
  /** Replaced wherever they stand, whatever their case. */
  readonly words: readonly string[]
}

export const BY_RULES: Choice = { keep: [], words: [] }

/** A shorter one would be found in the middle of everything. */
export const LEAST_WORD_CHARS = 3

export interface Redactor {
  /** In order, without overlaps. */
  readonly find: (text: string) => readonly Found[]
  readonly redact: (text: string) => string
}

/** Those of a rule; `group`: the part of the match that is the secret, 0 the whole. */
const matches = (
  text: string,
  pattern: RegExp,
  found: (
    match: RegExpMatchArray,
  ) => { readonly kind: string; readonly value: string; readonly at: number } | null,
): readonly Found[] => {
  // Most texts fit no rule, and a pair has a million of them: `matchAll` copies the pattern before it looks.
  if (text.search(pattern) === -1) return []
  return [...text.matchAll(pattern)].flatMap(match => {
    const secret = found(match)
    if (!secret) return []
    const start = match.index + secret.at
    return [{ start, end: start + secret.value.length, kind: secret.kind, value: secret.value }]
  })
}

/** Each rule's places, in the order of their right to one: a shape says more than a label. */
const byRules = (text: string): readonly (readonly Found[])[] => {
  if (!HINT.test(text)) return []
  return [
    ...SHAPES.map(([kind, , shape]) => matches(text, shape, ([value]) => ({ kind, value, at: 0 }))),
    matches(text, USERINFO, ([, scheme = '', user = '', password = '']) => ({
      kind: 'credentials',
      value: `${user}:${password}`,
      at: scheme.length,
    })),
    matches(text, BEARER, ([whole, word = '', gap = '']) => {
      const at = word.length + gap.length
      return { kind: 'credentials', value: whole.slice(at), at }
    }),
    matches(text, LABELLED, ([, label = '', sign = '', quote = '', value = '']) =>
      looksSecret(label, sign, quote, value)
        ? { kind: label.toLowerCase(), value, at: label.length + sign.length + quote.length }
        : null,
    ),
  ]
}

/** Both are in order and without overlaps, and so is what comes of them; where they overlap, `first` stays. */
const withMore = (first: readonly Found[], more: readonly Found[]): readonly Found[] => {
  if (first.length === 0 || more.length === 0) return first.length === 0 ? more : first
  const all: Found[] = []
  let at = 0
  for (const each of more) {
    for (let next = first[at]; next && next.end <= each.start; next = first[++at]) all.push(next)
    const next = first[at]
    if (!next || next.start >= each.end) all.push(each)
  }
  return [...all, ...first.slice(at)]
}

/** What the human named is replaced whole, also where a rule has found a piece of it. */
const withNamed = (first: readonly Found[], named: readonly Found[]): readonly Found[] => {
  const rest = named.flatMap(each => {
    const pieces: Found[] = []
    const piece = (start: number, end: number): void => {
      const value = each.value.slice(start - each.start, end - each.start)
      if (start < end) pieces.push({ ...each, start, end, value })
    }
    let from = each.start
    for (const { start, end } of first) {
      if (end <= from || start >= each.end) continue
      piece(from, start)
      from = end
    }
    piece(from, each.end)
    return pieces
  })
  return withMore(first, rest)
}

const wordsPattern = (words: readonly string[]): RegExp | null => {
  const literal = words
    .map(word => word.trim())
    .filter(word => word.length >= LEAST_WORD_CHARS)
    .sort((a, b) => b.length - a.length)
    .map(word => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return literal.length === 0 ? null : new RegExp(literal.join('|'), 'gi')
}

const MINE = 'named'

export const createRedactor = ({ keep, words }: Choice): Redactor => {
  const kept = new Set(keep)
  const named = wordsPattern(words)
  const find = (text: string): readonly Found[] => {
    const mine = named ? matches(text, named, ([value]) => ({ kind: MINE, value, at: 0 })) : []
    const ruled = byRules(text).map(found => found.filter(({ value }) => !kept.has(value)))
    return withNamed(ruled.reduce(withMore, []), mine)
  }
  return {
    find,
    redact: text => {
      let clean = ''
      let from = 0
      for (const { start, end, kind } of find(text)) {
        clean += text.slice(from, start) + (kind === MINE ? '[redacted]' : `[redacted: ${kind}]`)
        from = end
      }
      return from === 0 ? text : clean + text.slice(from)
    },
  }
}

export const { redact } = createRedactor(BY_RULES)

/**
 * Not text but names, by which events are told apart and find each other. No rule fits one; a word of the human's may.
 */
const NAMES: ReadonlySet<string> = new Set([
  ...['type', 'at', 'v', 'seq', 'seat', 'turn', 'kind', 'when', 'to', 'by', 'via', 'mode', 'cause'],
  ...['verdict', 'left', 'right', 'severity', 'pair', 'salt', 'id', 'driver', 'navigator', 'agent', 'choice'],
  ...[
    'answer',
    'ruling',
    'planFirst',
    'seenBy',
    'repeats',
    'delivery',
    'purpose',
    'cap',
    'since',
    'base',
    'tree',
  ],
  ...['keptTree', 'intentHash', 'resume', 'session', 'carries', 'signal'],
])

/** An event with all its texts through `clean`; it is an event still. */
export const mapTexts = <T extends { readonly type: string }>(
  event: T,
  clean: (text: string) => string,
): T => {
  const name = { ended: 'reason', released: 'why' }[event.type]
  return mapStrings(event, (text, key) =>
    (NAMES.has(key) || key === name) && !/\s/.test(text) ? text : cleanUnder(key, text, clean),
  ) as T
}

const SECRET_KEY = /(?:pass(?:word|wd|phrase)|pwd|secret|token|key)$/i

/** A variable of an environment stands under its name, which is what tells that it is a secret. */
const cleanUnder = (key: string, text: string, clean: (text: string) => string): string => {
  if (!SECRET_KEY.test(key)) return clean(text)
  const [before, after] = [`${key}="`, '"']
  const whole = clean(before + text + after)
  return whole.startsWith(before) && whole.endsWith(after)
    ? whole.slice(before.length, -after.length)
    : clean(text)
}

/**
 * A key is a name and stays, but for one that holds words: an answer stands under its question. What has nothing to
 * replace comes back as it is, uncopied.
 */
const mapStrings = (value: unknown, map: (text: string, key: string) => string, key = ''): unknown => {
  if (typeof value === 'string') return map(value, key)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const mapped = value.map(each => mapStrings(each, map, key))
    return mapped.every((each, at) => each === value[at]) ? value : mapped
  }
  let changed = false
  const entries = Object.entries(value).map(([name, inner]) => {
    const mapped = [/\s/.test(name) ? map(name, '') : name, mapStrings(inner, map, name)] as const
    changed ||= mapped[0] !== name || mapped[1] !== inner
    return mapped
  })
  return changed ? Object.fromEntries(entries) : value
}
