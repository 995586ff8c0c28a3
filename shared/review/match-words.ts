/**
 * What a finding's text is about, as weighted words. Two reviewers name one bug in different words, but they share its
 * identifiers and a stock of terms; so identifiers weigh most, terms are brought to one form (`leaks`, `never freed`),
 * and words that any review might use weigh little or nothing.
 */

/** What a text is made of: word (or part of an identifier) → weight, and which of them were written as code. */
export interface Words {
  readonly weights: ReadonlyMap<string, number>
  readonly code: ReadonlySet<string>
  /** Sum of the weights. */
  readonly total: number
}

const WEIGHT = { code: 2, part: 0.5, whole: 0.5, word: 1, vague: 0.3 }

const STOP = new Set(
  `a an the this that these those it its it's is are was were be been being am do does did doing done has have had having
  i you we they he she them their our your my me us and or but if then else than so as at by for from in into of off on
  onto out over to up down with without within about above below between through during under again further once here
  there when where why how what which who whom all any both each few more most other some such only own same too very
  can could will would shall should may might must just also not no nor never none isn't aren't wasn't weren't doesn't
  don't didn't won't can't cannot couldn't shouldn't hasn't haven't isnt dont doesnt that's there's let's instead because
  since while until although though even still yet already always anyone everyone nobody nothing something anything
  like e.g i.e etc via per vs please see one two way`.split(/\s+/),
)

/** They belong to the talk of reviews, not to one bug. */
const VAGUE = new Set(
  `use using need want make call get set add take give go come run find keep look happen work code function method class
  file line value variable parameter argument object string number name thing case user data error fail wrong miss
  missing problem issue bug fix change new old good bad better possible test return result handle check correct proper
  invalid incorrect need require allow first last next time different text message read write show pass`.split(
    /\s+/,
  ),
)

/** One form for words that reviewers swap. Keys are stems. */
const ALIAS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    race: 'race concurrent interleave atomic toctou simultaneous synchronis synchroniz synchronisation synchronization',
    remove: 'remove delete drop clear evict unregister cleanup clean',
    close: 'close shut shutdown',
    stop: 'stop halt terminate kill cancel abort',
    throw: 'throw raise rethrow panic crash exception',
    swallow: 'swallow ignore discard hide suppress silent silently',
    null: 'null undefined nil nan',
    escape: 'escape sanitis sanitiz unescape xss',
    inject: 'inject injectable injection',
    validate: 'validate verify unchecked validation',
    forever: 'forever ever hang stall infinite endless block wait',
    mutate: 'mutate mutable mutation',
    limit: 'limit maximum max unbounded unlimited cap ceiling',
    async: 'await async',
    listener: 'listener handler',
    folder: 'folder directory dir',
    hardcode: 'hardcode hardcoded',
    document: 'doc docs documentation',
    secret: 'secret password credential pwd',
    twice: 'twice double doubled duplicate',
    whole: 'whole full entire complete everything',
    load: 'load fetch retrieve',
    save: 'save store persist',
    own: 'own owner ownership',
    permission: 'permission privilege rights perm',
    image: 'image img picture',
    empty: 'empty blank',
    swap: 'swap order sequence',
    partial: 'partial midway halfway half truncate',
    old: 'older stale previous outdated',
    expire: 'expire expiry expired expiration exp',
    accept: 'accept permit',
    select: 'select selection deselect',
    lost: 'lost lose unnoticed',
    latitude: 'latitude lat',
    longitude: 'longitude lon lng',
    daylight: 'daylight dst',
    configuration: 'configuration config cfg',
    environment: 'environment env',
    database: 'database db',
    dependency: 'dependency dep',
    request: 'request req',
    response: 'response res',
    context: 'context ctx',
    regex: 'regex regexp regular',
    production: 'production prod',
    attribute: 'attribute attr prop property',
    decode: 'decode parse',
    pagination: 'pagination paginate page',
  }).flatMap(([to, from]) => from.split(' ').map(word => [word, to] as const)),
)

/** Letters that count: `recursive` and `recursion` meet. */
const STEM = 7

/** Light: plural and verb endings go, so that `retries`, `retried` and `retry` meet. Not for reading. */
const stem = (word: string): string => {
  if (word.length < 4) return word
  const base = word
    .replace(/(?:'s|s')$/, '')
    .replace(/ies$|ied$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^su])s$/, '$1')
  const root = base.replace(/(?<=[a-z]{3})(?:ation|ating|ated|ate|ing|ed|ly|ion|able|ive)$/, '')
  return (root === base ? base : root.replace(/([bdgklmnprt])\1$/, '$1'))
    .replace(/(?<=[a-z]{3})e$/, '')
    .slice(0, STEM)
}
const ROOTS: ReadonlyMap<string, string> = new Map([...ALIAS].map(([from, to]) => [stem(from), stem(to)]))
const VAGUE_STEMS: ReadonlySet<string> = new Set([...VAGUE].map(stem))
const term = (word: string): string => {
  const root = stem(word)
  return ROOTS.get(root) ?? root
}

const parts = (identifier: string): readonly string[] =>
  identifier
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .match(/\p{L}+|\p{N}+/gu) ?? []

