/** `npm run check`: the gate. `--static` leaves the unit tests out, for those who have just run them. */
import { ensureInstalled } from './setup/install.mjs'
import { runTool, wasInterrupted } from './setup/run.mjs'
import { runMain, say } from './setup/say.mjs'

const STEPS = [
  { name: 'Biome', script: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings', '.'] },
  { name: 'TypeScript', script: 'typescript/bin/tsc', args: ['-b'] },
  { name: 'knip', script: 'knip/bin/knip.js', args: [] },
  { name: 'vitest', script: 'vitest/vitest.mjs', args: ['run'] },
]

await runMain(async () => {
  await ensureInstalled(say)
  const steps = process.argv.includes('--static') ? STEPS.filter(step => step.name !== 'vitest') : STEPS
  const failed = []
  for (const { name, script, args } of steps) {
    say(`${name} …`)
    if ((await runTool(script, args)) !== 0) failed.push(name)
    if (wasInterrupted()) break
  }
  say(failed.length === 0 ? 'all checks passed.' : `FAILED: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
})
