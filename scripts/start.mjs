/**
 * `npm start`: everything from a fresh clone to the open app. Rule: it says what it does while it does it, and does
 * nothing twice; without a display the practice pair runs in the terminal instead.
 */
import { findElectron } from './electron.mjs'
import { ensureBuilt } from './setup/build.mjs'
import { hasDisplay } from './setup/display.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { inRoot } from './setup/paths.mjs'
import { run } from './setup/run.mjs'
import { runMain, SetupError, say } from './setup/say.mjs'
import { ensureLibraries } from './setup/system.mjs'

const inTerminal = async args => {
  say(
    'there is no display here (DISPLAY and WAYLAND_DISPLAY are empty): the practice pair runs in this terminal.',
  )
  await ensureBuilt(say)
  return run(process.execPath, [inRoot('out/main/cli.js'), 'run', '--practice', ...args])
}

const inWindow = async args => {
  const electron = await findElectron(say)
  await ensureLibraries(say, electron.executable)
  if (electron.verdict.type === 'blocked') throw new SetupError(electron.verdict.why)
  if (electron.verdict.type === 'off') say(electron.verdict.why)
  await ensureBuilt(say)
  say('opening the app.')
  // An enclosing program may have set it; then Electron would be Node and open nothing.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  // Electrons before 38 look for X11 alone unless told.
  const wayland = process.env.WAYLAND_DISPLAY && !process.env.DISPLAY ? ['--ozone-platform=wayland'] : []
  return run(electron.executable, [...electron.args, ...wayland, ...args], { env })
}

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureInstalled(say)
  return hasDisplay() ? inWindow(args) : inTerminal(args)
})
