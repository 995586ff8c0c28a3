/** What all tools share: bounds, cleaning, and an answer that tells an agent how to call right. */
import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { stripControl } from '../terminal/paste'

export const MAX_TEXT = 8_000
export const MAX_ITEMS = 100

/** Text of an agent without control bytes; whatever is longer is refused, not cut. */
export const words = z.string().max(MAX_TEXT).transform(stripControl)
export const path = z.string().max(1_000).transform(stripControl)

/** The error is for the agent to read. `usage` shows the whole shape. */
export const parseCall = <T>(
  schema: z.ZodType<T>,
  args: unknown,
  tool: string,
  usage: string,
): Result<T, string> => {
  const parsed = schema.safeParse(args)
  if (parsed.success) return ok(parsed.data)
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
  )
  return err(`Not recorded. ${problems.slice(0, 5).join('; ')}. Call ${tool} again with ${usage}`)
}
