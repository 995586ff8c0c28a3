/** `npm run soak -- --minutes N [--pairs K] [--seed S]`: practice pairs at work under a restless human (docs: reliability). */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { withDisplay } from './setup/display.mjs'
import { ensureTestable } from './setup/e2e.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { runTool } from './setup/run.mjs'
import { runMain, SetupError, say } from './setup/say.mjs'

const numberOf = (name, given, { min, max }) => {
  const value = Number(given)
  if (Number.isFinite(value) && value >= min && value <= max) return value
  throw new SetupError(`--${name} takes a number from ${min} to ${max}.`)
}

const read = () => {
  try {
    return parseArgs({
      options: {
        minutes: { type: 'string', default: '3' },
        pairs: { type: 'string', default: '2' },
        seed: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error))
  }
}

await runMain(async () => {
  const values = read()
  const minutes = numberOf('minutes', values.minutes, { min: 0.2, max: 10_000 })
  const pairs = Math.floor(numberOf('pairs', values.pairs, { min: 1, max: 20 }))
  const seed = Math.floor(
    numberOf('seed', values.seed ?? randomInt(1, 2 ** 31), { min: 0, max: 2 ** 32 - 1 }),
  )
  await ensureInstalled(say)
  await ensureTestable(say)
  say(`soak: ${minutes} min, ${pairs} pairs at a time; again with --seed ${seed}`)
  const plan = JSON.stringify({ minutes, pairs, seed })
  return withDisplay(env =>
    runTool('@playwright/test/cli.js', ['test', '--project=soak', '--reporter=line'], {
      env: { ...env, DUOLOGUE_SOAK: plan },
    }),
  )
})
