/**
 * The `pair` MCP server that gives our tools to an agent that takes them by MCP: the part of streamable HTTP that a server without
 * streams, sessions or notifications needs. Written here instead of taken from the SDK, because these hundred lines
 * are all of it, and the SDK brings a web framework. Rule: every request gets one JSON answer; a call may take as long
 * as a human needs.
 */
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { ToolReply, ToolSpec } from '../../../shared/agent/tools'
import { type Handler, sendJson } from './loopback'

export interface ToolHost {
  readonly tools: readonly ToolSpec[]
  readonly callTool: (name: string, args: unknown) => Promise<ToolReply>
  readonly log: (line: string) => void
}

const PROTOCOL = '2025-06-18'

const message = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).default({}),
})
const call = z.object({ name: z.string(), arguments: z.unknown() })

type Outcome = { readonly result: unknown } | { readonly error: { code: number; message: string } }
const fault = (code: number, text: string): Outcome => ({ error: { code, message: text } })

const callTool = async (host: ToolHost, params: unknown): Promise<Outcome> => {
  const parsed = call.safeParse(params)
  if (!parsed.success) return fault(-32602, 'tools/call needs a name and arguments')
  const { name } = parsed.data
  if (!host.tools.some(tool => tool.name === name)) return fault(-32602, `there is no tool ${name}`)
  const reply = await host.callTool(name, parsed.data.arguments ?? {})
  return { result: { content: [{ type: 'text', text: reply.text }], isError: !reply.ok } }
}

const answer = async (
  host: ToolHost,
  method: string,
  params: Readonly<Record<string, unknown>>,
): Promise<Outcome> => {
  switch (method) {
    case 'initialize': {
      const asked = params.protocolVersion
      return {
        result: {
          protocolVersion: typeof asked === 'string' ? asked : PROTOCOL,
          capabilities: { tools: {} },
          serverInfo: { name: 'pair', version: '1' },
        },
      }
    }
    case 'ping':
      return { result: {} }
    case 'tools/list':
      return { result: { tools: host.tools } }
    case 'tools/call':
      return callTool(host, params)
    default:
      return fault(-32601, `unknown method ${method}`)
  }
}

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const respond = async (host: ToolHost, body: string, response: ServerResponse): Promise<void> => {
  const parsed = message.safeParse(parseBody(body))
  if (!parsed.success) {
    host.log('malformed MCP message')
    return sendJson(response, 400, { jsonrpc: '2.0', id: null, ...fault(-32700, 'not a JSON-RPC message') })
  }
  const { id, method, params } = parsed.data
  if (id === undefined || method === undefined) {
    response.writeHead(202)
    response.end()
    return
  }
  sendJson(response, 200, { jsonrpc: '2.0', id, ...(await answer(host, method, params)) })
}

/** The client asks for a stream of notifications; there is none. */
export const noStream: Handler = (_body, _request, response) => sendJson(response, 405, {})

export const mcpHandler =
  (host: ToolHost): Handler =>
  (body, _request, response) => {
    respond(host, body, response).catch((error: unknown) => {
      host.log(`MCP request failed: ${String(error)}`)
      sendJson(response, 500, {})
    })
  }