/** Capitals make a constant's or a variable's name, but not these. */
const ACRONYMS = new Set(
  `API ASCII CLI CORS CPU CSS CSV DNS DOM DST GET GUI HTML HTTP HTTPS JSON LRU MIME NOT ONLY POST PUT RAM REST SHA SQL SSH
  TLS TODO TOCTOU TTL TTY TCP UDP URI URL UTC UTF UUID WCAG XML XSS YAML CSRF IDOR SSRF AND THE`.split(/\s+/),
)

/** An identifier by its looks: `maxRetries`, `max_retries`, `a.b`, `run()`, `--flag`, `$DIR`, `HttpOnly`. */
const IDENTIFIER = /(?:--|\$)?[\p{L}_][\p{L}\p{N}_]*(?:[.:]{1,2}[\p{L}_][\p{L}\p{N}_]*)*(?:\(\))?/gu
const looksLikeCode = (token: string): boolean =>
  (/^\p{Lu}{3,}$/u.test(token) && !ACRONYMS.has(token)) ||
  (/[_$()]|^--|\p{Ll}\p{Lu}|[\p{L}\p{N}][.:]+\p{L}/u.test(token) && !/^(?:e\.g|i\.e)\b/.test(token))

/** `about`: the finding's file; the parts of its name are on everyone's lips and tell two findings in it not apart. */
export const wordsOf = (text: string, about: string): Words => {
  const words = new Map<string, number>()
  const code = new Set<string>()
  const common = new Set(parts(about).map(term))
  const add = (word: string, weight: number): void => {
    if (STOP.has(word)) return
    const key = term(word)
    const vague = VAGUE_STEMS.has(stem(word)) || common.has(key)
    words.set(key, Math.max(words.get(key) ?? 0, vague ? WEIGHT.vague : weight))
  }
  const identifier = (token: string): void => {
    const name = token
      .replace(/\(\)$/, '')
      .replace(/^(?:--|\$)/, '')
      .toLowerCase()
    const split = parts(token)
    for (const piece of name.split(/[.:]+/)) {
      const key = term(piece)
      if (!common.has(key)) code.add(key)
    }
    if (split.length > 1) words.set(`#${name}`, WEIGHT.whole)
    for (const part of split) add(part, split.length > 1 ? WEIGHT.part : WEIGHT.code)
  }
  const prose = text
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/`([^`\n]*)`/g, (_, span: string) => {
      for (const token of span.match(IDENTIFIER) ?? []) identifier(token)
      for (const number of span.match(/(?<![\p{L}\p{N}_])\p{N}+/gu) ?? []) add(number, WEIGHT.word)
      return ' '
    })
  const rest = prose.replace(IDENTIFIER, token => {
    if (!looksLikeCode(token)) return token
    identifier(token)
    return ' '
  })
  for (const word of rest.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}']*/gu) ?? []) add(word, WEIGHT.word)
  return { weights: words, code, total: [...words.values()].reduce((sum, weight) => sum + weight, 0) }
}

/** `share` 0..1: the shared weight against the geometric mean of both, so that a terse finding can meet a long one. */
export interface Likeness {
  readonly share: number
  readonly shared: number
  /** Both name code, no name is in both, and little else tells them apart: one sentence about two things. */
  readonly twins: boolean
}

export const likeness = (a: Words, b: Words): Likeness => {
  const overlap = [...a.weights].flatMap(([word, weight]) => {
    const other = b.weights.get(word)
    return other === undefined ? [] : [Math.sqrt(weight * other)]
  })
  /** Summed in one order from either side, or rounding would break a tie one way here and the other way there. */
  const shared = overlap.sort((x, y) => x - y).reduce((sum, weight) => sum + weight, 0)
  const whole = Math.sqrt(a.total * b.total)
  return {
    share: whole === 0 ? 0 : Math.min(1, shared / whole),
    shared,
    twins: a.code.size > 0 && b.code.size > 0 && areTwins(own(a, b), own(b, a)),
  }
}

/** What is said beside code (in weight) may differ by a word and a half between twins. */
const TWIN_PROSE = 1.5

interface Own {
  readonly prose: number
  /** The other mentions one of its names. */
  readonly named: boolean
}

/** What `a` says that `b` does not. */
const own = (a: Words, b: Words): Own => {
  let prose = 0
  for (const [word, weight] of a.weights) if (!b.weights.has(word) && weight === WEIGHT.word) prose += weight
  return { prose, named: [...a.code].some(name => b.code.has(name) || b.weights.has(name)) }
}
const areTwins = (x: Own, y: Own): boolean => !x.named && !y.named && Math.min(x.prose, y.prose) <= TWIN_PROSE

/** The words of a text in their order, as written. */
export const sequence = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/gu) ?? []

/**
 * Whether two sentences are of one mould and differ in one slot that both fill: "PORT is not validated", "HOST is not
 * validated". One author writes so about two things; two authors hardly ever do about one.
 */
export const sameMould = (x: readonly string[], y: readonly string[]): boolean => {
  const shorter = Math.min(x.length, y.length)
  let head = 0
  while (head < shorter && x[head] === y[head]) head++
  let tail = 0
  while (tail < shorter - head && x.at(-1 - tail) === y.at(-1 - tail)) tail++
  return head + tail < shorter && head + tail >= Math.max(x.length, y.length) / 2
}
