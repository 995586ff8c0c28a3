/** Why a turn of Codex failed, in our closed words. Codex's own words go along for the human. */
import { z } from 'zod'
import { parseJson } from '../json'
import type { TurnError } from './codex-frames'
import type { FailureCause } from './event'

const BY_NAME: Readonly<Record<string, FailureCause>> = {
  usageLimitExceeded: 'quota',
  rateLimitExceeded: 'quota',
  sessionBudgetExceeded: 'quota',
  unauthorized: 'auth',
  modelNotFound: 'model',
  contextWindowExceeded: 'model',
  badRequest: 'model',
  cyberPolicy: 'model',
  misalignmentPolicyViolation: 'model',
  serverOverloaded: 'server',
  internalServerError: 'server',
  policyCapacityUnavailable: 'server',
  flexUnavailable: 'server',
  httpConnectionFailed: 'network',
  responseStreamConnectionFailed: 'network',
  responseStreamDisconnected: 'network',
  responseTooManyFailedAttempts: 'network',
}

const byStatus = (status: number): FailureCause | undefined => {
  if (status === 401 || status === 403) return 'auth'
  if (status === 402 || status === 429) return 'quota'
  if (status >= 500) return 'server'
  return status >= 400 ? 'model' : undefined
}

const statusOf = (info: unknown): number | undefined => {
  if (typeof info !== 'object' || info === null || !('httpStatusCode' in info)) return undefined
  return typeof info.httpStatusCode === 'number' ? info.httpStatusCode : undefined
}

const serverBody = z.object({ error: z.object({ message: z.string(), type: z.string().nullish() }) })

/** The body of a refused request (HTTP 400) is handed through as the message, as JSON, with the info `other`. */
const bodyOf = (message: string): z.infer<typeof serverBody>['error'] | undefined =>
  serverBody.safeParse(parseJson(message)).data?.error

export const failureCause = (error: TurnError | null | undefined): FailureCause => {
  const info = error?.codexErrorInfo
  if (!info) return 'unknown'
  if (typeof info === 'string') return BY_NAME[info] ?? (bodyOf(error.message) ? 'model' : 'unknown')
  const [name, detail] = Object.entries(info)[0] ?? []
  const status = statusOf(detail)
  const told = status === undefined ? undefined : byStatus(status)
  return told ?? (name === undefined ? 'unknown' : (BY_NAME[name] ?? 'unknown'))
}

export const failureDetail = (error: TurnError | null | undefined): string => {
  const message = error?.message ?? ''
  const words = [bodyOf(message)?.message ?? message, error?.additionalDetails]
  return words.filter(Boolean).join(' — ') || 'Codex gave no reason'
}
