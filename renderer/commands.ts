/**
 * Makes every id of the keymap do its work, and says why when it cannot now. Buttons, keys, menu and palette all
 * come here, so a control is live in all four places or in none.
 */

import type { Waiting } from '../shared/attention/waiting'
import { type CommandId, isCommandId, labelOf } from '../shared/keymap'
import type { Command } from '../shared/pair/inputs'
import { goesOnAtReset } from '../shared/pair/limits'
import { otherSeat } from '../shared/pair/seat'
import { planOf } from '../shared/pair/view'
import { leftForLater, whyNoPullRequest } from '../shared/transcript/pr-input'
import { heldDelivery, NOT_LIVE, REPLAYED, relayCommand, waitsForResume, whyNot } from './relay-commands'
import { isReplayCommand, performReplay, replayLabel, whyReplay } from './replay/commands'
import type { Stores } from './store/context'
import type { OpenPair } from './store/pair'
import type { SideTab } from './store/ui'

export interface CommandBoard {
  /** Why the command does not apply now; null when it does. */
  why(id: CommandId): string | null
  /** What it is called as things stand: a command that goes both ways names the way it would go now. */
  label(id: CommandId): string
  /** Does it, or shows why not. */
  run(id: CommandId): void
  /** Sends a command of the relay and shows a refusal; true when it was taken. */
  send(command: Command): Promise<boolean>
}

const NO_PAIR = 'No pair is open.'
/** The views beside the terminals. The timeline has a command of its own, which also hides it. */
const TABS: Partial<Record<CommandId, SideTab>> = {
  'view.findings': 'findings',
  'view.diff': 'diff',
  'view.plan': 'plan',
  'view.proof': 'proof',
}

const needsPair = (id: CommandId): boolean =>
  /^(pair|export|replay)\./.test(id) ||
  [
    'go.inbox',
    'go.driver',
    'go.navigator',
    'go.timeline',
    'go.now',
    'go.search',
    'go.hold',
    'view.timeline',
    'view.broad',
    'view.cost',
  ].includes(id) ||
  id in TABS

/** The pair that is not on the screen and needs its human. */
const nextWaiting = ({ attention, pair }: Stores): Waiting | undefined => {
  const { view } = pair.getState()
  const here = view.phase === 'open' ? view.pair : null
  return attention.getState().waiting.find(each => each.pair !== here)
}

/** Then there is a list of them beside the pair. */
const othersOpen = ({ standings, pair }: Stores): boolean => {
  const { view } = pair.getState()
  return view.phase !== 'none' && standings.getState().list.some(each => each.pair !== view.pair)
}

const whyCommand = (stores: Stores, id: CommandId): string | null => {
  if (id === 'go.waiting') return nextWaiting(stores) ? null : 'No other pair needs you.'
  if (id === 'view.pairs') return othersOpen(stores) ? null : 'No other pair is open.'
  if (!needsPair(id)) return null
  const { view } = stores.pair.getState()
  if (view.phase !== 'open') return NO_PAIR
  if (isReplayCommand(id)) return whyReplay(stores, id, view)
  // A closed pair has terminals only in a replay.
  if (id === 'go.driver' || id === 'go.navigator')
    return view.live || stores.replay.getState().view ? null : NOT_LIVE
  if (id === 'pair.cannedSteer' && stores.settings.getState().settings.steers.length === 0)
    return 'There are no canned steers: add one in the settings.'
  if (id === 'pair.close') return view.live ? null : 'This pair is closed already.'
  if (id === 'pair.steer' || id === 'pair.cannedSteer')
    return (
      (stores.replay.getState().view && REPLAYED) ||
      whyNot(view, { type: 'steer', to: view.state.driver, when: 'next', text: 'x' })
    )
  // To be edited it must be where it can be dropped: waiting here.
  const command = relayCommand(id === 'pair.editHeld' ? 'pair.dropHeld' : id, view)
  return command ? whyNot(view, command) : whyNothingToKeep(id, view)
}

/** What is made of a pair's record needs no running agents, but something to be made of. */
const whyNothingToKeep = (id: CommandId, { state }: OpenPair): string | null => {
  switch (id) {
    case 'pair.writePlan':
      return planOf(state) ? null : 'This pair has no plan.'
    case 'export.followUps':
      return leftForLater(state).length > 0 ? null : 'There are no follow-ups.'
    case 'pair.pullRequest':
      return whyNoPullRequest(state)
    default:
      return null
  }
}

const labelNow = (id: CommandId, { state }: OpenPair): string => {
  switch (id) {
    case 'pair.pause':
      return waitsForResume(state) ? 'Resume' : 'Pause'
    case 'pair.swap':
      return state.swapRequested ? 'Keep roles' : labelOf(id)
    case 'pair.goOnAtReset':
      return goesOnAtReset(state) ? 'Do not go on by itself' : labelOf(id)
    case 'pair.doubleReview':
      return state.doubleRequested ? 'No double review after all' : 'Blind double review'
    default:
      return labelOf(id)
  }
}

/** Where it is, and what redaction can and cannot do; the files may hold what the agents read and wrote. */
const exportWords = (paths: readonly string[]): string =>
  `Exported to ${paths.join(' and ')}. What looks like a secret was redacted, but not every secret can be told: read it before you share it.`

