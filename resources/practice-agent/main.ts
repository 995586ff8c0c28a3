/**
 * The practice agent: a terminal program that takes a seat of a pair with no account and no network. Composition
 * only. Everything it is told comes by environment; started by hand it runs without Duologue.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { type Channel, openChannel } from './channel'
import { createEngine, type Engine } from './engine'
import { createPaint } from './entry'
import { prove } from './prove'
import { openRecord } from './record'
import { processTerminal } from './terminal'
import { createUi } from './ui'
import { clip, plain } from './width'

/** Milliseconds a person needs to follow a step. */
const PACE = 350

function main(): void {
  const { env } = process
  const folder = process.cwd()
  const session = env.DUOLOGUE_PRACTICE_SESSION ?? randomUUID()
  const record = openRecord(env.DUOLOGUE_PRACTICE_DIR ?? null, session)
  const paint = createPaint((env.NO_COLOR ?? '') === '')
  const terminal = processTerminal()
  const exit = (code: number): never => {
    terminal.restore()
    process.exit(code)
  }
  const home = homedir()
  const place = plain(folder.startsWith(home) ? `~${folder.slice(home.length)}` : folder)
  const version = env.DUOLOGUE_PRACTICE_VERSION ?? ''
  const header = (cols: number) => {
    const dim = (text: string) => paint('dim', clip(text, Math.max(10, cols - 8)))
    return [
      '',
      `${paint('accent', '▐▛ ▜▌')}  ${paint('bold', 'Practice agent')} ${paint('dim', version)}`,
      `${paint('accent', '▐▙ ▟▌')}  ${dim('no model · no account · no network')}`,
      `       ${dim(place)}`,
    ]
  }
  // The screen is needed by the engine and calls it back; nothing is typed before both are there.
  const screen = createUi({
    ...{ terminal, paint, header, folder: place, history: record.entries, now: () => performance.now() },
    onSubmit: text => engine.submit(text),
    onAnswer: (id, answer) => engine.answer(id, answer),
    onInterrupt: () => engine.interrupt(),
    onExit: () => exit(0),
  })
  const engine: Engine = createEngine({
    ...{ folder, env: childEnv(env), record, screen, exit },
    pace: Number(env.DUOLOGUE_PRACTICE_PACE ?? PACE) || 0,
    asks: env.DUOLOGUE_PRACTICE_PERMISSION !== 'auto',
    newId: () => randomBytes(6).toString('hex'),
    send: message => channel?.send(message) ?? false,
  })
  const address = env.DUOLOGUE_PRACTICE_SOCKET
  const channel: Channel | null =
    address === undefined
      ? null
      : openChannel({
          ...{ address, token: env.DUOLOGUE_PRACTICE_TOKEN ?? '', session },
          onMessage: message => engine.receive(message),
          onClose: () => exit(0),
        })
  process.on('SIGTERM', () => exit(143))
  process.on('SIGHUP', () => exit(129))
}

/** What the programs it runs may see: not the channel, nor its token. */
const childEnv = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('DUOLOGUE_')))

/** `test` instead of a screen: a proof of the practice repository for machines without Node. */
if (process.argv.at(-1) === 'test') {
  void prove(process.cwd(), childEnv(process.env)).then(code => process.exit(code))
} else main()
