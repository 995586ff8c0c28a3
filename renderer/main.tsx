/** Composition root of the window: everything is made here once and handed down. */
import '@fontsource-variable/instrument-sans/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/dialog.css'
import './ui/notices.css'
import './relay/relay.css'
import './relay/bar.css'
import './relay/panes.css'
import './relay/cost.css'
import './relay/composer.css'
import './relay/inbox.css'
import './timeline/timeline.css'
import './timeline/score-bar.css'
import './timeline/records.css'
import './review/plan.css'
import './timeline/marks.css'
import './timeline/details.css'
import 'react-diff-view/style/index.css'
import './review/diff.css'
import './review/pull-request.css'
import './review/side.css'
import './review/board.css'
import './review/proof.css'
import './review/checkpoints.css'
import './replay/replay.css'
import './start/start.css'
import './start/agent-card.css'
import './share/share.css'
import './settings/settings.css'
import './palette/palette.css'
import './pairs/open-pairs.css'
import './pairs/switcher.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createApi } from './api'
import { App, loadPairScreen } from './app'
import { createAttentionStore } from './attention/attention'
import { createCommands, listenToMenu } from './commands'
import { type Stores, WindowProvider } from './store/context'
import { createPairStore, journalReader } from './store/pair'
import { createPairsStore } from './store/pairs'
import { createProofStore } from './store/proof'
import { rememberOpenPair } from './store/remember'
import { createReplayStore } from './store/replay'
import { createSettingsStore } from './store/settings'
import { createStandingsStore } from './store/standings'
import { createUiStore } from './store/ui'
import { LostBridge } from './ui/lost-bridge'

const ELSEWHERE = 'This pair is shown in another window, which is in front now.'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const { duologue } = window
if (duologue) {
  const api = createApi(duologue)
  const ui = createUiStore()
  const pair = createPairStore(api, () => ui.getState().toast(ELSEWHERE))
  const replay = createReplayStore(api, pair, why => ui.getState().toast(why, 'trouble'))
  const stores: Stores = {
    api,
    attention: createAttentionStore({ api, pair, replay, ui }),
    pair,
    pairs: createPairsStore(api),
    proof: createProofStore(api),
    replay,
    settings: createSettingsStore(api),
    standings: createStandingsStore(api, pair),
    ui,
  }
  const commands = createCommands(stores)
  listenToMenu(api, commands)
  const tell = (why: string | null) => why && stores.ui.getState().toast(why, 'trouble')
  const loaded = stores.settings.getState().load()
  // Asked for in one go; the pair's answer comes while the settings' one is worked on.
  const first = loaded.then(() => stores.settings.getState().info.pair)
  void rememberOpenPair(stores.pair, sessionStorage, first).then(tell)
  void loaded.then(message => {
    tell(message)
    createRoot(root).render(
      <StrictMode>
        <WindowProvider value={{ ...stores, commands }}>
          <App />
        </WindowProvider>
      </StrictMode>,
    )
    // Behind the first screen, or beside the reading of the pair that this window comes back to.
    void loadPairScreen()
    void journalReader()
  })
} else {
  createRoot(root).render(<LostBridge />)
}
