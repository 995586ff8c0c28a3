/** Why a turn of opencode failed, in our closed words. opencode's own words go along for the human. */
import type { FailureCause, TurnOutcome } from './event'
import type { OpencodeError } from './opencode-frames'
import { printable } from './printable'

const QUOTA = /quota|insufficient|billing|credit|rate.?limit|usage limit|too many requests/i

const byStatus = (status: number): FailureCause => {
  if (status === 401 || status === 403) return 'auth'
  if (status === 402 || status === 429) return 'quota'
  return status >= 500 ? 'server' : 'model'
}

const causeOf = ({ name, data }: OpencodeError): FailureCause => {
  switch (name) {
    case 'ProviderAuthError':
      return 'auth'
    case 'MessageOutputLengthError':
    case 'StructuredOutputError':
    case 'ContextOverflowError':
    case 'ContentFilterError':
      return 'model'
    case 'APIError':
      if (QUOTA.test(data.message ?? '')) return 'quota'
      // Without a status nothing was answered.
      return data.statusCode === undefined ? 'network' : byStatus(data.statusCode)
    default:
      return /model not found|ModelNotFound/i.test(data.message ?? '') ? 'model' : 'unknown'
  }
}

/** Of an attempt that is made again only the words are told. */
export const retryCause = (message: string): FailureCause => {
  if (QUOTA.test(message)) return 'quota'
  return /connect|fetch|network|socket|timed? ?out/i.test(message) ? 'network' : 'server'
}

export const outcomeOf = (error: OpencodeError | null | undefined): TurnOutcome => {
  if (!error) return { type: 'completed' }
  if (error.name === 'MessageAbortedError') return { type: 'interrupted' }
  const detail = printable(error.data.message ?? '').trim()
  return { type: 'failed', cause: causeOf(error), detail: detail || error.name }
}
