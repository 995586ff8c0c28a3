/** `npm run bench`: the benchmarks, on a display of their own (docs/performance.md). */
import { benchProgram, ensureBenchBuilt } from './setup/bench.mjs'
import { withDisplay } from './setup/display.mjs'
import { ensureTestable } from './setup/e2e.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { run } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureTestable(say)
  await ensureBenchBuilt(say)
  return withDisplay(env => run(process.execPath, [benchProgram('run'), ...process.argv.slice(2)], { env }))
})
