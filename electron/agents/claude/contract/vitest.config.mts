import { defineConfig } from 'vitest/config'

/** Runs the real Claude Code; not part of the unit tests. */
export default defineConfig({
  test: {
    include: ['electron/agents/claude/contract/*.contract.ts'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    fileParallelism: false,
  },
})
