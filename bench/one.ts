/** One case, in a process of its own: neither compiled code nor garbage of another one is in its figures. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Bench, BenchContext } from './bench'
import { casesFolder } from './built'

export interface Task {
  readonly name: string
  readonly context: Pick<BenchContext, 'short' | 'rounds' | 'folder'>
}

const run = async ({ name, context }: Task): Promise<void> => {
  const path = join(casesFolder(), `${name}.js`)
  const { bench } = createRequire(path)(path) as { readonly bench: Bench }
  const { title, against, unit, goal } = bench
  const log = (line: string): void => void process.stderr.write(`  ${line}\n`)
  const { figures } = await bench.run({ ...context, log })
  process.send?.({ name, title, against, unit, goal, figures }, () => process.exit(0))
}

process.once('message', task => {
  run(task as Task).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  })
})
