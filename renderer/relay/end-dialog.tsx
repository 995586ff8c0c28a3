/** Ending cannot be taken back, so it is asked once; both terminals stay usable after it. */

import { whyNot } from '../relay-commands'
import { useOpenPair, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'

export const EndDialog = () => {
  const { commands } = useWindow()
  const view = useOpenPair()
  const show = useUi(store => store.show)
  return (
    <Dialog label="End this pair?" onClose={() => show('none')}>
      <div className="dialog-body">
        <h2>End this pair?</h2>
        <p>
          A running turn is stopped and nothing more is handed over. Both terminals stay open and usable, and
          the timeline is kept.
        </p>
        <div className="dialog-acts">
          <Button kind="key" autoFocus onPress={() => show('none')}>
            Keep going
          </Button>
          <Button
            kind="danger solid"
            why={whyNot(view, { type: 'end' })}
            onPress={() => {
              show('none')
              void commands.send({ type: 'end' })
            }}
          >
            End pair
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
