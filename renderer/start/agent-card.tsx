/** One seat of the start form: which agent, is it ready, with which model and how freely it may act. */
import type { CommandConfig } from '../../shared/agent/command-config'
import type { AgentInfo } from '../../shared/agent/info'
import { roleName, shortVersion } from '../../shared/pair/names'
import { type AgentKind, agentName, type Role } from '../../shared/pair/seat'
import { AlertIcon, CheckIcon, RoleMark } from '../ui/icons'
import { isDangerous, type SeatChoice, seatChoice } from './choices'
import { CommandField } from './command-field'

interface Props {
  readonly of: Role
  readonly choice: SeatChoice
  readonly agents: readonly AgentInfo[] | null
  readonly commands: readonly CommandConfig[]
  readonly onChange: (choice: SeatChoice) => void
}

const KINDS: readonly AgentKind[] = ['claude', 'codex', 'opencode', 'practice', 'command']

export const AgentCard = ({ of: role, choice, agents, commands, onChange }: Props) => {
  const found = agents?.find(({ kind }) => kind === choice.agent)
  return (
    <fieldset className={`agent-card ${role}`}>
      <legend>
        <RoleMark of={role} />
        {roleName(role)}
      </legend>
      <p className="note">{role === 'driver' ? 'Does the work.' : 'Reviews every turn.'}</p>
      <div className="agent-kinds" role="radiogroup" aria-label={`Agent of the ${role}`}>
        {KINDS.map(kind => (
          <Kind
            key={kind}
            kind={kind}
            of={role}
            checked={kind === choice.agent}
            found={agents?.find(agent => agent.kind === kind)}
            looking={agents === null}
            onChoose={() => onChange(seatChoice(kind, commands))}
          />
        ))}
      </div>
      {choice.agent === 'command' ? (
        <CommandField of={role} choice={choice} commands={commands} onChange={onChange} />
      ) : (
        found && <Standing found={found} />
      )}
      {choice.agent !== 'practice' && choice.agent !== 'command' && (
        <Options of={role} choice={choice} found={found} onChange={onChange} />
      )}
    </fieldset>
  )
}

interface KindProps {
  readonly kind: AgentKind
  readonly of: Role
  readonly checked: boolean
  readonly found: AgentInfo | undefined
  readonly looking: boolean
  readonly onChoose: () => void
}

const Kind = ({ kind, of: role, checked, found, looking, onChoose }: KindProps) => (
  <label className={`agent-kind ${found?.state.type ?? 'missing'}`}>
    <input type="radio" name={`agent ${role}`} checked={checked} onChange={onChoose} />
    <span className="agent-name">{found?.name ?? agentName(kind)}</span>
    <span className="agent-state">{looking ? 'looking…' : stateWords(found)}</span>
  </label>
)

const stateWords = (found: AgentInfo | undefined): string => {
  if (!found) return 'not found'
  switch (found.state.type) {
    case 'ready':
      return found.kind === 'practice'
        ? 'built in'
        : found.kind === 'command'
          ? 'by configuration'
          : shortVersion(found.state.version)
    case 'signedOut':
      return 'signed out'
    case 'tooOld':
      return `${shortVersion(found.state.version)}, too old`
    case 'missing':
      return 'not installed'
  }
}

const Standing = ({ found }: { found: AgentInfo }) => {
  const { state } = found
  if (state.type !== 'ready')
    return (
      <p className="note bad agent-note selectable">
        <AlertIcon size={12} /> <span>{state.todo}</span>
      </p>
    )
  if (state.warning)
    return (
      <p className="note warn agent-note selectable">
        <AlertIcon size={12} /> <span>{state.warning}</span>
      </p>
    )
  return (
    <p className="note good agent-note">
      <CheckIcon />{' '}
      <span>{found.kind === 'practice' ? 'Needs no account and no network.' : 'Found and signed in.'}</span>
    </p>
  )
}

interface OptionsProps {
  readonly of: Role
  readonly choice: SeatChoice
  readonly found: AgentInfo | undefined
  readonly onChange: (choice: SeatChoice) => void
}

const Options = ({ of: role, choice, found, onChange }: OptionsProps) => {
  const modes = found?.permissionModes ?? []
  const mode = modes.find(({ value }) => (value ?? '') === choice.permissionMode)
  const dangerous = mode?.value ? isDangerous(mode.value) : false
  return (
    <div className="agent-options">
      <label className="labelled">
        <span>Model</span>
        <input
          className="field"
          type="text"
          spellCheck={false}
          aria-label={`Model of the ${role}`}
          value={choice.model}
          placeholder="its own default"
          onChange={event => onChange({ ...choice, model: event.target.value })}
        />
      </label>
      <label className="labelled">
        <span>Permissions</span>
        <select
          className="field"
          aria-label={`Permissions of the ${role}`}
          value={choice.permissionMode}
          onChange={event => onChange({ ...choice, permissionMode: event.target.value })}
        >
          {modes.length === 0 && <option value="">Its own default</option>}
          {modes.map(({ value, label }) => (
            <option key={value ?? ''} value={value ?? ''}>
              {value !== null && isDangerous(value) ? `⚠ ${label}` : label}
            </option>
          ))}
        </select>
      </label>
      {mode?.hint && (
        <p className={`note agent-hint ${dangerous ? 'bad' : ''}`}>
          {dangerous && <b>It will not ask before it acts. </b>}
          {mode.hint}
        </p>
      )}
    </div>
  )
}
