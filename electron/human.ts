/** All that shows the human something, and what it is told: windows, what calls them, and where each pair stands. */
import { asPairId } from '../shared/ids'
import { intentLine } from '../shared/pair/names'
import type { Attention } from './attention'
import { createDesktop } from './desktop'
import type { Engine } from './pair/engine'
import { createStandings, type Standings } from './standings'
import { createWindows, type Windows, type WindowsDeps } from './windows'

export interface HumanDeps
  extends Pick<WindowsDeps, 'mayNotClose' | 'sessionEnds' | 'quit' | 'log' | 'logFolder' | 'page'> {
  readonly engine: Engine
  readonly wants: () => { readonly notifications: boolean; readonly sound: boolean }
}

export interface Human {
  readonly windows: Windows
  readonly attention: Attention
  readonly standings: Standings
}

export const createHuman = ({ engine, wants, ...rest }: HumanDeps): Human => {
  const stateOf = (pair: string) => engine.live(asPairId(pair))?.state()
  const live = (pair: string): boolean => stateOf(pair) !== undefined
  const windows = createWindows({
    ...rest,
    titleOf: pair => {
      const state = stateOf(pair)
      return state && intentLine(state.intent)
    },
    looked: () => {
      attention.looked()
      standings.looked()
      if (windows.all().length === 0) attention.stop()
    },
  })
  const attention = createDesktop(windows, { live, wants })
  const standings = createStandings({
    live,
    shown: pair => windows.shows(pair, false),
    tell: now => windows.toAll('pairs.standings', now),
  })
  engine.listen({
    events: (pair, events, state) => {
      windows.toPair(pair, 'pair.events', { pair, events })
      attention.events(pair, events, state)
      standings.events(pair, events, state)
    },
    trouble: (pair, storageTrouble) => {
      windows.toPair(pair, 'pair.trouble', { pair, storageTrouble })
      const state = stateOf(pair)
      if (state) attention.trouble(pair, state, storageTrouble)
    },
    proofOutput: (pair, run, text) => windows.toPair(pair, 'pair.proof', { pair, run, text }),
    changed: () => {
      windows.toAll('pairs.changed', null)
      attention.changed()
      standings.changed()
    },
  })
  return { windows, attention, standings }
}
