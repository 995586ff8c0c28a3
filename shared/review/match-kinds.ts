/**
 * What kind of problem a text tells of, by the terms reviewers use for it. Neighbouring findings share their subject
 * ("the session cookie") and differ in kind; two tellings of one bug differ in words and share the kind. A text may
 * be of several kinds or, often, of none: then the kinds say nothing.
 */
const KINDS: Readonly<Record<string, RegExp>> = {
  race: /\brac(e|es|y|ing)\b|\bconcurren|\batomic|toctou|interleav|synchroni[sz]|\bmutex\b|\bwithout\b.*\b(lock|mu)\b|outside the lock|at the same time|two (processes|threads|tabs|callers)|lost update|overwrit/i,
  deadlock: /\bdeadlock/i,
  leak: /\bleak|never (removed|closed|released|freed|deleted|deletes|unsubscribed)|(isn't|is not|not|aren't) (removed|closed|released|freed|unsubscribed)|clear(Interval|Timeout)|(timer|interval)\b.*\bcleared|grows? (without|for ?ever)|\bno cleanup|\b(un)?bounded\b/i,
  memory:
    /\bmemory\b|exhaust|(isn't limited|not limited|without( an?)?( upper)? (limit|maximum|cap))\b|\bunlimited|\b(un)?bounded\b(?! box)/i,
  slow: /\bslow|sluggish|faster|quadratic|O\(n|\bN\+1|performance|on every (render|call|request)|memois|memoiz|debounc|paginat|blocks? the event loop/i,
  injection: /\binject|parameteri[sz]ed/i,
  escaping: /\bxss\b|cross-site|\b(un)?escap(e|ed|ing)\b(?! the root)|sanitis|sanitiz/i,
  traversal: /travers|\.\.\/|(gets? out of|outside|escapes?) the (root|folder|directory|workspace)/i,
  secret:
    /hard-?coded (\w+ )?(password|credential|secret|key|token)|(writes?|written|logs?|logged|prints?)\b.*\b(password|token|secret|credential)|(password|token|secret|credential)s?\b.*\b(log|logged|written|clear|hard-?coded)/i,
  timing: /timing attack|constant[- ]time|compare_digest|timingSafeEqual/i,
  weak: /\bmd5\b|\bsha-?1\b|weak (hash|cipher)/i,
  swallowed:
    /swallow|bare except|\bcatch(es)? (every|all)|(error|err|exception|failure)s?\b.*\b(is|are|gets?) (ignored|discarded|hidden|lost|dropped)|hides? (every|all|the) (error|exception)|resolves? with undefined|returns? undefined/i,
  unawaited: /(isn't|not|never|missing|without)( an?)? await|unhandled/i,
  invalid: /\bNaN\b|(isn't|not|never|no|isn't) (checked|validated)|\bvalidate\b|\bvalidation\b/i,
  absent:
    /\b(may|might|can|could) be (undefined|null|nil|none)|null check|(file|header|key) is missing|missing file/i,
  panic: /\bpanic|\bunwrap\(\)/i,
  bounds: /off[- ]by[- ]one|one (time|attempt|element|item)? ?too (many|few)|<= where|out of bounds/i,
  recursion: /recurs|stack overflow|overflows? the stack/i,
  cycle: /\bcycl(e|es|ic)\b|infinite loop|loops? for ?ever/i,
  timeout: /\btime-?out|AbortSignal|hang(s|ing)?\b|stall/i,
  shutdown: /graceful|\bSIGTERM\b|in[- ]flight/i,
  twice: /\btwice\b|\bdouble|\bagain\b|idempoten/i,
  order: /(as|like) strings.*before|lexicograph|before \d|sorted (wrong|as strings)|comparator/i,
  mutation: /\bmutat|in place/i,
  stale:
    /\bstale (closure|response|state|value)|older (response|request|result)|(arrives|response) last and wins|dependency array|its dependencies|effect dependenc/i,
  encoding: /\bencoding|utf-?8|latin1|multi-?byte|cp1252|code ?page/i,
  unused: /\bunused\b|never used|dead code|(isn't|not) (needed|used)|unnecessary|can be removed/i,
  untested:
    /\b(no|missing|without|lacks?)( \w+){0,2} tests?\b(?! for input)|\bno test covers|(isn't|not) (covered|tested)|untested/i,
  hollow: /(cannot|can't|never) fail\b|always passes|never runs|(isn't|not) called in this/i,
  flaky: /\bflaky|real .*sleep|sleeps?\b|timing[- ]dependent|fake ?timers/i,
  docs: /\bdocs?\b|documentation|changelog|readme\b|docstring/i,
  a11y: /\baria-|accessib|screen reader|keyboard\b(?! handler)|contrast|\bWCAG\b|\balt\b/i,
  keys: /\bkeys? prop|\bno `?key`?/i,
  naming: /\brename\b|\bnaming\b|\bmisleading name/i,
  size: /does too much|too long|split (it|this)/i,
  i18n: /translat|\bi18n\b|locali[sz]/i,
  plural: /\bplural|singular/i,
  rounding: /\brounds?\b|rounding|float(s|ing)?\b|\bcents\b|unit boundary/i,
  zone: /time ?zones?|\bUTC\b/i,
  platform: /\bWindows\b|backslash/i,
  expiry: /\bexpir/i,
  cookie: /HttpOnly|SameSite/i,
  cors: /\bCORS\b|Allow-Origin/i,
  rights: /\badmin\b|permission|authori[sz]ed|unauthenticated|\bowner|\bowns?\b|file mode|executable/i,
  rate: /rate[- ]limit|brute[- ]force/i,
  exposure: /0\.0\.0\.0|expos(e|es|ed|ing)\b|\bleaks? (?!if|when)\S|visible|sees? everyone|\bprivacy\b/i,
  exit: /exit(s|ed)? (code|status|with)|\bexit code/i,
  status: /res\.ok|(response )?status (is|isn't)|status code/i,
  quoting: /unquoted|quote it|breaks on spaces/i,
  transaction: /\btransaction|half-/i,
  types: /type annotation|\bas any\b|`any`|typed as/i,
  style: /\bconst instead|let instead|console\.log|formatting/i,
  duplicate: /\bduplicat|copied from|same code/i,
  caching: /\bcach(ing|e)\b.*(key|header)/i,
  swapped: /\bswapped\b|wrong order|wrong way round/i,
  partial: /\bpartial|midway|halfway|half-|truncated|temp(orary)? file/i,
  backoff: /\bbackoff|back-off|\bjitter/i,
}

export const kindsOf = (text: string): ReadonlySet<string> =>
  new Set(Object.entries(KINDS).flatMap(([kind, pattern]) => (pattern.test(text) ? [kind] : [])))
