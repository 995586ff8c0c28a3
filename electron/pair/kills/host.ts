/**
 * For tests: the host as a process of its own, put together as the window and the command line are, so that it can be
 * killed outright. It reads requests and writes what happens, one JSON line each; when its input ends, it closes.
 */
import process from 'node:process'
import { createInterface } from 'node:readline'
import { compose } from '../../compose'
import type { FromHost, HostRequest, ToHost } from './protocol'

const { engine } = compose(__dirname, '0.0.0', false, () => ({ cols: 100, rows: 30 }))

const tell = (line: FromHost): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

engine.listen({ events: (pair, events) => tell({ type: 'events', pair, events }) })

const done = async (request: HostRequest): Promise<string | null> => {
  if (request.type === 'keys') {
    engine.live(request.pair)?.terminal(request.seat).input(request.keys)
    return null
  }
  const made =
    request.type === 'start'
      ? await engine.start(request.start)
      : await engine.command(request.pair, request.command)
  return made.ok ? null : made.error.message
}

const obey = async ({ n, request }: ToHost): Promise<void> =>
  tell({ type: 'reply', n, error: await done(request) })

createInterface({ input: process.stdin })
  .on('line', line => void obey(JSON.parse(line) as ToHost))
  .on('close', () => void engine.closeAll().then(() => process.exit(0)))
