/**
 * What Duologue adds to the user's own configuration for one server, by `OPENCODE_CONFIG_CONTENT`, which opencode merges
 * over it: nothing is written into a file of theirs. What a user gives by the same variable stays, under ours.
 */
import { z } from 'zod'
import { isRecord, parseJson } from '../json'
import { err, ok, type Result } from '../result'

export interface LaunchParts {
  /** The file with our standing instructions, absolute. */
  readonly role: string
  readonly tools: { readonly url: string; readonly token: string }
  readonly model: string | undefined
  readonly permission: Rules | undefined
}

type Rules = Readonly<Record<string, 'ask' | 'allow'>>

/** A tool of ours may wait for a human; opencode's limit is for the whole call. */
const CALL_MS = 24 * 3_600_000

/** By names that a seat's configuration has; undefined for a mode that does not exist. */
export const permissionRules = (mode: string): Rules | undefined => {
  switch (mode) {
    case 'ask':
      return { edit: 'ask', bash: 'ask' }
    case 'allow':
      return { '*': 'allow', edit: 'allow', bash: 'allow', webfetch: 'allow', external_directory: 'allow' }
    default:
      return undefined
  }
}

/** The same for one session, where they also come after those of the user's agents. */
export const sessionRules = (rules: Rules | undefined): readonly Readonly<Record<string, string>>[] =>
  Object.entries(rules ?? {}).map(([permission, action]) => ({ permission, pattern: '*', action }))

const given = z.looseObject({
  instructions: z.array(z.string()).optional(),
  mcp: z.record(z.string(), z.unknown()).optional(),
  permission: z.unknown().optional(),
})

/** `before` is the value that the user's environment has. */
export const configContent = (parts: LaunchParts, before: string | undefined): Result<string, string> => {
  const user = given.safeParse(before ? parseJson(before) : {})
  if (!user.success) return err('OPENCODE_CONFIG_CONTENT of your environment is not a configuration in JSON')
  const { instructions = [], mcp = {}, permission, ...rest } = user.data
  const pair = {
    type: 'remote',
    url: `${parts.tools.url}/mcp`,
    headers: { Authorization: `Bearer ${parts.tools.token}` },
    oauth: false,
    enabled: true,
    timeout: CALL_MS,
  }
  const rules = parts.permission
  const both = rules ? { ...(isRecord(permission) ? permission : {}), ...rules } : permission
  return ok(
    JSON.stringify({
      ...rest,
      ...(parts.model === undefined ? {} : { model: parts.model }),
      ...(both === undefined ? {} : { permission: both }),
      instructions: [...instructions, parts.role],
      mcp: { ...mcp, pair },
    }),
  )
}
