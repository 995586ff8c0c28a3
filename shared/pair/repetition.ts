/**
 * When two agents only keep each other company: courtesy that says nothing new, and messages that say the same again.
 * Both err to "no": a hold that is not due stops a pair, one that comes a round late costs a round.
 */

/** Whole phrases that carry no news although one of their words might; taken out before the words are judged. */
const PHRASES: readonly RegExp[] = [
  /\blet me know if (?:you|there)(?:'s| is)? (?:need|want|have|would like|anything) ?(?:anything|something|help|questions)?(?: else| more| further)?(?: i can (?:do|help with))?/g,
  /\b(?:feel free|don't hesitate|do not hesitate) to (?:reach out|ask|let me know)(?: if you (?:need|have) (?:anything|any questions|questions)(?: else)?)?/g,
  /\b(?:always |more than )?(?:happy|glad|here) to (?:help|assist)(?: (?:you|out|again|with (?:anything|more)))*/g,
  /\b(?:nothing|no) (?:more|else|further)(?: comments?| remarks?| notes?| questions?)?(?: to (?:add|say))?(?: from (?:me|my side|my end))?/g,
  /\bnothing to add\b|\b(?:no|not a) (?:problem|worries)\b|\bship it\b|\bcan't wait\b|\bno hay de qué\b/g,
  /\bgern geschehen\b|\bkein problem\b|\bnichts hinzuzufügen\b|\bde rien\b|\brien à ajouter\b|\bde nada\b|\bpas de (?:problème|souci)s?\b/g,
  /\bs'il vous plaît\b|\bà votre service\b|\bn'hésitez pas\b/g,
]

/** At least one of these must be there: thanks, praise, agreement. */
const KIND = new Set(
  `thank thanks thx ty cheers welcome pleasure great good nice excellent awesome perfect fantastic wonderful brilliant
  amazing superb lovely solid clean well-done well appreciate appreciated agree agreed agreement yes yep yeah sure ok
  okay absolutely definitely indeed exactly lgtm approved glad happy congratulations congrats kudos bravo love
  danke dankeschön vielen herzlichen dank gut gute guten gutes super toll prima klasse perfekt ausgezeichnet großartig wunderbar
  einverstanden genau gerne gern freut stimme ja
  merci parfait excellent super génial bien bravo accord oui volontiers plaisir ravi
  gracias perfecto excelente genial bien bueno buen acuerdo sí si vale claro encantado placer`.split(/\s+/),
)
/** These add nothing to them. No negation, contrast or verb of work stands here, so such a word makes substance. */
const GLUE = new Set(
  `a an the this that these it its it's i i'm i'll me my we we're our us you you're your is are was be been am
  and so for of to on in with at as all everything very really so much many truly quite such just too again
  looks look looking sounds sound seems feels job work working effort collaboration teamwork team partner together
  here there have has had do did done what how keep up day one both again always fully completely totally
  to hear see from side end can would more most also help helping forward later bye goodbye ahead go review explanation
  ich wir du sie es ist das die der den dem sehr so alles für mit und auch mir uns euch ihr dir dein deine arbeit
  sieht aus klingt hört sich an zu zusammenarbeit hilfe mich wirklich ganz schön gemacht geleistet
  je nous tu vous c'est est le la les un une ce cela ça très tout tous pour avec et aussi beaucoup mille travail aide
  d'accord semble va votre ton me moi de du au fait
  yo nosotros tú usted es está el los un una esto eso muy todo todos por para con y también mucho muchas muchos
  trabajo ayuda parece tu su me de del al hecho estoy estamos`.split(/\s+/),
)
/** Beyond this many words even kind ones are likely to say something. */
const MAX_COURTESY_WORDS = 60

/** Anything that points at the work: code, paths, figures, questions, links, lists of points. */
const SUBSTANCE =
  /[`?¿]|\p{N}|https?:|[\w)]\(|[/\\][\w.]|\w[/\\]|\w\.\w|\w_\w|\p{Ll}\p{Lu}|[{}[\]<>=|$#@]|^\s*[-*•]\s/mu

/**
 * Whether a text only thanks, praises or agrees (English, German, French, Spanish). False as soon as one word is
 * neither that nor glue, and for an empty text: silence is not courtesy. "Yes." is courtesy here; whether it answers a
 * question only the caller can know.
 */
export const isCourtesy = (text: string): boolean => {
  const plain = text.normalize('NFKC').replace(/[’‘]/g, "'").trim()
  if (plain === '' || SUBSTANCE.test(plain)) return false
  let phrases = 0
  const rest = PHRASES.reduce(
    (left, phrase) =>
      left.replace(phrase, () => {
        phrases++
        return ' '
      }),
    plain.toLowerCase(),
  )
  const words = rest.match(/\p{L}[\p{L}'-]*/gu) ?? []
  const kind = words.filter(word => KIND.has(word)).length + phrases
  const applause = /[👍🙏🎉🙌👏💯❤😊🚀✅]/u.test(plain)
  if (words.length > MAX_COURTESY_WORDS || (kind === 0 && !applause)) return false
  return words.every(word => KIND.has(word) || GLUE.has(word))
}

/** What differs between two tellings of one thing: times, durations, ids, hashes, and counters named as such. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?(?![\w-])/g, '⟨time⟩'],
  [/\b\d\d?:\d\d:\d\d(?:[.,]\d+)?\b/g, '⟨time⟩'],
  [/\b\d\d?:\d\d(?: ?[ap]m\b|(?= ?(?:utc|cet|gmt)\b))/g, '⟨time⟩'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '⟨id⟩'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b/g, '⟨hash⟩'],
  [/\b\d+(?:[.,]\d+)? ?(?:ms|µs|s|sec|secs|seconds?|mins?|minutes?|h|hours?)\b/g, '⟨duration⟩'],
  [
    /\b(attempt|try|retry|round|turn|iteration|run|pass|take|versuch|runde|tentative|intento)( (?:no\.? ?)?#?)\d+(?:(?: of |\/| von )\d+)?\b(?!\.\d)/g,
    '$1 ⟨n⟩',
  ],
  [/\b\d+(?:st|nd|rd|th) (attempt|try|round|time|iteration)\b/g, '⟨n⟩ $1'],
]

const normalised = (text: string): string =>
  VARYING.reduce(
    (left, [pattern, mark]) => left.replace(pattern, mark),
    text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'"),
  )
    .replace(/\s+/g, ' ')
    .trim()

/** Parts that make two texts different however alike the rest: names, figures, code, and the words that turn a sense. */
const TURNS = new Set(
  `not no never none nothing without cannot can't don't doesn't didn't won't isn't wasn't aren't pass passes passed fail
  fails failed failing fixed broken reject rejected defer deferred accepted done open added removed true false before after`.split(
    /\s+/,
  ),
)
const tokensOf = (text: string): readonly string[] =>
  normalised(text).match(
    /[\p{L}\p{N}⟨](?:[\p{L}\p{N}'⟩_]|[./\\:@#-](?=[\p{L}\p{N}_]))*|[.\w/\\-]*[\p{L}\p{N}_]/gu,
  ) ?? []
const isAnchor = (token: string): boolean =>
  TURNS.has(token) || (!token.startsWith('⟨') && /[\p{N}_./\\:@#]/u.test(token))
/** `maxRetries` loses its capital letter when normalised, so identifiers are read from the text as written. */
const identifiers = (text: string): readonly string[] =>
  text.match(/`[^`\n]+`|\b\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}]*/gu) ?? []

const anchors = (text: string): string =>
  [...new Set([...tokensOf(text).filter(isAnchor), ...identifiers(text).map(normalised)])].sort().join('\n')

const SHINGLE = 3
/** Under this many words one changed word may be the whole message: only the same words are the same. */
const SHORT = 15
const ALIKE = 0.9

const shingles = (tokens: readonly string[]): ReadonlySet<string> =>
  new Set(tokens.slice(0, tokens.length - SHINGLE + 1).map((_, i) => tokens.slice(i, i + SHINGLE).join(' ')))

const alike = (a: string, b: string): boolean => {
  const [x, y] = [tokensOf(a), tokensOf(b)]
  if (Math.min(x.length, y.length) < SHORT)
    return x.join(' ') === y.join(' ') && (x.length > 0 || normalised(a) === normalised(b))
  if (anchors(a) !== anchors(b)) return false
  const [p, q] = [shingles(x), shingles(y)]
  const shared = [...p].filter(shingle => q.has(shingle)).length
  return (2 * shared) / (p.size + q.size) >= ALIKE
}

/**
 * Whether all texts say nearly the same: times, durations, ids, hashes and named counters (`attempt 3 of 5`) aside, at
 * least 0.9 of their runs of three words agree (Dice) and no name, figure or negation differs. `fixed 1.1` and
 * `fixed 1.2` are two messages, and so are two reports that differ in a file. False for fewer than two texts.
 */
export const nearIdentical = (texts: readonly string[]): boolean =>
  texts.length > 1 &&
  texts.every(text => text.trim() !== '') &&
  texts.every((text, i) => texts.slice(i + 1).every(other => alike(text, other)))
