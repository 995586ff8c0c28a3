/**
 * What the practice agent counts as its use: tokens, of about four characters each, as a model's agent would. With each
 * step it reads its whole conversation again, from a cache. It costs nothing, so it tells no money.
 */
import type { FromPractice } from '../../shared/agent/practice'
import type { SessionRecord } from './record'

type Usage = Extract<FromPractice, { type: 'usage' }>['usage']

const CHARS = 4
/** Small, so that a pair of a few rounds can be seen to fill it. */
const WINDOW = 16_000

const nothing: Usage = {
  ...{ inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
  ...{ contextTokens: 0, contextWindow: WINDOW },
}

export interface Meter {
  /** It was given this. */
  read(text: string): void
  /** It said or did this, in one step. */
  wrote(text: string): void
}

export const createMeter = (
  record: Pick<SessionRecord, 'fact' | 'setFact'>,
  tell: (usage: Usage) => void,
): Meter => {
  const kept = record.fact('usage')
  let usage: Usage = kept === undefined ? nothing : (JSON.parse(kept) as Usage)
  const size = (text: string): number => Math.ceil(text.length / CHARS)
  const keep = (next: Usage): void => {
    usage = next
    record.setFact('usage', JSON.stringify(usage))
    tell(usage)
  }
  return {
    read(text) {
      const given = size(text)
      keep({
        ...usage,
        inputTokens: usage.inputTokens + given,
        contextTokens: Math.min(WINDOW, usage.contextTokens + given),
      })
    },
    wrote(text) {
      const said = size(text)
      keep({
        ...usage,
        inputTokens: usage.inputTokens + usage.contextTokens,
        cachedTokens: usage.cachedTokens + usage.contextTokens,
        outputTokens: usage.outputTokens + said,
        contextTokens: Math.min(WINDOW, usage.contextTokens + said),
      })
    },
  }
}
