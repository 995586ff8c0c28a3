/** In the details of a row: takes terminals, board and diff to its moment. */
import type { Entry } from '../../shared/journal/entry'
import { momentOfEntry } from '../../shared/replay/marks'
import { useReplay, useWindow } from '../store/context'
import { Button } from '../ui/button'

export const ShowMoment = ({ entry }: { entry: Entry }) => {
  const { replay, ui } = useWindow()
  const opening = useReplay(store => store.opening)
  const show = async () => {
    const why = await replay.getState().show(Date.parse(momentOfEntry(entry)))
    if (why) ui.getState().toast(why, 'trouble')
  }
  return (
    <Button
      kind="key small"
      why={opening ? 'The recordings are being made ready.' : null}
      onPress={() => void show()}
    >
      Show this moment
    </Button>
  )
}
