/**
 * Replaces what looks like a secret by `[redacted: kind]`. It knows well-known shapes and labelled values; a secret
 * without a label or a shape of its own, or one split over two messages, it cannot see. Ids, hashes, paths and code
 * stay as they are, because a transcript without them is worth little.
 */

/** Each begins at the start of a token, so that matching is linear in the text. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  [
    'private key',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ],
  ['Anthropic key', /(?<![\w-])sk-ant-[\w-]{16,}/g],
  ['API key', /(?<![\w-])(?:sk|rk|pk)[-_](?=[\w-]*\d)[\w-]{20,}/g],
  ['GitHub token', /(?<!\w)(?:gh[opsur]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/g],
  ['GitLab token', /(?<![\w-])glpat-[\w-]{20,}/g],
  ['npm token', /(?<!\w)npm_[A-Za-z0-9]{36,}/g],
  ['AWS key', /(?<!\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)/g],
  ['Slack token', /(?<![\w-])xox[a-z]-[A-Za-z0-9-]{10,}/g],
  ['Google key', /(?<![\w-])AIza[\w-]{35}/g],
  ['JWT', /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g],
]

const BEARER = /\b(bearer|basic)(\s+)[A-Za-z0-9._~+/-]{16,}=*/gi
const USERINFO = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/@:"'<>]{0,200}):([^\s/@"'<>]{1,200})@/gi
const LABELLED =
  /(pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)(["'`]?\s{0,3}[:=]\s{0,3})(["'`]?)([^\s"'`,;]{4,})/gi

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

export const redact = (text: string): string => {
  let clean = text
  for (const [kind, shape] of SHAPES) clean = clean.replace(shape, `[redacted: ${kind}]`)
  return clean
    .replace(USERINFO, '$1[redacted: credentials]@')
    .replace(BEARER, '$1$2[redacted: credentials]')
    .replace(LABELLED, (whole, label: string, sign: string, quote: string, value: string) =>
      looksSecret(label, sign, quote, value)
        ? `${label}${sign}${quote}[redacted: ${label.toLowerCase()}]`
        : whole,
    )
}

/** The same for every string inside a JSON value; keys and shape stay. */
export const redactDeep = (value: unknown): unknown => {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactDeep(inner)]))
}
