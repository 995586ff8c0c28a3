/** `npm run build`: brings `out/` up to date. */
import { ensureBuilt } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureBuilt(say)
  return 0
})
