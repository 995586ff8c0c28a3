#!/usr/bin/env node
/** The command `duologue`: the same engine without a window. Rule: says nothing of its own when all is up to date. */
import { ensureBuilt } from './setup/build.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { inRoot } from './setup/paths.mjs'
import { run } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'

await runMain(async () => {
  await ensureInstalled(say)
  await ensureBuilt(say)
  return run(process.execPath, [inRoot('out/main/cli.js'), ...process.argv.slice(2)], { cwd: process.cwd() })
})
