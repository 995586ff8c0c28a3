import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/**
 * Main and preload are CommonJS for Node 18, the renderer for Chromium 114: the oldest Electron we run on.
 * Everything but Electron and the native node-pty is bundled, so a package needs no node_modules of ours.
 * The renderer inlines nothing (no scripts, no data: assets): its content security policy allows only files.
 */
export default defineConfig({
  main: {
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
