import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Main and preload are CommonJS for Node 18, the renderer for Chromium 114: the oldest Electron we run on. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      externalizeDeps: { include: ['node-pty', 'electron'] },
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          cli: 'electron/cli.ts',
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
      outDir: '../out/renderer',
      emptyOutDir: true,
      target: 'chrome114',
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
})
