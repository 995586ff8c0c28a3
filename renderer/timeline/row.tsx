/** One row: its part of the lanes, a face that tells it at a glance, and, when opened, the exact record behind it. */
import { memo } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { span } from '../../shared/score/format'
import type { ScoreRow } from '../../shared/score/page'
import type { RoundSum } from '../../shared/score/rounds'
import { REST_PX } from '../../shared/score/scale'
import { sentence } from '../../shared/score/words'
import { Details } from './details'
import { Face } from './face'
import { LaneBar } from './lanes'
import { sameRow } from './layout'

interface Props {
  readonly row: ScoreRow
  readonly index: number
  readonly total: number
  readonly open: boolean
  /** What the round that begins here took; null where none begins. */
  readonly sum: RoundSum | null
  /** The one row that Tab reaches; arrows move from it. */
  readonly reachable: boolean
  /** `hit`: it holds the words that are looked for; `here`: the one that was gone to. */
  readonly mark: '' | 'hit' | 'here'
  /** A replay shows its moment. */
  readonly shown: boolean
  readonly onToggle: (seq: number) => void
  readonly onFocus: (seq: number) => void
}

/** Rows that hold nothing more than they show. */
const isPlain = (entry: Entry): boolean => ['round', 'swap', 'unknown'].includes(entry.type)

export const Row = memo(
  ({ row, index, total, open, sum, reachable, mark, shown, onToggle, onFocus }: Props) => {
    const { entry, rest, air, face, height } = row
    const words = sentence(entry, row.echo)
    const plain = isPlain(entry)
    const top = (rest > 0 ? REST_PX : 0) + air
    return (
      <article
        className={`row row-${entry.type} ${open ? 'open' : ''} ${mark} ${shown ? 'shown' : ''}`}
        aria-current={shown ? 'time' : undefined}
        data-seq={entry.seq}
        style={{ minHeight: height, paddingBottom: row.below }}
        aria-label={words}
        aria-posinset={index + 1}
        aria-setsize={total}
      >
        <LaneBar seat="left" segment={row.left} top={top} />
        <LaneBar seat="right" segment={row.right} top={top} />
        {rest > 0 && (
          <span className="rest" aria-hidden="true">
            {row.restTold ? '' : `idle ${span(rest)}`}
          </span>
        )}
        <button
          type="button"
          className="row-face"
          style={{ marginTop: air, height: face }}
          tabIndex={reachable ? 0 : -1}
          aria-expanded={plain ? undefined : open}
          onFocus={() => onFocus(entry.seq)}
          onClick={() => {
            if (!plain) onToggle(entry.seq)
          }}
        >
          <span className="visually-hidden">{words}</span>
          <span aria-hidden="true">
            <Face row={row} sum={sum} />
          </span>
        </button>
        {open && <Details row={row} />}
      </article>
    )
  },
  (a, b) =>
    a.index === b.index &&
    a.total === b.total &&
    a.open === b.open &&
    a.sum?.worked === b.sum?.worked &&
    a.sum?.tokens === b.sum?.tokens &&
    a.sum?.costUsd === b.sum?.costUsd &&
    a.reachable === b.reachable &&
    a.mark === b.mark &&
    a.shown === b.shown &&
    a.onToggle === b.onToggle &&
    a.onFocus === b.onFocus &&
    sameRow(a.row, b.row),
)
