/** What was changed: as a whole or by one handoff, and the checkpoints one can go back to. */
import { useMemo, useState } from 'react'
import { unplannedOf } from '../../shared/pair/view'
import { type FindingRecord, stateOf } from '../../shared/review/finding'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { itemsOf, stateWords } from './board'
import { CheckpointList } from './checkpoint-list'
import { type Comparison, comparisonsOf } from './comparisons'
import type { DiffFinding } from './diff-rows'
import { DiffView } from './diff-view'
import { useTreeDiff } from './use-tree-diff'

interface Props {
  readonly comparison: string
  readonly onCompare: (key: string) => void
}

export const DiffPane = ({ comparison, onCompare }: Props) => {
  const { state, entries } = useOpenPair()
  const [listOpen, setListOpen] = useState(false)
  const comparisons = useMemo(() => comparisonsOf(state, entries), [state, entries])
  const chosen = comparisons.find(({ key }) => key === comparison) ?? comparisons[0]
  if (!state.git || !chosen)
    return (
      <div className="side-empty">
        <h2>No diff outside git</h2>
        <p>
          Duologue keeps each handoff as a tree in the folder’s own git repository, and{' '}
          <span className="selectable">{state.folder}</span> is not in one. So there are no diffs, checkpoints
          or restores here, and a review is about the files as they are. All else works. With{' '}
          <code>git init</code> before the next pair starts it has them too.
        </p>
      </div>
    )
  return (
    <div className="diff-pane">
      <header className="side-bar">
        <select
          className="field diff-choice"
          aria-label="What to compare"
          value={chosen.key}
          onChange={event => onCompare(event.target.value)}
        >
          {comparisons.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        <Button kind="key small" expanded={listOpen} onPress={() => setListOpen(!listOpen)}>
          Checkpoints <span className="quiet">{state.checkpoints.length}</span>
        </Button>
      </header>
      {listOpen && <CheckpointList />}
      <Change comparison={chosen} />
    </div>
  )
}

const Change = ({ comparison: { from, to } }: { comparison: Comparison }) => {
  const { pair, state } = useOpenPair()
  const { ui } = useWindow()
  const wish = useUi(store => store.finding)
  const loaded = useTreeDiff(pair, from, to)
  const unplanned = useMemo(() => new Set(unplannedOf(state)), [state])
  const findings = useMemo(() => findingsOf(state.findings), [state.findings])
  switch (loaded.phase) {
    case 'loading':
      return (
        <p className="side-empty" aria-busy="true">
          Reading the change…
        </p>
      )
    case 'failed':
      return (
        <div className="side-empty">
          <h2>This change cannot be shown</h2>
          <p className="selectable">{loaded.message}</p>
        </div>
      )
    case 'ready':
      return (
        <div className="diff-place-of">
          <DiffView
            // Rows and folds belong to one comparison.
            key={`${from}..${to}`}
            diff={loaded.diff}
            unplanned={unplanned}
            findings={findings}
            show={wish?.where === 'diff' ? wish : null}
            onOpenFinding={id => ui.getState().showFinding(id, 'findings')}
          />
        </div>
      )
  }
}

/** Findings about the plan are about no line of the work; what was said twice is marked once. */
const findingsOf = (records: readonly FindingRecord[]): readonly DiffFinding[] =>
  itemsOf(records)
    .filter(({ record: { plan, finding } }) => plan === null && finding.file !== '')
    .map(({ record }) => {
      const { id, severity, file, line, text } = record.finding
      return { id, severity, file, line, text, state: stateWords[stateOf(record)] }
    })
