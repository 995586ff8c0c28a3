/** Sets the proof: a line for the shell and a time limit, or none at all. */
import { useEffect, useRef, useState } from 'react'
import type { ProofCommand } from '../../shared/review/proof'
import { whyNot } from '../relay-commands'
import { useOpenPair, useWindow } from '../store/context'
import { Button } from '../ui/button'

const DEFAULT_LIMIT_SECONDS = 600

export const limitWords = (seconds: number): string =>
  seconds % 60 === 0
    ? `${seconds / 60} min`
    : seconds < 60
      ? `${seconds} s`
      : `${(seconds / 60).toFixed(1)} min`

export const ProofCommandForm = ({ onClose }: { onClose: () => void }) => {
  const view = useOpenPair()
  const { commands } = useWindow()
  const now = view.state.terms.proof
  const [command, setCommand] = useState(now?.command ?? '')
  const [minutes, setMinutes] = useState(String((now?.limitSeconds ?? DEFAULT_LIMIT_SECONDS) / 60))
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const wanted: ProofCommand = {
    command: command.trim(),
    limitSeconds: Math.round(Number(minutes) * 60) || 0,
  }
  const set = async (proof: ProofCommand | null) => {
    if (await commands.send({ type: 'setProof', proof })) onClose()
  }
  const same = wanted.command === now?.command && wanted.limitSeconds === now.limitSeconds
  return (
    <form
      className="proof-command proof-form"
      onSubmit={event => event.preventDefault()}
      onKeyDown={event => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <label className="labelled">
        <span>Command, run by the shell in the workspace</span>
        <input
          ref={field}
          className="field mono"
          value={command}
          placeholder="npm test"
          spellCheck={false}
          onChange={event => setCommand(event.target.value)}
        />
      </label>
      <label className="labelled proof-limit">
        <span>Time limit, minutes</span>
        <input
          className="field"
          type="number"
          min="0.1"
          max="1440"
          step="any"
          value={minutes}
          onChange={event => setMinutes(event.target.value)}
        />
      </label>
      <div className="proof-acts">
        <Button
          kind="go small"
          submit
          why={same ? 'Nothing was changed.' : whyNot(view, { type: 'setProof', proof: wanted })}
          onPress={() => void set(wanted)}
        >
          Set
        </Button>
        <Button kind="soft small" onPress={onClose}>
          Cancel
        </Button>
        <span className="grow" />
        {now && (
          <Button
            kind="soft small danger"
            why={whyNot(view, { type: 'setProof', proof: null })}
            onPress={() => void set(null)}
          >
            No proof
          </Button>
        )}
      </div>
    </form>
  )
}
