/** The peers' pages, built as the app's own is: minified, for the same Chromium. */
import { join, resolve } from 'node:path'
import { build } from 'vite'

const FOLDER = resolve(__dirname, '..', 'pages')

/** Gives the folder with `terminal.html` and `list.html`. */
export const buildPages = async (folder: string): Promise<string> => {
  const out = join(folder, 'pages')
  await build({
    configFile: false,
    root: FOLDER,
    base: './',
    logLevel: 'error',
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'chrome114',
      modulePreload: { polyfill: false },
      rollupOptions: { input: ['terminal', 'list'].map(name => join(FOLDER, `${name}.html`)) },
    },
  })
  return out
}
