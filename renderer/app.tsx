/** What is on the screen: the first screen or a pair, with palette, settings and toasts above either. */
import { type ComponentType, useEffect, useState } from 'react'
import { commandForKey } from '../shared/keymap'
import { OpenPairs } from './pairs/open-pairs'
import { Switcher } from './pairs/switcher'
import { Palette } from './palette/palette'
import { SettingsDialog } from './settings/settings-dialog'
import { Home } from './start/home'
import { OpenPairProvider, usePair, useSettings, useUi, useWindow } from './store/context'
import { Button } from './ui/button'
import { AlertIcon, Logo } from './ui/icons'
import { Toasts } from './ui/toasts'
import { useTheme } from './ui/use-theme'

/** Terminals, timeline and diffs: more than half of all scripts, of which the first screen needs nothing. */
export const loadPairScreen = async (): Promise<void> => {
  const { PairScreen } = await import('./relay/pair-screen')
  loaded = PairScreen
}
let loaded: ComponentType | null = null

/** Not `lazy`: React shows what that has loaded 300 ms after what stood in its place, also when it is there at once. */
const PairScreen = () => {
  const [Loaded, setLoaded] = useState(() => loaded)
  useEffect(() => {
    if (!Loaded) void loadPairScreen().then(() => setLoaded(() => loaded))
  }, [Loaded])
  return Loaded ? <Loaded /> : <Opening />
}

export const App = () => {
  const overlay = useUi(store => store.overlay)
  useTheme()
  useKeys()
  return (
    <>
      <Beside />
      <Toasts />
      {overlay === 'palette' && <Palette />}
      {overlay === 'switch' && <Switcher />}
      {overlay === 'settings' && <SettingsDialog />}
    </>
  )
}

/** The other open pairs stay at hand beside one, also while it is being read. */
const Beside = () => {
  const home = usePair(({ view }) => view.phase === 'none')
  if (home) return <Screen />
  return (
    <div className="beside-pairs">
      <OpenPairs />
      <Screen />
    </div>
  )
}

const Screen = () => {
  const view = usePair(store => store.view)
  const { commands } = useWindow()
  switch (view.phase) {
    case 'none':
      return <Home />
    case 'opening':
      return <Opening />
    case 'failed':
      return (
        <main className="blank">
          <AlertIcon />
          <h1>This pair cannot be opened</h1>
          <p className="selectable blank-why">{view.message}</p>
          <Button kind="key" onPress={() => commands.run('go.pairs')}>
            All pairs
          </Button>
        </main>
      )
    case 'open':
      return (
        <OpenPairProvider value={view}>
          <PairScreen key={view.pair} />
        </OpenPairProvider>
      )
  }
}

const Opening = () => (
  <main className="blank" aria-busy="true">
    <Logo size={28} />
    <p className="quiet">Reading the journal…</p>
  </main>
)

/** The app's keys, wherever the focus is; everything else belongs to the focused terminal or field. */
const useKeys = () => {
  const { commands } = useWindow()
  const platform = useSettings(({ info }) => info.platform)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return
      const id = commandForKey(event, platform)
      if (!id) return
      event.preventDefault()
      commands.run(id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commands, platform])
}
