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
