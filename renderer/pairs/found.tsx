/** What was found in a pair: where, with the words marked; and the way to that place. */

import { plural } from '../../shared/score/format'
import type { PairFound } from '../../shared/search/answer'
import type { Part } from '../../shared/search/parts'
import type { Stores } from '../store/context'

const PLACES: Readonly<Record<Part['kind'], string>> = {
  intent: 'Intent',
  handoff: 'Handoff',
  steer: 'Your words',
  turn: 'Turn',
  finding: 'Finding',
}

export const FoundText = ({ hit }: { hit: PairFound }) => (
  <span className="pair-found">
    <b>{`${PLACES[hit.part.kind]}${hit.part.id === '' ? '' : ` ${hit.part.id}`}`}</b>{' '}
    {hit.excerpt.map(({ text, hit: marked }, index) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
      marked ? <mark key={index}>{text}</mark> : text,
    )}
    {hit.others > 0 && <i>{` and ${plural(hit.others, 'more place')}`}</i>}
  </span>
)

/** Opens the pair, and in it what was found. */
export const openAt = async ({ pair, ui }: Stores, to: string, hit: PairFound | undefined): Promise<void> => {
  await pair.getState().open(to)
  const { view } = pair.getState()
  if (!hit || view.phase !== 'open' || view.pair !== to) return
  if (hit.part.kind === 'finding') ui.getState().showFinding(hit.part.id, 'findings')
  else if (hit.part.kind !== 'intent') ui.getState().showRow(hit.part.seq)
}
