/** Renders the icons from their SVGs; needed only after a change of them. Rule: the PNGs in git are this output. */
import { inRoot } from './setup/paths.mjs'
import { run } from './setup/run.mjs'
import { runMain, SetupError, say } from './setup/say.mjs'
import { onPath } from './setup/system.mjs'

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

/** Below it the strokes of the prompt blur. */
const SMALL = 24

await runMain(async () => {
  if (!onPath('rsvg-convert'))
    throw new SetupError('rsvg-convert is needed: sudo apt-get install -y librsvg2-bin')
  for (const size of SIZES) {
    const from = inRoot('resources/icons', size <= SMALL ? 'icon-small.svg' : 'icon.svg')
    const to = inRoot('resources/icons', `${size}x${size}.png`)
    const code = await run('rsvg-convert', ['-w', String(size), '-h', String(size), from, '-o', to])
    if (code !== 0) throw new SetupError(`rsvg-convert ended with code ${code}.`)
  }
  say(`${SIZES.length} icons in resources/icons/.`)
  return 0
})
