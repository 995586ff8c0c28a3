/** JSON from outside: text that is none is a value, not an exception, and what it holds is not known until looked at. */

/** `undefined`, which no JSON text means, where `text` is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An object with keys: no array, and not null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
