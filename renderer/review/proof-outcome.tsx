/** How a run of the proof ended: a mark, a word, how long it took, and what it was about. */
import type { Entry } from '../../shared/journal/entry'
import { hasPassed, type ProofResult, proofWords } from '../../shared/review/proof'
import { clock, span } from '../../shared/score/format'
import { AlertIcon, CheckIcon, CloseIcon } from '../ui/icons'
import { useNow } from '../ui/use-now'

type Run = Extract<Entry, { type: 'proof' }>

type Tone = 'running' | 'good' | 'bad' | 'off'

const toneOf = (result: ProofResult | null): Tone => {
  if (!result) return 'running'
  if (hasPassed(result)) return 'good'
  return result.outcome.type === 'stopped' || result.changed ? 'off' : 'bad'
}

export const ProofMark = ({ result }: { result: ProofResult | null }) => {
  const tone = toneOf(result)
  return (
    <span className={`proof-mark ${tone}`} aria-hidden="true">
      {tone === 'good' && <CheckIcon />}
      {tone === 'bad' && <CloseIcon />}
      {tone === 'off' && <AlertIcon size={12} />}
    </span>
  )
}

const sentence = (result: ProofResult): string => {
  const words = proofWords(result.outcome)
  const begun = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return result.changed && result.outcome.type === 'exited' && result.outcome.code === 0
    ? 'Passed, but files changed while it ran: it does not count'
    : begun
}

interface Props {
  readonly run: Run
  /** The work was changed since. */
  readonly stale: boolean
  /** A later run is there. */
  readonly old: boolean
  readonly live: boolean
  /** It was told to stop, and what it started is being ended. */
  readonly stopping: boolean
}

export const ProofOutcomeLine = ({ run, stale, old, live, stopping }: Props) => {
  const { result } = run
  return (
    <section className={`proof-outcome ${toneOf(result)}`} aria-label={`Run ${run.run}`}>
      <p className="proof-verdict">
        <ProofMark result={result} />
        {/* Said when it ends, and not while the clock runs. */}
        <b aria-live="polite" className="selectable">
          {result ? sentence(result) : unended(live, stopping)}
        </b>
        {result ? (
          <span className="quiet">{duration(result.durationMs)}</span>
        ) : (
          live && <Ticking from={run.at} />
        )}
        {stale && (
          <span className="tag warn" title="The work was changed after this run: it proves nothing about it">
            Stale
          </span>
        )}
        {old && <span className="tag">Earlier run</span>}
      </p>
      <p className="note">{factsOf(run)}</p>
      {run.result?.tree && (
        <p className="note">
          On tree{' '}
          <code className="selectable" title={run.result.tree}>
            {run.result.tree.slice(0, 10)}
          </code>
        </p>
      )}
    </section>
  )
}

const unended = (live: boolean, stopping: boolean): string =>
  live ? (stopping ? 'Stopping' : 'Running') : 'Did not end: the pair was closed'

const factsOf = ({ run, by, sentBack }: Run): string =>
  [
    `Run ${run}, ${by === 'human' ? 'asked for by you' : 'after the driver reported done'}.`,
    sentBack > 0 ? `Sent back to the driver, ${sentBack} of 2 in a row.` : '',
  ]
    .filter(Boolean)
    .join(' ')

const duration = (ms: number): string => (ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : span(ms))

const Ticking = ({ from }: { from: string }) => <span className="quiet">{clock(from, useNow())}</span>
