/** What would be replaced, each value once, with how often and where it stands; bounded, whatever the journal's length. */
import type { SecretHit, SecretPlace } from '../ipc'
import type { Found } from './redact'

/** More are read by nobody; those beyond are replaced all the same. */
const MOST = 300
const CONTEXT_CHARS = 40
/** A longer one cannot be kept: it is a private key, or no secret that a person would look through. */
const MOST_VALUE_CHARS = 4_000

export interface HitList {
  add(found: Found, text: string, place: SecretPlace): void
  /** In the order in which they were found. */
  list(): readonly SecretHit[]
  /** How many values there was no room for; one that stands in several places may count as several. */
  more(): number
}

export const createHitList = (): HitList => {
  const hits = new Map<string, SecretHit>()
  let more = 0
  return {
    add: (found, text, place) => {
      const key = found.value
      const before = hits.get(key)
      if (before) {
        const places = before.places.includes(place) ? before.places : [...before.places, place]
        hits.set(key, { ...before, count: before.count + 1, places })
      } else if (hits.size >= MOST || key.length > MOST_VALUE_CHARS) more += 1
      else hits.set(key, { found, count: 1, places: [place], ...contextOf(found, text) })
    },
    list: () => [...hits.values()],
    more: () => more,
  }
}

const contextOf = ({ start, end }: Found, text: string): Pick<SecretHit, 'before' | 'after'> => ({
  before: flat(text.slice(Math.max(0, start - CONTEXT_CHARS), start)),
  after: flat(text.slice(end, end + CONTEXT_CHARS)),
})

const flat = (text: string): string => text.replace(/\s+/g, ' ')
