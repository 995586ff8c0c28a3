/** What a handoff brought along: the verdict with its findings, the proof, and what the turn before it took. */
import { proofWords } from '../../shared/review/proof'
import type { Carried } from '../../shared/score/carries'
import { span } from '../../shared/score/format'
import { verdictWords } from '../../shared/score/words'
import { Facts, spentRows, Words } from './facts'
import { Findings } from './findings'

export const CarriedDetails = ({ carried: { turn, proof, review } }: { carried: Carried }) => {
  const took = turn?.endedAt ? span(Date.parse(turn.endedAt) - Date.parse(turn.at)) : null
  const rows: (readonly [string, string])[] = []
  if (review) rows.push(['Verdict', verdictWords(review)])
  if (proof)
    rows.push(['Proof', `${proof.command}: ${proof.result ? proofWords(proof.result.outcome) : 'it runs'}`])
  if (took) rows.push(['Turn took', took])
  if (turn) rows.push(...spentRows(turn))
  if (rows.length === 0) return null
  return (
    <>
      {review?.summary && <Words text={review.summary} />}
      {review && <Findings findings={review.findings} />}
      <Facts rows={rows} />
    </>
  )
}
