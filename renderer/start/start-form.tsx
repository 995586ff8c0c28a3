/** The form that starts a pair: where, what, who, how far. What stands in the way is said where it stands. */
import { useEffect, useState } from 'react'
import { allCommands } from '../../shared/agent/command'
import type { AgentInfo } from '../../shared/agent/info'
import type { SeatId } from '../../shared/pair/seat'
import { useUi, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { FolderIcon, SwapIcon } from '../ui/icons'
import { AgentCard } from './agent-card'
import { asRequest, type FolderCheck, firstChoices, proofOf, type SeatChoice, whyNotStart } from './choices'
import { FolderNote } from './folder-note'
import { startPair } from './start-pair'
import { TermsFields } from './terms-fields'
import { useFolderCheck } from './use-folder-check'

export const StartForm = () => {
  const stores = useWindow()
  const [choices, setChoices] = useState(() => firstChoices(stores.settings.getState().settings))
  const commands = allCommands(stores.settings.getState().settings.commands)
  const [agents, looking, lookAgain] = useAgents()
  const check = useFolderCheck(stores.api, choices.folder)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const cancel = useUi(store => store.setStarting)

  const proof = proofOf(choices, check, stores.settings.getState().settings)
  const why = starting ? 'Starting…' : whyNotStart(choices, check, agents)
  const start = async () => {
    if (why) return
    setTrouble(null)
    setStarting(true)
    setTrouble(await startPair(stores, asRequest(choices, proof.command)))
    setStarting(false)
  }
  const setSeat = (seat: SeatId, choice: SeatChoice) =>
    setChoices({ ...choices, seats: { ...choices.seats, [seat]: choice } })

  return (
    <form
      className="start"
      aria-label="Start a pair"
      onSubmit={event => {
        event.preventDefault()
        void start()
      }}
    >
      <h1>Start a pair</h1>
      <FolderField
        folder={choices.folder}
        check={check}
        onChange={folder => setChoices({ ...choices, folder })}
      />
      <label className="labelled">
        <span>Intent</span>
        <textarea
          className="field"
          rows={3}
          value={choices.intent}
          placeholder="What should be done, in your words. Both agents get it verbatim."
          onChange={event => setChoices({ ...choices, intent: event.target.value })}
        />
      </label>
      <div className="seats">
        <AgentCard
          of="driver"
          choice={choices.seats.left}
          agents={agents}
          commands={commands}
          onChange={next => setSeat('left', next)}
        />
        <Button
          kind="key icon seats-swap"
          label="Swap the two seats"
          onPress={() =>
            setChoices({ ...choices, seats: { left: choices.seats.right, right: choices.seats.left } })
          }
        >
          <SwapIcon />
        </Button>
        <AgentCard
          of="navigator"
          choice={choices.seats.right}
          agents={agents}
          commands={commands}
          onChange={next => setSeat('right', next)}
        />
      </div>
      <TermsFields choices={choices} proof={proof} onChange={setChoices} />
      <div className="start-foot">
        <Button kind="soft" why={looking ? 'Looking…' : null} onPress={lookAgain}>
          Look for agents again
        </Button>
        <span className="grow" />
        <Button kind="key big" onPress={() => cancel(false)}>
          Cancel
        </Button>
        <Button kind="go big" submit why={why} onPress={() => undefined}>
          {starting ? 'Starting…' : 'Start'}
        </Button>
      </div>
      <p className={`start-why ${trouble ? 'note bad' : 'note'}`} role={trouble ? 'alert' : undefined}>
        {trouble ?? why ?? ''}
      </p>
    </form>
  )
}

interface FolderProps {
  readonly folder: string
  readonly check: FolderCheck
  readonly onChange: (folder: string) => void
}

const FolderField = ({ folder, check, onChange }: FolderProps) => {
  const { api, ui } = useWindow()
  const choose = async () => {
    const reply = await api.request('folder.choose', undefined)
    if (!reply.ok) ui.getState().toast(reply.message, 'trouble')
    else if (reply.value !== null) onChange(reply.value)
  }
  return (
    <div className="labelled">
      <label className="label" htmlFor="folder">
        Folder
      </label>
      <div className="folder-line">
        <input
          id="folder"
          className="field mono"
          type="text"
          spellCheck={false}
          value={folder}
          placeholder="/path/to/your/repository"
          aria-describedby="folder-note"
          onChange={event => onChange(event.target.value)}
        />
        <Button kind="key" onPress={() => void choose()}>
          <FolderIcon />
          Choose…
        </Button>
      </div>
      <FolderNote check={check} />
    </div>
  )
}

/** The agents of this machine; null while they are looked for. */
const useAgents = () => {
  const { api, ui } = useWindow()
  const [agents, setAgents] = useState<readonly AgentInfo[] | null>(null)
  const [round, setRound] = useState(0)
  const [looking, setLooking] = useState(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again
  useEffect(() => {
    let stale = false
    setLooking(true)
    void api.request('agents.detect', undefined).then(reply => {
      if (stale) return
      setLooking(false)
      if (reply.ok) setAgents(reply.value)
      else ui.getState().toast(reply.message, 'trouble')
    })
    return () => {
      stale = true
    }
  }, [api, ui, round])
  return [agents, looking, () => setRound(round + 1)] as const
}
