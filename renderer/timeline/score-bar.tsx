/** Above the score: which rows are shown, the way to the next hold, and the search. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Button } from '../ui/button'
import { CloseIcon, DownIcon, HoldIcon, SearchIcon, UpIcon } from '../ui/icons'
import { SIFTS, type Sift } from './sift'

interface Props {
  readonly sifts: ReadonlySet<Sift>
  readonly onSift: (sift: Sift) => void
  readonly whyNoHold: string | null
  readonly onNextHold: () => void
  readonly searching: boolean
  readonly onSearching: (on: boolean) => void
}

export const ScoreBar = ({ sifts, onSift, whyNoHold, onNextHold, searching, onSearching }: Props) => (
  <div className="score-bar" role="toolbar" aria-label="Timeline">
    <fieldset className="sifts">
      <legend className="visually-hidden">Show only</legend>
      {SIFTS.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          className="sift"
          aria-pressed={sifts.has(value)}
          onClick={() => onSift(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
    <Button kind="soft icon small" label="Next hold" why={whyNoHold} onPress={onNextHold}>
      <HoldIcon />
    </Button>
    <Button
      kind="soft icon small"
      label="Search the timeline"
      pressed={searching}
      onPress={() => onSearching(!searching)}
    >
      <SearchIcon />
    </Button>
  </div>
)

interface SearchProps {
  readonly words: string
  readonly onWords: (words: string) => void
  /** How many rows hold the words, and which of them was gone to; -1: none. */
  readonly count: number
  readonly at: number
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
  /** Counts the wishes to search. */
  readonly wishes: number
}

export const SearchLine = ({ words, onWords, count, at, onStep, onClose, wishes }: SearchProps) => {
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same wish again is another wish
  useEffect(() => field.current?.select(), [wishes])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
  }
  const none =
    words.trim() === '' ? 'Type what to look for.' : count === 0 ? 'No row holds these words.' : null
  return (
    <search className="score-search">
      <SearchIcon />
      <input
        ref={field}
        type="search"
        aria-label="Search the timeline"
        placeholder="Search"
        value={words}
        onChange={event => onWords(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="score-count" role="status">
        {words.trim() === '' ? '' : count === 0 ? 'none' : `${at < 0 ? '–' : at + 1} of ${count}`}
      </span>
      <Button kind="soft icon small" label="Previous match" why={none} onPress={() => onStep(-1)}>
        <UpIcon />
      </Button>
      <Button kind="soft icon small" label="Next match" why={none} onPress={() => onStep(1)}>
        <DownIcon />
      </Button>
      <Button kind="soft icon small" label="Close the search" onPress={onClose}>
        <CloseIcon />
      </Button>
    </search>
  )
}
