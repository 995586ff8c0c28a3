/** The commands of a replay: what each does, why it cannot now, and what it is called as things stand. */
import type { CommandId } from '../../shared/keymap'
import type { Speed } from '../../shared/replay/play'
import type { Stores } from '../store/context'
import type { OpenPair } from '../store/pair'
import { handoffFrom } from '../store/replay'

const SPEED_OF: Partial<Record<CommandId, Speed>> = {
  'replay.speed1': 1,
  'replay.speed2': 2,
  'replay.speed4': 4,
  'replay.speed8': 8,
  'replay.speed16': 16,
}

export const isReplayCommand = (id: CommandId): boolean => id.startsWith('replay.')

export const whyReplay = ({ replay }: Stores, id: CommandId, open: OpenPair): string | null => {
  if (id === 'replay.toggle') return null
  const { view, opening } = replay.getState()
  if (opening) return 'The recordings are being made ready.'
  if (!view) return 'Nothing is being replayed.'
  if (id === 'replay.previous')
    return handoffFrom(open, view.at, 'previous') === undefined ? 'There is no handoff before this.' : null
  if (id === 'replay.next')
    return handoffFrom(open, view.at, 'next') === undefined ? 'There is no handoff after this.' : null
  return null
}

/** Null: it is called what the keymap says. */
export const replayLabel = ({ replay }: Stores, id: CommandId, live: boolean): string | null => {
  const { view, opening } = replay.getState()
  if (id === 'replay.play') return view?.playing ? 'Pause the replay' : 'Play the replay'
  if (id !== 'replay.toggle') return null
  if (!view && !opening) return 'Replay this pair'
  return live ? 'Back to live' : 'Close the replay'
}

/** Resolves with why it could not be done; null when it was. */
export const performReplay = async ({ replay }: Stores, id: CommandId): Promise<string | null> => {
  const { view, opening, show, close, play, pause, step, setSpeed } = replay.getState()
  const speed = SPEED_OF[id]
  if (speed) setSpeed(speed)
  if (id === 'replay.previous') step('previous')
  if (id === 'replay.next') step('next')
  if (id === 'replay.play') view?.playing ? pause() : play()
  if (id !== 'replay.toggle') return null
  if (!view && !opening) return show(null)
  close()
  return null
}
