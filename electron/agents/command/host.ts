/**
 * What a program in a seat can tell us and ask of us, if it can run a command: `duologue-tool` calls a tool of the
 * pair, `duologue-hook` tells where a turn begins and ends. Rules: sh and curl only (docs/adr/0005); the address and
 * the token stand in a file that only this user can read, never in arguments.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ToolSpec } from '../../../shared/agent/tools'
import type { SeatContext } from '../agent'
import { type Handler, type LoopbackServer, sendJson, startLoopback } from '../mcp/loopback'
import { mcpHandler, noStream } from '../mcp/mcp'

export type HookEvent = 'start' | 'end'

export interface CommandHost {
  readonly url: string
  readonly token: string
  /** The folder of `duologue-tool` and `duologue-hook`, for the PATH. */
  readonly bin: string
  /** The file that tells the agent how it works in a pair. */
  readonly manual: string
  stop(): Promise<void>
}

const HOOKS: readonly HookEvent[] = ['start', 'end']

export const openHost = async (
  context: SeatContext,
  onHook: (event: HookEvent, body: string) => void,
): Promise<CommandHost> => {
  const token = randomBytes(32).toString('hex')
  const { tools, callTool, log } = context
  const hook =
    (event: HookEvent): Handler =>
    (body, _request, response) => {
      onHook(event, body)
      sendJson(response, 200, {})
    }
  const server = await startLoopback({
    token: token,
    routes: {
      ...Object.fromEntries(tools.map(({ name }) => [`POST /tool/${name}`, toolRoute(name, context)])),
      ...Object.fromEntries(HOOKS.map(event => [`POST /hook/${event}`, hook(event)])),
      'POST /mcp': mcpHandler({ tools, callTool, log }),
      'GET /mcp': noStream,
    },
    log,
  })
  const bin = join(context.dir, 'bin')
  const manual = join(context.dir, 'pair.md')
  await writeFiles(context, server, token, bin, manual)
  return { url: server.url, token, bin, manual, stop: server.stop }
}

const toolRoute =
  (name: string, { callTool, log }: SeatContext): Handler =>
  (body, _request, response) => {
    const args = parse(body)
    if (!args.ok) return sendText(response, 422, 'The arguments must be one JSON object.\n')
    callTool(name, args.value).then(
      reply => sendText(response, reply.ok ? 200 : 422, `${reply.text}\n`),
      (error: unknown) => {
        log(`tool call failed: ${String(error)}`)
        sendText(response, 500, 'Duologue could not record this.\n')
      },
    )
  }

const sendText = (response: Parameters<Handler>[2], status: number, text: string): void => {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(text)
}

const parse = (body: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch {
    return { ok: false } // told to the caller in words
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const writeFiles = async (
  context: SeatContext,
  { url }: LoopbackServer,
  token: string,
  bin: string,
  manual: string,
): Promise<void> => {
  await mkdir(bin, { recursive: true, mode: 0o700 })
  const secret = join(context.dir, 'curl.conf')
  await writeFile(secret, `header = "Authorization: Bearer ${token}"\n`, { mode: 0o600 })
  const curl = `curl -sS --noproxy '*' --fail-with-body -K ${quoted(secret)} --data-binary @-`
  const tool = `#!/bin/sh
# duologue-tool NAME JSON     (or the JSON on standard input)
[ -n "$1" ] || { echo 'usage: duologue-tool NAME JSON' >&2; exit 2; }
if [ $# -gt 1 ]; then printf '%s' "$2"; else cat; fi | ${curl} ${url}/tool/"$1"
`
  const hook = `#!/bin/sh
# duologue-hook start|end     (the prompt, or the final text, on standard input)
${curl} ${url}/hook/"$1"
`
  await writeFile(join(bin, 'duologue-tool'), tool, { mode: 0o700 })
  await writeFile(join(bin, 'duologue-hook'), hook, { mode: 0o700 })
  await writeFile(manual, manualText(context.instructions, context.tools, join(bin, 'duologue-tool')), {
    mode: 0o600,
  })
}

const manualText = (instructions: string, tools: readonly ToolSpec[], program: string): string =>
  [
    instructions,
    `# Tools\n\nWhere your program does not offer these tools itself, call them by a shell command. The arguments are one JSON object, as the second argument or on standard input:\n\n    ${quoted(program)} NAME <<'JSON'\n    { … }\n    JSON\n\nIt prints what Duologue answers and fails when the call was not right.`,
    ...tools.map(
      ({ name, description, inputSchema }) =>
        `## ${name}\n\n${description}\n\n\`\`\`json\n${JSON.stringify(inputSchema, null, 2)}\n\`\`\``,
    ),
  ].join('\n\n')
