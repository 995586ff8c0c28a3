/** `npm run test:agents`: the real agent programs against model servers on loopback; no account, no network. */
import { ensureTestable, playwright } from './setup/e2e.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { inRoot } from './setup/paths.mjs'
import { runTool, wasInterrupted } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'
import { ensureProgram } from './setup/system.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureInstalled(say, inRoot('e2e', 'contracts'))
  await ensureTestable(say)
  await ensureProgram(say, 'curl', 'curl', 'Claude Code is woken by curl.')
  await ensureProgram(say, 'strace', 'strace', 'A test sees by it whom the programs contact.')
  say('each seat with its real program …')
  const seats = await runTool('vitest/vitest.mjs', ['run', '--config', 'vitest.contracts.config.mts'])
  if (seats !== 0 || wasInterrupted()) return seats
  say('the app with the real programs …')
  return playwright(['--project=agents', ...process.argv.slice(2)])
})
