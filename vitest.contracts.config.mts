import { defineConfig } from 'vitest/config'

/** The seats against the real agent programs of `e2e/contracts`, offline; run by `npm run test:agents`. */
export default defineConfig({
  test: {
    include: ['electron/{agents/*,pair/kills}/contract/*.contract.ts'],
    reporters: ['default', './scripts/reporters/vitest.mjs'],
    testTimeout: 300_000,
    hookTimeout: 30_000,
    fileParallelism: false,
  },
})
