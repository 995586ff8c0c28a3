/**
 * When a limit is over, from the provider's own sentence, where that is all that is told. Rule: only forms that were seen
 * (Claude Code's "resets 3:45pm (Europe/Berlin)", Codex's "try again at Nov 30th, 2026 3:04 PM"); anything else tells no
 * time. A time without a date is the next one; it is told to the minute, and counts as over when that minute is.
 */

const MINUTE = 60_000
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const AT = new RegExp(
  [
    String.raw`(?:resets|try again)(?: at| on)?\s+`,
    String.raw`(?:(?<month>[a-z]{3})[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\d{4}))?(?:,| at)?\s+)?`,
    String.raw`(?<hour>\d{1,2})(?::(?<minute>\d\d))?\s?(?<half>[ap])\.?m\b\.?`,
    String.raw`(?:\s*\((?<zone>[A-Za-z_+\-/0-9]+)\))?`,
  ].join(''),
  'i',
)
const IN =
  /(?:resets|try again) in (?=\d{1,4} (?:day|hour|minute))(?:(?<days>\d{1,4}) days?)?,? ?(?:(?<hours>\d{1,4}) hours?)?,? ?(?:(?<minutes>\d{1,4}) minutes?)?/i
/** Claude Code of before: seconds since 1970. */
const STAMP = /limit reached\|(?<seconds>\d{10})\b/

interface Wall {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** What the clock on the wall shows there at this moment. */
const wallAt = (time: number, timeZone: string | undefined): Wall => {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    ...{ hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' },
    ...(timeZone === undefined ? {} : { timeZone }),
  } as Intl.DateTimeFormatOptions)
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  return {
    ...{ year: part('year'), month: part('month') - 1, day: part('day') },
    ...{ hour: part('hour'), minute: part('minute') },
  }
}

const asUtc = ({ year, month, day, hour, minute }: Wall): number => Date.UTC(year, month, day, hour, minute)

/** The moment at which the clock there shows this. */
const momentOf = (wall: Wall, timeZone: string | undefined): number => {
  const wanted = asUtc(wall)
  const guess = wanted - (asUtc(wallAt(wanted, timeZone)) - wanted)
  return guess - (asUtc(wallAt(guess, timeZone)) - wanted)
}

const isZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

type Groups = Readonly<Record<string, string | undefined>>

const atTold = (groups: Groups, now: number): number | null => {
  const { zone } = groups
  if (zone !== undefined && !isZone(zone)) return null
  const today = wallAt(now, zone)
  const hour = (Number(groups.hour) % 12) + (groups.half?.toLowerCase() === 'p' ? 12 : 0)
  const clock = { hour, minute: Number(groups.minute ?? 0) }
  const month = MONTHS.indexOf(groups.month?.toLowerCase() ?? '')
  if (groups.month !== undefined && month < 0) return null
  const date =
    groups.month === undefined
      ? today
      : { year: Number(groups.year ?? today.year), month, day: Number(groups.day) }
  const told = momentOf({ ...date, ...clock }, zone) + MINUTE
  if (told > now || groups.year !== undefined) return told
  const next = groups.month === undefined ? { ...date, day: date.day + 1 } : { ...date, year: date.year + 1 }
  return momentOf({ ...next, ...clock }, zone) + MINUTE
}

const inTold = ({ days = '0', hours = '0', minutes = '0' }: Groups, now: number): number =>
  now + ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes) + 1) * MINUTE

/** ISO 8601 UTC; null when these words tell no time to come. `now` in milliseconds since 1970. */
export const resetTime = (words: string, now: number): string | null => {
  const at = AT.exec(words)?.groups
  const after = IN.exec(words)?.groups
  const stamp = STAMP.exec(words)?.groups
  const time = at
    ? atTold(at, now)
    : after
      ? inTold(after, now)
      : stamp
        ? Number(stamp.seconds) * 1_000
        : null
  return time !== null && time > now ? new Date(time).toISOString() : null
}
