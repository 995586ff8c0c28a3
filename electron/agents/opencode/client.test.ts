import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { OpencodeSignal } from '../../../shared/agent/opencode-frames'
import { REPLIES } from '../../../shared/agent/opencode-frames'
import { createClient } from './client'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const serve = async (handle: Parameters<typeof createServer>[1]): Promise<number> => {
  const server = createServer(handle)
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const clientOf = (port: number, logs: string[] = []) =>
  createClient({ port, password: 'secret' }, line => void logs.push(line))

test('a request carries the password, and its reply is read by its schema', async () => {
  let authorization: string | undefined
  const port = await serve((request, response) => {
    authorization = request.headers.authorization
    response.end(JSON.stringify(request.url === '/config' ? { model: 'fake/m', more: 1 } : 'odd'))
  })
  const client = clientOf(port)
  expect(await client.request('GET', '/config', undefined, REPLIES.config)).toEqual({
    ok: true,
    value: { model: 'fake/m' },
  })
  expect(authorization).toBe(`Basic ${Buffer.from('opencode:secret').toString('base64')}`)
  expect(await client.request('GET', '/other', undefined, REPLIES.config)).toMatchObject({
    ok: false,
    error: { refused: false },
  })
})

test('refused is only what surely did nothing', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/cut') request.socket.destroy()
    else if (request.url !== '/hang') response.writeHead(Number(request.url?.slice(1))).end('{}')
  })
  const client = clientOf(port)
  const refused = async (path: string, ms?: number) => {
    const reply = await client.request('POST', path, {}, REPLIES.any, ms)
    return reply.ok ? 'done' : reply.error.refused
  }
  expect(await refused('/204')).toBe('done')
  expect(await refused('/404')).toBe(true)
  expect(await refused('/500')).toBe(false)
  expect(await refused('/cut')).toBe(false)
  expect(await refused('/hang', 50)).toBe(false)
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  expect(await refused('/204')).toBe(true)
})

test('events are read wherever the stream is cut, and its end is told once', async () => {
  const idle = (id: string) => ({ type: 'session.idle', properties: { sessionID: id } })
  const lines = [
    `data: ${JSON.stringify({ type: 'server.connected', properties: {} })}\n\n`,
    `data: ${JSON.stringify(idle('ses_ä'))}\n\ndata: ${JSON.stringify({ type: 'session.idle', properties: {} })}\n\n`,
    `data: not json\n\ndata: ${JSON.stringify(idle('ses_2'))}\n\n`,
  ].join('')
  const port = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const bytes = Buffer.from(lines)
    const send = (at: number): void => {
      if (at >= bytes.length) return void response.end()
      response.write(bytes.subarray(at, at + 7), () => setImmediate(send, at + 7))
    }
    send(0)
  })
  const logs: string[] = []
  const seen: OpencodeSignal[] = []
  const ended = new Promise<void>(resolve => {
    void clientOf(port, logs).events(signal => void seen.push(signal), resolve)
  })
  await ended
  expect(seen).toEqual([idle('ses_ä'), idle('ses_2')])
  expect(logs).toHaveLength(2)
  expect(logs.join()).not.toContain('not json')
})

test('a refused stream is a value', async () => {
  const port = await serve((_request, response) => void response.writeHead(401).end())
  const events = await clientOf(port).events(
    () => {},
    () => {},
  )
  expect(events).toMatchObject({ ok: false })
})
