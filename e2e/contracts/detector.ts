/**
 * A proxy that lets nothing through and writes down who asked. Every program of a world is told to use it for all
 * that is not loopback, so whatever tries to reach the network is seen here.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface Detector {
  readonly url: string
  /** `program<its ancestors METHOD target` of each request that came. */
  readonly seen: readonly string[]
  stop(): Promise<void>
}

/** The program at the other end of a loopback connection and its ancestors, `git<claude<…`; Linux only. */
const callerOf = ({ remotePort = 0 }: Socket): string => {
  const port = remotePort.toString(16).toUpperCase().padStart(4, '0')
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map(row => row.trim().split(/\s+/))
  const inode = rows.find(row => row[1]?.endsWith(`:${port}`))?.[9]
  const owner = readdirSync('/proc').find(pid => /^\d+$/.test(pid) && holds(pid, `socket:[${inode}]`))
  return owner === undefined ? 'unknown' : lineage(owner).join('<')
}

const lineage = (pid: string): readonly string[] => {
  const [, name = '', parent = '0'] =
    /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
  return [name, ...(Number(parent) > 1 ? lineage(parent) : [])]
}

const holds = (pid: string, link: string): boolean => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => readlinkSync(`/proc/${pid}/fd/${fd}`) === link)
  } catch {
    return false // it ended while we looked, or is not ours to read
  }
}

export const startDetector = async (): Promise<Detector> => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${callerOf(request.socket)} ${request.method} ${request.url}`)
    response.writeHead(403).end()
  })
  server.on('connect', (request, socket) => {
    // Who asked may be gone before the answer.
    socket.on('error', () => undefined)
    seen.push(`${callerOf(request.socket)} CONNECT ${request.url}`)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const { port } = server.address() as AddressInfo
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, seen, stop }
}

/** The environment that sends everything but loopback to the detector. */
export const proxiedTo = ({ url }: Detector): Record<string, string> => ({
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  ALL_PROXY: url,
  http_proxy: url,
  https_proxy: url,
  all_proxy: url,
})
