/** The window of an open pair: two terminals, the side with its tabs, the composer below. The layout is kept. */
import { useRef, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { ReplayBar } from '../replay/replay-bar'
import { PullRequestDialog } from '../review/pull-request-dialog'
import { Side } from '../review/side'
import { ShareDialog } from '../share/share-dialog'
import { useSettings, useUi, useWindow } from '../store/context'
import { Spoken } from '../timeline/spoken'
import { Banners } from './banners'
import { Composer } from './composer'
import { EndDialog } from './end-dialog'
import { Header } from './header'
import { Inbox } from './inbox'
import { Pane } from './pane'

export const PairScreen = () => {
  const { settings } = useWindow()
  const shown = useUi(({ timelineShown }) => timelineShown)
  const overlay = useUi(store => store.overlay)
  const broad = useUi(store => store.broad)
  const layout = useSettings(store => store.settings.layout)
  const [first] = useState({ left: layout[0], right: layout[1], timeline: layout[2] })
  const stage = useRef<HTMLElement>(null)
  return (
    <div className="pair-screen">
      <Header />
      <Banners />
      <main className={`stage ${shown ? (broad ? 'broad' : '') : 'wide'}`} ref={stage}>
        <Group
          orientation="horizontal"
          className="panes"
          defaultLayout={first}
          onLayoutChanged={(next, { isUserInteraction }) => {
            const { left, right, timeline } = next
            if (isUserInteraction && left && right && timeline)
              void settings.getState().change({ layout: [left, right, timeline] })
          }}
        >
          <Panel
            id="left"
            minSize={220}
            onResize={({ inPixels }) => stage.current?.style.setProperty('--first', `${inPixels}px`)}
          >
            <Pane seat="left" />
          </Panel>
          <Separator className="divider" aria-label="Width of the left pane" />
          <Panel id="right" minSize={220}>
            <Pane seat="right" />
          </Panel>
          {shown && (
            <>
              <Separator className="divider" aria-label="Width of the timeline" />
              <Panel
                id="timeline"
                minSize={260}
                onResize={({ inPixels }) => stage.current?.style.setProperty('--beside', `${inPixels}px`)}
              >
                <Side />
              </Panel>
            </>
          )}
        </Group>
        <Inbox />
      </main>
      <ReplayBar />
      <Composer />
      <Spoken />
      {overlay === 'endPair' && <EndDialog />}
      {overlay === 'pullRequest' && <PullRequestDialog />}
      {overlay === 'share' && <ShareDialog />}
    </div>
  )
}
