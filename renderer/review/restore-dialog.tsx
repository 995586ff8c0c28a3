/** Going back changes files, so what happens is said before, all of it. */

import type { Checkpoint } from '../../shared/pair/model'
import { hasEnded } from '../../shared/pair/view'
import { whyNot } from '../relay-commands'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { moment } from '../ui/format'
import { checkpointWords } from './checkpoint-words'

export const RestoreDialog = ({ checkpoint, onClose }: { checkpoint: Checkpoint; onClose: () => void }) => {
  const view = useOpenPair()
  const { commands } = useWindow()
  const title = `Restore checkpoint ${checkpoint.number}?`
  return (
    <Dialog label={title} onClose={onClose}>
      <div className="dialog-body">
        <h2>{title}</h2>
        <p className="restore-what">
          {checkpointWords(checkpoint)}, {moment(checkpoint.at)}
        </p>
        <ul className="restore-facts">
          <li>First the present work is kept as a checkpoint of its own, so that you can come back to it.</li>
          <li>
            Then the files in <span className="selectable">{view.state.folder}</span> are made as they were.
            Files that git ignores are left alone.
          </li>
          <li>HEAD, the index, branches, the stash and hooks stay as they are.</li>
          {hasEnded(view.state) ? (
            <li>The pair has ended, so the agents are not told.</li>
          ) : (
            <li>The relay pauses, and both agents are told with their next message.</li>
          )}
        </ul>
        <div className="dialog-acts">
          <Button kind="key" autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="danger solid"
            why={whyNot(view, { type: 'restore', checkpoint: checkpoint.number })}
            onPress={() => {
              onClose()
              void commands.send({ type: 'restore', checkpoint: checkpoint.number })
            }}
          >
            Restore this checkpoint
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
