/** The proof: the command that shows the work is right, run by Duologue, with what it printed and how it ended. */
import { useEffect, useState } from 'react'
import type { Entry } from '../../shared/journal/entry'
import { isFresh, proofRuns } from '../../shared/pair/view'
import { proofWords } from '../../shared/review/proof'
import { whyNot } from '../relay-commands'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'
import { moment } from '../ui/format'
import { PlayIcon, StopIcon } from '../ui/icons'
import { limitWords, ProofCommandForm } from './proof-command'
import { ProofMark, ProofOutcomeLine } from './proof-outcome'
import { ProofText } from './proof-text'

type Run = Extract<Entry, { type: 'proof' }>

export const ProofView = () => {
  const view = useOpenPair()
  const { state, entries } = view
  const [picked, setPicked] = useState<number | null>(null)
  const runs = entries.filter((entry): entry is Run => entry.type === 'proof')
  const last = runs.at(-1)
  const shown = runs.find(({ run }) => run === picked) ?? last
  const isLast = shown !== undefined && shown === last
  // A new run is what one wants to see, whatever was looked at before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of the last run is the signal
  useEffect(() => setPicked(null), [last?.run])
  return (
    <div className="proof">
      <Command />
      {shown ? (
        <>
          <ProofOutcomeLine
            run={shown}
            stale={isLast && shown.result !== null && !isFresh(state)}
            old={!isLast}
            live={view.live}
            stopping={isLast && state.proof?.stopping === true}
          />
          <ProofText run={shown} />
          {runs.length > 1 && <History runs={runs} shown={shown.run} onPick={setPicked} />}
        </>
      ) : (
        <div className="side-empty">
          <h2>Not run yet</h2>
          <p>
            The proof is the command that shows the work is right, for example the tests. Duologue runs it
            itself when the driver reports done, so that done is evidence and not a claim; you can run it at
            any time.
          </p>
        </div>
      )}
    </div>
  )
}

const Command = () => {
  const view = useOpenPair()
  const { commands } = useWindow()
  const { proof } = view.state.terms
  const [editing, setEditing] = useState(false)
  if (editing) return <ProofCommandForm onClose={() => setEditing(false)} />
  const edit = { type: 'setProof', proof: proof ?? { command: 'x', limitSeconds: 600 } } as const
  return (
    <header className="proof-command">
      {proof ? (
        <div className="proof-line">
          <code className="selectable">{proof.command}</code>
          <span className="note">at most {limitWords(proof.limitSeconds)}</span>
        </div>
      ) : (
        <p className="proof-line note">This pair has no proof command.</p>
      )}
      <div className="proof-acts">
        {proofRuns(view.state) ? (
          <Button
            kind="key small"
            why={whyNot(view, { type: 'stopProof' })}
            onPress={() => void commands.send({ type: 'stopProof' })}
          >
            <StopIcon />
            Stop
          </Button>
        ) : (
          <Button
            kind="key small"
            why={whyNot(view, { type: 'runProof' })}
            onPress={() => void commands.send({ type: 'runProof' })}
          >
            <PlayIcon />
            Run proof
          </Button>
        )}
        <Button kind="soft small" why={whyNot(view, edit)} onPress={() => setEditing(true)}>
          {proof ? 'Change…' : 'Set a command…'}
        </Button>
      </div>
    </header>
  )
}

const History = (props: {
  readonly runs: readonly Run[]
  readonly shown: number
  readonly onPick: (run: number) => void
}) => (
  <section className="proof-history scrolls" aria-label="Runs of the proof">
    <h2 className="label">Runs</h2>
    <ol>
      {[...props.runs].reverse().map(({ run, by, at, result, sentBack }) => (
        <li key={run}>
          <button
            type="button"
            className="proof-run"
            aria-current={run === props.shown ? 'true' : undefined}
            onClick={() => props.onPick(run)}
          >
            <ProofMark result={result} />
            <b>Run {run}</b>
            <span>{result ? proofWords(result.outcome) : 'runs'}</span>
            <span className="quiet">
              {sentBack > 0 ? `sent back ${sentBack} of 2` : by === 'human' ? 'asked by you' : ''}
            </span>
            <span className="grow" />
            <time className="quiet" dateTime={at}>
              {moment(at)}
            </time>
          </button>
        </li>
      ))}
    </ol>
  </section>
)
