/** `npm run test:e2e`: the tests of the app; arguments go to `playwright test`, by default `--project app`. */
import { ensureTestable, playwright } from './setup/e2e.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureTestable(say)
  const args = process.argv.slice(2)
  const named = args.some(arg => arg.startsWith('--project'))
  return playwright(named ? args : ['--project=app', ...args])
})
