/** The states of the work that were kept, newest first, and the way back to each. */
import { useState } from 'react'
import type { Checkpoint } from '../../shared/pair/model'
import { whyNot } from '../relay-commands'
import { useOpenPair } from '../store/context'
import { Button } from '../ui/button'
import { moment } from '../ui/format'
import { checkpointWords } from './checkpoint-words'
import { RestoreDialog } from './restore-dialog'

export const CheckpointList = () => {
  const view = useOpenPair()
  const [asked, setAsked] = useState<Checkpoint | null>(null)
  const { checkpoints, lastMeasure } = view.state
  const now = lastMeasure?.target?.tree
  const current = [...checkpoints].reverse().find(({ tree }) => tree === now)
  return (
    <section className="checkpoints scrolls" aria-label="Checkpoints">
      {checkpoints.length === 0 && <p className="note">None yet: the work is kept at every handoff.</p>}
      <ol>
        {[...checkpoints].reverse().map(checkpoint => (
          <li key={checkpoint.number} className="checkpoint">
            <div className="grow">
              <b>{checkpointWords(checkpoint)}</b>
              {checkpoint === current && <span className="tag">The work now</span>}
              <p className="note">
                Checkpoint {checkpoint.number}, {moment(checkpoint.at)}, tree{' '}
                <code className="selectable" title={checkpoint.tree}>
                  {checkpoint.tree.slice(0, 8)}
                </code>
              </p>
            </div>
            <Button
              kind="key small"
              label={`Restore checkpoint ${checkpoint.number}`}
              why={whyNot(view, { type: 'restore', checkpoint: checkpoint.number })}
              onPress={() => setAsked(checkpoint)}
            >
              Restore…
            </Button>
          </li>
        ))}
      </ol>
      {asked && <RestoreDialog checkpoint={asked} onClose={() => setAsked(null)} />}
    </section>
  )
}
