/** Behind `bench/compare`: what changed between two results. */
import { resolve } from 'node:path'
import { benchProgram, ensureBenchBuilt } from './setup/bench.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { run } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureBenchBuilt(say)
  const paths = process.argv.slice(2).map(path => resolve(path))
  return run(process.execPath, [benchProgram('compare'), ...paths])
})