export const createCommands = (stores: Stores): CommandBoard => {
  const { ui, pair, settings, api } = stores
  const tell = (message: string | null) => {
    if (message) ui.getState().toast(message, 'trouble')
  }

  const send = async (command: Command): Promise<boolean> => {
    const message = await pair.getState().command(command)
    tell(message)
    return message === null
  }

  const exportFollowUps = async () => {
    const { view } = pair.getState()
    if (view.phase !== 'open') return
    const reply = await api.request('pair.export', { pair: view.pair, format: 'followUps' })
    if (!reply.ok) tell(reply.message)
    else if (reply.value.length > 0) ui.getState().toast(exportWords(reply.value), 'news')
  }

  const theme = async (value: 'system' | 'dark' | 'light') =>
    tell(await settings.getState().change({ theme: value }))

  const writePlan = async () => {
    const { view } = pair.getState()
    if (view.phase !== 'open') return
    const reply = await api.request('pair.writePlan', { pair: view.pair })
    if (reply.ok) ui.getState().toast(`The plan was written to ${reply.value}.`, 'news')
    else tell(reply.message)
  }

  const newWindow = async (shown: string | null) => {
    if (shown !== null) pair.getState().leave()
    const reply = await api.request('window.open', { pair: shown })
    if (!reply.ok) tell(reply.message)
  }

  const perform = (id: CommandId): unknown => {
    const { view } = pair.getState()
    const command = view.phase === 'open' ? relayCommand(id, view) : null
    if (id === 'pair.end') return ui.getState().show('endPair')
    if (command) return send(command)
    if (isReplayCommand(id)) return performReplay(stores, id).then(tell)
    const tab = TABS[id]
    if (tab) return ui.getState().showTab(tab)
    const driver = view.phase === 'open' ? view.state.driver : 'left'
    switch (id) {
      case 'pair.editHeld': {
        if (view.phase !== 'open') return
        const held = heldDelivery(view.state)
        return held && ui.getState().edit({ pair: view.pair, id: held.id, original: held.text })
      }
      case 'pair.steer':
        return ui.getState().focusOn('composer')
      case 'pair.cannedSteer':
        return ui.getState().focusOn('canned')
      case 'pair.newWindow':
        return view.phase === 'open' && newWindow(view.pair)
      case 'pair.close':
        return pair.getState().close().then(tell)
      case 'go.inbox':
        ui.getState().setInbox(true)
        return ui.getState().focusOn('inbox')
      case 'go.waiting': {
        const next = nextWaiting(stores)
        return next && pair.getState().open(next.pair)
      }
      case 'go.driver':
        return ui.getState().focusOn(driver)
      case 'go.navigator':
        return ui.getState().focusOn(otherSeat(driver))
      case 'go.timeline':
        ui.getState().setTimeline(true)
        return ui.getState().focusOn('timeline')
      case 'go.now':
        ui.getState().setTimeline(true)
        return ui.getState().jumpToNow()
      case 'go.search':
        return ui.getState().askScore('search')
      case 'go.hold':
        return ui.getState().askScore('nextHold')
      case 'go.switch':
        return ui.getState().show(ui.getState().overlay === 'switch' ? 'none' : 'switch')
      case 'go.searchPairs':
        ui.getState().setStarting(false)
        pair.getState().leave()
        return ui.getState().focusOn('pairSearch')
      case 'go.pairs':
        ui.getState().setStarting(false)
        return pair.getState().leave()
      case 'view.timeline':
        return ui.getState().setTimeline(!ui.getState().timelineShown)
      case 'view.broad':
        return ui.getState().setBroad(!(ui.getState().broad && ui.getState().timelineShown))
      case 'view.cost':
        return ui.getState().focusOn('cost')
      case 'view.pairs':
        return settings.getState().change({ pairsWide: !settings.getState().settings.pairsWide }).then(tell)
      case 'view.themeSystem':
        return theme('system')
      case 'view.themeDark':
        return theme('dark')
      case 'view.themeLight':
        return theme('light')
      case 'export.transcript':
        return ui.getState().show('share')
      case 'export.followUps':
        return exportFollowUps()
      case 'pair.writePlan':
        return writePlan()
      case 'pair.pullRequest':
        return ui.getState().show('pullRequest')
      case 'app.newPair':
        pair.getState().leave()
        return ui.getState().setStarting(true)
      case 'app.newWindow':
        return newWindow(null)
      case 'app.palette':
        return ui.getState().show(ui.getState().overlay === 'palette' ? 'none' : 'palette')
      case 'app.settings':
        return ui.getState().show('settings')
      default:
        return undefined
    }
  }

  return {
    why: id => whyCommand(stores, id),
    label(id) {
      const { view } = pair.getState()
      if (view.phase !== 'open') return labelOf(id)
      return replayLabel(stores, id, view.live) ?? labelNow(id, view)
    },
    run(id) {
      const why = whyCommand(stores, id)
      if (why) ui.getState().toast(why)
      else void perform(id)
    },
    send,
  }
}

/** The menu speaks the same ids; an unknown one comes from another version and does nothing. */
export const listenToMenu = (api: Stores['api'], board: CommandBoard): (() => void) =>
  api.on('menu.command', ({ command }) => {
    if (isCommandId(command)) board.run(command)
  })
