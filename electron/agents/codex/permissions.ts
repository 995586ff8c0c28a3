/**
 * Permission modes by names that people know from Codex's own `/permissions`. Without a choice nothing is passed:
 * the user's own configuration decides (see also `trust.ts`).
 */
import type { AgentInfo } from '../../../shared/agent/info'

export const PERMISSION_MODES: AgentInfo['permissionModes'] = [
  { value: null, label: "Codex's own setting", hint: 'What your Codex configuration says for this folder.' },
  {
    value: 'read-only',
    label: 'Read only',
    hint: 'Reads files; asks before it edits or runs anything else.',
  },
  {
    value: 'ask',
    label: 'Ask',
    hint: 'Edits and runs inside the folder; asks before it leaves it or uses the network.',
  },
  {
    value: 'full-access',
    label: 'Full access',
    hint: 'Dangerous: no sandbox and no questions. Anything on this machine can be changed or sent.',
  },
]

export interface ThreadPermissions {
  readonly approvalPolicy?: 'on-request' | 'never'
  readonly sandbox?: 'read-only' | 'workspace-write' | 'danger-full-access'
}

/** Parameters of `thread/start` and `thread/resume`; undefined for a mode that does not exist. */
export const threadPermissions = (mode: string | undefined): ThreadPermissions | undefined => {
  switch (mode) {
    case undefined:
      return {}
    case 'read-only':
      return { approvalPolicy: 'on-request', sandbox: 'read-only' }
    case 'ask':
      return { approvalPolicy: 'on-request', sandbox: 'workspace-write' }
    case 'full-access':
      return { approvalPolicy: 'never', sandbox: 'danger-full-access' }
    default:
      return undefined
  }
}
