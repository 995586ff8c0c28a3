/** The command line: `duologue run …`. Runs under plain Node, and in the app's own executable. */
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { version } from '../package.json'
import { parseRun, USAGE } from './cli/args'
import { EXIT, runPair } from './cli/run'
import { compose } from './compose'

const main = async (): Promise<number> => {
  const [word, ...args] = process.argv.slice(2)
  if (word !== 'run') {
    process.stderr.write(`${word === undefined ? '' : `Unknown command ${word}.\n\n`}${USAGE}\n`)
    return word === '--help' || word === 'help' ? 0 : EXIT.usage
  }
  const terminal = process.stdin.isTTY === true
  const parsed = parseRun(args, process.cwd(), terminal)
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
    onInterrupt,
  })
}

const ask = async (prompt: string): Promise<string | null> => {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise<null>(resolve => lines.once('close', () => resolve(null)))
  const line = await Promise.race([lines.question(prompt), closed])
  lines.close()
  return line
}

const onInterrupt = (listener: () => void): (() => void) => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.once(signal, listener)
  return () => {
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
