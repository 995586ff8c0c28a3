/** The first screen: what to begin, and what there is already. */
import { strokeLabel, strokeOf } from '../../shared/keymap'
import type { PracticeTask } from '../../shared/pair/practice'
import { useSettings, useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { RoleMark } from '../ui/icons'
import { PairsList } from './pairs-list'
import { StartForm } from './start-form'
import { startPractice } from './start-pair'

export const Home = () => {
  const starting = useUi(store => store.starting)
  return (
    <div className="home">
      <PairsList />
      <main className="home-main scrolls">{starting ? <StartForm /> : <Welcome />}</main>
    </div>
  )
}

const Welcome = () => {
  const stores = useWindow()
  const { commands, ui } = stores
  const platform = useSettings(({ info }) => info.platform)
  const stroke = strokeOf('app.newPair')
  const practise = async (task: PracticeTask) => {
    const message = await startPractice(stores, task)
    if (message) ui.getState().toast(message, 'trouble')
  }
  return (
    <div className="welcome">
      <Score />
      <h1>
        Two agents, one task.
        <br />
        You hold the baton.
      </h1>
      <p className="welcome-lead">
        One agent{' '}
        <span className="driver word">
          <RoleMark of="driver" /> drives
        </span>
        , the other{' '}
        <span className="navigator word">
          <RoleMark of="navigator" /> navigates
        </span>
        : it reviews every turn. Duologue carries the work between their terminals and keeps the record. You
        steer, answer, pause and end.
      </p>
      <div className="welcome-acts">
        <Button
          kind="go big"
          onPress={() => commands.run('app.newPair')}
          {...(stroke ? { hint: strokeLabel(stroke, platform) } : {})}
        >
          Start a pair
        </Button>
        <Button kind="key big" onPress={() => void practise('slugify')}>
          Try the practice pair
        </Button>
        <Button kind="soft big" onPress={() => void practise('truncate')}>
          Its second task
        </Button>
      </div>
      <p className="note">
        The practice pair needs no account and no network: it works on a scratch repository. Its second task
        has a proof that fails once, a finding that is rejected for a good reason, and a follow-up.
      </p>
    </div>
  )
}

/** Two voices answering each other: what the timeline will look like, before there is one. */
const Score = () => (
  <svg className="welcome-score" viewBox="0 0 420 84" fill="none" aria-hidden="true" focusable="false">
    <path d="M0 16H420M0 68H420" stroke="var(--line)" />
    <path
      d="M116 18C150 18 136 66 170 66M230 66C264 66 250 18 284 18M346 18C372 18 360 66 386 66"
      stroke="var(--edge)"
      strokeWidth="1.5"
    />
    <rect x="14" y="11" width="104" height="10" rx="5" fill="var(--driver)" />
    <rect x="168" y="63" width="64" height="10" rx="5" fill="var(--navigator)" />
    <rect x="282" y="11" width="66" height="10" rx="5" fill="var(--driver)" />
    <rect x="384" y="63" width="36" height="10" rx="5" fill="var(--navigator)" />
  </svg>
)
