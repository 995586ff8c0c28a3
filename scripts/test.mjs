/** `npm test`: sets everything up, then unit tests and the tests of the app. Rule: both run, and any failure counts. */
import { ensureTestable, playwright } from './setup/e2e.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runTool, wasInterrupted } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureTestable(say)
  say('unit tests …')
  const unit = await runTool('vitest/vitest.mjs', ['run'])
  if (wasInterrupted()) return unit
  say('tests of the app …')
  const app = await playwright(['--project=app'])
  say(`unit tests ${unit === 0 ? 'passed' : 'FAILED'}, tests of the app ${app === 0 ? 'passed' : 'FAILED'}.`)
  return unit === 0 && app === 0 ? 0 : 1
})
