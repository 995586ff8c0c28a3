/**
 * The tools that Duologue gives to both agents, as data: name, description and JSON schema (draft 2020-12
 * subset that MCP `tools/list` and Codex `dynamicTools.inputSchema` both take).
 */
export interface ToolSpec {
  readonly name: string
  readonly description: string
  readonly inputSchema: Readonly<Record<string, unknown>>
}

export interface ToolReply {
  readonly ok: boolean
  /** What the agent reads as the tool's result. */
  readonly text: string
}
