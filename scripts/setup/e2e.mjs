/** The tests of the real app. Rule: they get a display of their own, so that nobody's screen is used. */
import { findElectron } from '../electron.mjs'
import { ensureBuilt } from './build.mjs'
import { withDisplay } from './display.mjs'
import { runTool } from './run.mjs'
import { SetupError } from './say.mjs'
import { ensureLibraries, ensureProgram } from './system.mjs'

/** Everything the tests of the app need besides the dependencies. */
export const ensureTestable = async say => {
  const electron = await findElectron(say)
  await ensureLibraries(say, electron.executable)
  if (process.platform === 'linux')
    await ensureProgram(say, 'Xvfb', 'xvfb', 'The tests need Xvfb, a display in memory.')
  await ensureProgram(say, 'git', 'git', 'Every pair works in a git repository.')
  if (electron.verdict.type === 'blocked') throw new SetupError(electron.verdict.why)
  await ensureBuilt(say)
}

/** @returns Playwright's exit code */
export const playwright = args =>
  withDisplay(env => runTool('@playwright/test/cli.js', ['test', ...args], { env }))
