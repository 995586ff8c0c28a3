/** One row: a face that tells it at a glance, and, when opened, the exact record behind it. */
import { memo } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { Details } from './details'
import { Face } from './face'
import { sentence } from './words'

interface Props {
  readonly entry: Entry
  /** Turns that go on while this happens; see `tails`. */
  readonly during: string
  /** Whether it says the same as the row before, to the other seat; see `echoes`. */
  readonly echo: boolean
  readonly open: boolean
  /** The one row that Tab reaches; arrows move from it. */
  readonly reachable: boolean
  readonly position: number
  readonly total: number
  readonly onToggle: (seq: number) => void
  readonly onFocus: (seq: number) => void
}

/** Rows that hold nothing more than they show. */
const isPlain = (entry: Entry): boolean => ['round', 'swap', 'unknown'].includes(entry.type)

export const Row = memo(
  ({ entry, during, echo, open, reachable, position, total, onToggle, onFocus }: Props) => {
    const words = sentence(entry, echo)
    const plain = isPlain(entry)
    return (
      <article
        className={`row row-${entry.type} ${during} ${open ? 'open' : ''}`}
        aria-label={words}
        aria-posinset={position}
        aria-setsize={total}
      >
        <button
          type="button"
          className="row-face"
          tabIndex={reachable ? 0 : -1}
          aria-expanded={plain ? undefined : open}
          onFocus={() => onFocus(entry.seq)}
          onClick={() => {
            if (!plain) onToggle(entry.seq)
          }}
        >
          <span className="visually-hidden">{words}</span>
          <span aria-hidden="true">
            <Face entry={entry} echo={echo} />
          </span>
        </button>
        {open && <Details entry={entry} />}
      </article>
    )
  },
)
