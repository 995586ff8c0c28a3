/** What stands beside the terminals: the timeline, and what the two agreed on and found, in tabs. */
import { type ReactNode, useEffect, useState } from 'react'
import { proofRuns } from '../../shared/pair/view'
import { AtMoment } from '../replay/at-moment'
import { useOpenPair, useReplay, useUi, useWindow } from '../store/context'
import type { SideTab } from '../store/ui'
import { Timeline } from '../timeline/timeline'
import { Button } from '../ui/button'
import { BroadIcon, NarrowIcon } from '../ui/icons'
import { openOnBoard } from './board'
import { DiffPane } from './diff-pane'
import { FindingsView } from './findings-view'
import { PlanView } from './plan-view'
import { ProofView } from './proof-view'
import { panelId, type Tab, Tabs, tabId, useTabBase } from './tabs'

export const Side = () => {
  const { ui, commands } = useWindow()
  const now = useOpenPair()
  const then = useReplay(({ view }) => view?.shown ?? null)
  const { state } = then ?? now
  const tab = useUi(store => store.tab)
  const broad = useUi(store => store.broad)
  const base = useTabBase()
  /** Kept here, so that a look at another tab does not lose it. */
  const [comparison, setComparison] = useState('whole')
  useEffect(() => ui.getState().resetSide, [ui])

  const open = openOnBoard(state.findings)
  const tabs: readonly Tab<SideTab>[] = [
    { value: 'timeline', label: 'Timeline', badge: null },
    {
      value: 'findings',
      label: 'Findings',
      badge: open === 0 ? null : { count: open, words: `${open} open` },
    },
    { value: 'diff', label: 'Diff', badge: null },
    { value: 'plan', label: 'Plan', badge: null },
    { value: 'proof', label: proofRuns(state) ? 'Proof…' : 'Proof', badge: null },
  ]
  return (
    <aside className="side" aria-label="Beside the terminals">
      <header className="side-head">
        <Tabs
          label="Beside the terminals"
          tabs={tabs}
          value={tab}
          onChange={ui.getState().showTab}
          base={base}
        />
        <Button
          kind="soft icon small"
          label={broad ? 'Narrow again' : 'Widen over the right terminal'}
          pressed={broad}
          onPress={() => commands.run('view.broad')}
        >
          {broad ? <NarrowIcon /> : <BroadIcon />}
        </Button>
      </header>
      <Panel base={base} of="timeline" shown={tab === 'timeline'}>
        <Timeline />
      </Panel>
      {tab !== 'timeline' && (
        <Panel base={base} of={tab} shown>
          <AtMoment>
            {tab === 'findings' && <FindingsView />}
            {tab === 'diff' && <DiffPane comparison={comparison} onCompare={setComparison} />}
            {tab === 'plan' && <PlanView />}
            {tab === 'proof' && <ProofView />}
          </AtMoment>
        </Panel>
      )}
    </aside>
  )
}

/** The timeline stays in place when another tab is shown: it goes on following what is live. */
const Panel = (props: {
  readonly base: string
  readonly of: SideTab
  readonly shown: boolean
  readonly children: ReactNode
}) => (
  <div
    className="side-panel"
    role="tabpanel"
    id={panelId(props.base, props.of)}
    aria-labelledby={tabId(props.base, props.of)}
    hidden={!props.shown}
  >
    {props.children}
  </div>
)
