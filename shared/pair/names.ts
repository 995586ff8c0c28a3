/** What roles, ends, pairs and versions are called wherever a pair is shown. */
import type { EndReason } from './model'
import type { Role } from './seat'

export const roleName = (role: Role): string => (role === 'driver' ? 'Driver' : 'Navigator')

const ENDS: Readonly<Record<EndReason, string>> = {
  agreed: 'Ended: agreed',
  converged: 'Ended: converged',
  failed: 'Ended: failed',
  passed: 'Ended: navigator passed',
  cap: 'Ended at the cap',
  human: 'Ended by you',
}

export const endWords = (reason: EndReason): string => ENDS[reason]

/** What a pair is about, in a line. */
export const intentLine = (intent: string): string => intent.trim().split('\n')[0]?.trim() ?? ''

/** The number alone: agents report `2.1.330 (Claude Code)` and the like. */
export const shortVersion = (version: string): string => /\d+(\.\d+)+/.exec(version)?.[0] ?? version
