/** Which configured program takes the seat, and what Duologue cannot know of it. */
import { commandLimits } from '../../shared/agent/command'
import type { CommandConfig } from '../../shared/agent/command-config'
import type { Role } from '../../shared/pair/seat'
import { AlertIcon } from '../ui/icons'
import type { SeatChoice } from './choices'

interface Props {
  readonly of: Role
  readonly choice: SeatChoice
  readonly commands: readonly CommandConfig[]
  readonly onChange: (choice: SeatChoice) => void
}

export const CommandField = ({ of: role, choice, commands, onChange }: Props) => {
  const { command } = choice
  return (
    <>
      <label className="labelled">
        <span>Program</span>
        <select
          className="field"
          aria-label={`Program of the ${role}`}
          value={command?.name ?? ''}
          onChange={event => {
            const chosen = commands.find(({ name }) => name === event.target.value)
            if (chosen) onChange({ ...choice, command: chosen })
          }}
        >
          {!command && <option value="">Choose…</option>}
          {commands.map(({ name, command: program }) => (
            <option key={name} value={name}>
              {name === program ? name : `${name} (${program})`}
            </option>
          ))}
        </select>
      </label>
      {command && (
        <p className="note warn agent-note selectable">
          <AlertIcon size={12} /> <span>{commandLimits(command)}</span>
        </p>
      )}
    </>
  )
}
