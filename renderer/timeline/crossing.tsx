/**
 * A handoff crosses from lane to lane: on the line, what it carries and how far it has come; where it lands, the
 * verdict that it brings.
 */
import type { Carried } from '../../shared/score/carries'
import { proofFace } from '../../shared/score/record-words'
import { type EntryOf, followUps, STATUS_WORDS } from '../../shared/score/words'
import { Stat } from './stat'
import { VerdictPill } from './verdict-pill'

interface Props {
  readonly entry: EntryOf<'delivery'>
  readonly carried: Carried | null
}

export const Crossing = ({ entry, carried }: Props) => {
  const role = typeof entry.from === 'object' ? entry.from.role : 'driver'
  const to = entry.to.seat
  const { status } = entry
  const review = carried?.review ?? null
  return (
    <span className={`crossing ${role} to-${to} ${status} ${review ? 'lands' : ''}`}>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path
          d={to === 'right' ? 'M0 3 C 34 3 60 36 100 36' : 'M100 3 C 66 3 40 36 0 36'}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray={status === 'waiting' || status === 'dropped' ? '3 4' : undefined}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <i className="departs" />
      <i className="arrow" />
      <CrossingLabel entry={entry} carried={carried} />
      {review && (
        <span className="landing">
          <VerdictPill entry={review} />
          {followUps(review) && <small>{followUps(review)}</small>}
        </span>
      )}
    </span>
  )
}

const CrossingLabel = ({ entry, carried }: Props) => {
  const { status } = entry
  const stations = [
    status === 'answered' ? '' : STATUS_WORDS[status],
    entry.original === null ? '' : 'edited by you',
  ].filter(Boolean)
  const work = workOf(entry, carried)
  const proof = entry.to.role === 'navigator' ? carried?.proof : null
  if (!work && !proof && stations.length === 0) return null
  return (
    <span className="crossing-label">
      {(work || proof) && (
        // One run of text, in which every dot has the same room.
        <span>
          {work}
          {work && proof && (
            <>
              {' '}
              <small>·</small>{' '}
            </>
          )}
          {proof && <ProofMark entry={proof} />}
        </span>
      )}
      {stations.map(words => (
        <small key={words} className={`crossing-status ${status}`}>
          {words}
        </small>
      ))}
    </span>
  )
}

/** What was done; where a verdict lands, that says it. */
const workOf = ({ measure, to }: Props['entry'], carried: Props['carried']) => {
  if (measure?.diffstat) return <Stat diffstat={measure.diffstat} />
  if (carried?.review) return null
  return <small>{to.role === 'driver' ? 'handed back' : 'for review'}</small>
}

const PROOF_SIGNS = { passed: '✓', failed: '✗', void: '–', running: '…' } as const

const ProofMark = ({ entry }: { entry: EntryOf<'proof'> }) => {
  const { tone } = proofFace(entry, entry.at)
  return <small className={`crossing-proof ${tone}`}>proof {PROOF_SIGNS[tone]}</small>
}
