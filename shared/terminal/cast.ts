/**
 * A recording is an asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a header line, then one line per
 * event. Only output, sizes and markers are in it; what was typed is not.
 */
import { z } from 'zod'
import { parseJson } from '../json'

export const CastHeader = z.looseObject({
  version: z.literal(2),
  width: z.int().positive(),
  height: z.int().positive(),
  /** Unix time in seconds. */
  timestamp: z.number().optional(),
  title: z.string().optional(),
})
export type CastHeader = z.infer<typeof CastHeader>

/** Seconds since the recording began, kind, and its text: output, `COLSxROWS`, or the marker's label. */
export const CastEvent = z.tuple([z.number().min(0), z.enum(['o', 'r', 'm']), z.string()])
export type CastEvent = z.infer<typeof CastEvent>

export const castHeader = (header: CastHeader): string => `${JSON.stringify(header)}\n`

/** Microseconds are what players resolve. */
export const castLine = ([seconds, kind, text]: CastEvent): string =>
  `[${seconds.toFixed(6)},"${kind}",${JSON.stringify(text)}]\n`

/** A line as an event, or nothing when it is none (a torn line, or a kind from another program). */
export const parseCastLine = (line: string): CastEvent | undefined => {
  const parsed = CastEvent.safeParse(parseJson(line))
  return parsed.success ? parsed.data : undefined
}

export const parseCastHeader = (line: string): CastHeader | undefined => {
  const parsed = CastHeader.safeParse(parseJson(line))
  return parsed.success ? parsed.data : undefined
}
