import type { AgentKind } from '../pair/seat'

/** What detection found out about an agent program on this machine. */
export interface AgentInfo {
  readonly kind: AgentKind
  readonly name: string
  readonly state:
    | { readonly type: 'ready'; readonly path: string; readonly version: string; readonly warning?: string }
    | { readonly type: 'signedOut'; readonly path: string; readonly version: string; readonly todo: string }
    | { readonly type: 'tooOld'; readonly path: string; readonly version: string; readonly todo: string }
    | { readonly type: 'missing'; readonly todo: string }
  /** Permission modes it takes, its own default first; `null` value means "leave it to the agent". */
  readonly permissionModes: readonly {
    readonly value: string | null
    readonly label: string
    readonly hint: string
  }[]
}

/** Why a seat cannot be started so, with what to do about it; null: it can. */
export const whyNotStart = (
  { name, state, permissionModes }: AgentInfo,
  permissionMode: string | undefined,
): string | null => {
  if (state.type !== 'ready') return `${name}: ${state.todo}`
  const modes = permissionModes.flatMap(({ value }) => (value === null ? [] : [value]))
  if (permissionMode === undefined || modes.includes(permissionMode)) return null
  return `${name} has no permission mode ${permissionMode}: leave it out, or give one of ${modes.join(', ')}.`
}
