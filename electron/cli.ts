/** The command line: `duologue run …`. Runs under plain Node, and in the app's own executable. */
import { homedir } from 'node:os'
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { version } from '../package.json'
import { allCommands } from '../shared/agent/command'
import { parseRun, USAGE } from './cli/args'
import { EXIT, runPair } from './cli/run'
import { compose } from './compose'
import { dataFolder, settingsFile } from './store/data-folder'
import { openSettings } from './store/settings'

const main = async (): Promise<number> => {
  const gone = readerGone()
  const [word, ...args] = process.argv.slice(2)
  if (word === '--version' || word === '--help' || word === 'help') {
    process.stdout.write(`${word === '--version' ? `duologue ${version}` : USAGE}\n`)
    return 0
  }
  if (word !== 'run') {
    process.stderr.write(`${word === undefined ? '' : `Unknown command ${word}.\n\n`}${USAGE}\n`)
    return EXIT.usage
  }
  const terminal = process.stdin.isTTY === true
  const { commands } = (
    await openSettings(
      settingsFile(dataFolder({ platform: process.platform, home: homedir(), env: process.env })),
    )
  ).get()
  const parsed = parseRun(args, process.cwd(), terminal, allCommands(commands))
  if (!parsed.ok) {
    process.stderr.write(`${parsed.error}\nduologue run --help tells the rest.\n`)
    return EXIT.usage
  }
  if (parsed.value === 'help') {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const { engine } = compose(__dirname, version, false, () => ({ cols: 100, rows: 30 }))
  return runPair(parsed.value, {
    engine,
    print: text => process.stdout.write(`${text}\n`),
    warn: text => process.stderr.write(`${text}\n`),
    ask,
    onInterrupt: listener => onInterrupt(listener, gone),
  })
}

/** Whoever read our output has gone, as with `| head`: nobody watches any more. Without a listener that is a crash. */
const readerGone = (): Promise<void> =>
  new Promise(resolve => {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve())
  })

const ask = async (prompt: string): Promise<string | null> => {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise<null>(resolve => lines.once('close', () => resolve(null)))
  // While it reads, the terminal gives Ctrl-C to it and not to the process.
  lines.once('SIGINT', () => {
    process.emit('SIGINT')
    lines.close()
  })
  const line = await Promise.race([lines.question(prompt), closed])
  lines.close()
  return line
}

const onInterrupt = (listener: () => void, gone: Promise<void>): (() => void) => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let listening = true
  for (const signal of signals) process.once(signal, listener)
  void gone.then(() => listening && listener())
  return () => {
    listening = false
    for (const signal of signals) process.off(signal, listener)
  }
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(EXIT.broke)
  },
)
