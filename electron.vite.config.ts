import { readFile } from 'node:fs/promises'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { type Plugin, transformWithOxc } from 'vite'

const PAGE = 'renderer/transcript/page.ts'

/** The script of HTML transcripts. It is written into them, so it is one file by itself and no part of a bundle. */
const transcriptPage = (): Plugin => ({
  name: 'duologue:transcript-page',
  async generateBundle() {
    const { code } = await transformWithOxc(await readFile(PAGE, 'utf8'), PAGE, {
      sourcemap: false,
      target: 'chrome114',
    })
    // What is left of a module whose imports were types only.
    const script = code.replace(/^export \{ ?\};?$/m, '')
    if (/^\s*(?:import|export)\b/m.test(script)) this.error(`${PAGE} imports more than types`)
    this.emitFile({ type: 'asset', fileName: 'transcript-page.js', source: script })
  },
})

/**
 * Main and preload are CommonJS for Node 18, the renderer for Chromium 114: the oldest Electron we run on.
 * Everything but Electron and the native node-pty is bundled, so a package needs no node_modules of ours.
 * The renderer inlines nothing (no scripts, no data: assets): its content security policy allows only files.
 */
export default defineConfig({
  main: {
    plugins: [transcriptPage()],
    build: {
      outDir: 'out/main',
      target: 'node18',
      sourcemap: true,
      externalizeDeps: { include: ['node-pty', 'electron'] },
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          cli: 'electron/cli.ts',
          console: 'electron/console/worker.ts',
          keyframes: 'electron/store/keyframes-worker.ts',
          export: 'electron/share/export-worker.ts',
          'practice-agent': 'resources/practice-agent/main.ts',
        },
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      sourcemap: true,
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      target: 'chrome114',
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: true,
      // Shortened, `#ffffff` is `#fff`, and the terminals, which read the tokens' colours, would not take it.
      cssMinify: false,
      rollupOptions: {
        input: 'renderer/index.html',
        // `shared/` is pure, so what the page does not use of it can go, and with it the schemas that only the host needs.
        treeshake: { moduleSideEffects: [{ test: /\/shared\//, sideEffects: false }] },
      },
    },
  },
})
