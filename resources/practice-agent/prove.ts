/** The repository's tests as a command: what they say on standard output, and by exit code whether they pass. */
import { writeSync } from 'node:fs'
import { runTests, summary, testCommand } from './run-tests'

/** Gives the exit code: 0 all pass, 1 some fail, 2 they could not be run. */
export async function prove(folder: string, env: NodeJS.ProcessEnv): Promise<number> {
  const command = testCommand(folder)
  const outcome =
    command === null ? null : await runTests(command, { folder, env, signal: new AbortController().signal })
  // At once: the process ends right after, and output to a pipe would be lost.
  if (outcome === null) {
    writeSync(1, `There are no tests here that can be run: ${folder}\n`)
    return 2
  }
  const note = outcome.note === '' ? '' : `${outcome.note}\n`
  writeSync(1, `${note}${outcome.report === null ? outcome.output : summary(outcome.report)}\n`)
  return outcome.ok ? 0 : 1
}
