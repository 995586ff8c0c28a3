import { defineConfig } from 'vitest/config'

/** The adapters against the real agent CLIs of `e2e/contracts`, offline. Not part of `npm test`. */
export default defineConfig({
  test: {
    include: ['electron/agents/**/*.contract.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
