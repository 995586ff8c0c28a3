/**
 * `npm run package [-- targets]`: the packaged app in `dist/`; without targets as a folder (`dir`), which works
 * offline. Rule: an Electron that is for development only is never packaged for release.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findElectron } from './electron.mjs'
import { ensureBuilt } from './setup/build.mjs'
import { distributionOf } from './setup/distribution.mjs'
import { ensureInstalled } from './setup/install.mjs'
import { inRoot } from './setup/paths.mjs'
import { runTool } from './setup/run.mjs'
import { runMain, SetupError, say } from './setup/say.mjs'

const DEVELOPMENT_ONLY = electron =>
  `Development build. Do not distribute: it contains Electron ${electron.version}, which is old and came from an npm\n` +
  'package instead of the official release.\n'

/** Loaded late: on a fresh clone its dependency is installed only after this file has begun to run. */
const fuseArguments = async electron => {
  const { newerFuses } = await import('./setup/fuses.mjs')
  const { args, unknown } = await newerFuses(electron.executable)
  if (unknown.length > 0)
    say(`Electron ${electron.version} does not have these fuses, so they are not set: ${unknown}`)
  return args
}

await runMain(async () => {
  const targets = process.argv.slice(2)
  const wanted = targets.length === 0 ? ['--dir'] : targets
  await ensureInstalled(say)
  const electron = await findElectron(say)
  if (electron.source === 'npm' && wanted.some(target => target !== '--dir')) {
    throw new SetupError(
      `Electron ${electron.version} from an npm package is never packaged for release; only --dir works with it. ` +
        'Give the official one with ELECTRON_OVERRIDE_DIST_PATH, or let it be downloaded.',
    )
  }
  await ensureBuilt(say)
  rmSync(inRoot('dist'), { recursive: true, force: true })
  say('packaging …')
  const code = await runTool('electron-builder/cli.js', [
    ...wanted,
    '--publish=never',
    `--config.electronDist=${distributionOf(electron)}`,
    `--config.electronVersion=${electron.version}`,
    ...(await fuseArguments(electron)),
  ])
  if (code !== 0) throw new SetupError(`electron-builder ended with code ${code}; what it says stands above.`)
  if (electron.source === 'npm') {
    writeFileSync(join(inRoot('dist', 'linux-unpacked'), 'DEVELOPMENT-BUILD.txt'), DEVELOPMENT_ONLY(electron))
    say('this is a development build (see DEVELOPMENT-BUILD.txt in it).')
  }
  say('the packaged app is in dist/.')
  return 0
})
