import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LoopbackServer, sendJson, startLoopback } from './loopback'
import { mcpHandler, noStream } from './mcp'

const TOKEN = 'a'.repeat(64)
const authorized = { authorization: `Bearer ${TOKEN}` }

interface Reply {
  readonly status: number | undefined
  readonly body: string
}

let server: LoopbackServer
let bodies: string[]
let logs: string[]
let calls: unknown[]

beforeEach(async () => {
  bodies = []
  logs = []
  calls = []
  const host = {
    tools: [{ name: 'submit_review', description: 'Submit.', inputSchema: { type: 'object' } }],
    callTool: async (name: string, args: unknown) => {
      calls.push({ name, args })
      return { ok: false, text: 'verdict is missing' }
    },
    log: (line: string) => logs.push(line),
  }
  server = await startLoopback({
    token: TOKEN,
    log: line => logs.push(line),
    routes: {
      'POST /hook': (body, _request, response) => {
        bodies.push(body)
        sendJson(response, 200, { seen: true })
      },
      'POST /mcp': mcpHandler(host),
      'GET /mcp': noStream,
    },
  })
})
afterEach(() => server.stop())

const send = (
  path: string,
  body: string | Buffer,
  headers: Record<string, string>,
  method = 'POST',
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })

describe('the loopback server', () => {
  test('listens on 127.0.0.1 only', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('does what is asked with the right token', async () => {
    expect(await send('/hook', '{"a":1}', authorized)).toEqual({ status: 200, body: '{"seen":true}' })
    expect(bodies).toEqual(['{"a":1}'])
    expect(server.refused()).toBe(0)
  })

  test.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: `Bearer ${'b'.repeat(64)}` }, 401],
    ['a token that is too short', { authorization: 'Bearer a' }, 401],
    ['a browser’s page', { ...authorized, origin: 'http://127.0.0.1' }, 403],
    ['a name that points here', { ...authorized, host: 'evil.example:80' }, 403],
  ])('does nothing for %s', async (_name, headers, status) => {
    expect(await send('/hook', '{}', headers)).toEqual({ status, body: '{}' })
    expect(bodies).toEqual([])
    expect(server.refused()).toBe(1)
    expect(logs).toEqual([`refused POST /hook: ${status}`])
  })

  test('knows its paths exactly', async () => {
    expect((await send('/hook/x', '{}', authorized)).status).toBe(404)
    expect((await send('/hook', '', authorized, 'GET')).status).toBe(404)
    expect(bodies).toEqual([])
  })

  test('takes no body above its bound', async () => {
    const body = Buffer.alloc(17 * 1024 * 1024)
    const reply = await send('/hook', body, authorized).catch(() => null)
    // The answer may be lost when the rest of the body is still on its way.
    expect(reply === null || reply.status === 413).toBe(true)
    expect(bodies).toEqual([])
    expect(logs).toEqual(['refused POST /hook: 413'])
  })

  test('never closes a connection of itself: the next request may be on its way on it', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (): Promise<[IncomingHttpHeaders, boolean]> =>
      new Promise((resolve, reject) => {
        const options = { method: 'POST', headers: authorized, agent }
        const sent = request(`${server.url}/hook`, options, response => {
          response.resume().on('end', () => resolve([response.headers, sent.reusedSocket]))
        })
        sent.on('error', reject)
        sent.end('{}')
      })
    const [headers, first] = await ask()
    expect(headers).toMatchObject({ connection: 'keep-alive' })
    // It would name the rest after which it is closed.
    expect(headers).not.toHaveProperty('keep-alive')
    await new Promise(resolve => setImmediate(resolve))
    const [, second] = await ask()
    expect([first, second]).toEqual([false, true])
    agent.destroy()
  })

  test('never writes the token to the log', async () => {
    await send(`/hook?${TOKEN}`, '{}', authorized)
    expect(logs.join()).not.toContain(TOKEN)
  })
})

const rpc = async (method: string, params: object, id: number | undefined = 1): Promise<unknown> => {
  const { status, body } = await send(
    '/mcp',
    JSON.stringify({ jsonrpc: '2.0', id, method, params }),
    authorized,
  )
  return body === '' ? status : JSON.parse(body)
}

describe('the pair MCP server', () => {
  test('introduces itself in the client’s protocol', async () => {
    expect(await rpc('initialize', { protocolVersion: '2025-03-26' })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: {
        protocolVersion: '2025-03-26',
        capabilities: { tools: {} },
        serverInfo: { name: 'pair', version: '1' },
      },
    })
  })

  test('lists tools, and answers a call; a refusal reaches the model as an error', async () => {
    expect(await rpc('tools/list', {})).toMatchObject({ result: { tools: [{ name: 'submit_review' }] } })
    const params = { name: 'submit_review', arguments: { verdict: 7 } }
    expect(await rpc('tools/call', params)).toMatchObject({
      result: { content: [{ type: 'text', text: 'verdict is missing' }], isError: true },
    })
    expect(calls).toEqual([{ name: 'submit_review', args: { verdict: 7 } }])
  })

  test('takes notifications, has no stream, and refuses what it does not know', async () => {
    const { status } = await send(
      '/mcp',
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
      authorized,
    )
    expect(status).toBe(202)
    expect((await send('/mcp', '', authorized, 'GET')).status).toBe(405)
    expect(await rpc('server/discover', {})).toMatchObject({ error: { code: -32601 } })
    expect(await rpc('tools/call', { name: 'rm' })).toMatchObject({ error: { code: -32602 } })
    expect(await send('/mcp', 'not json', authorized)).toMatchObject({ status: 400 })
    expect(calls).toEqual([])
  })
})
