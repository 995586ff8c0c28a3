import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{shared,electron,renderer,resources}/**/*.test.{ts,tsx}',
      'scripts/**/*.test.mjs',
      'e2e/{,soak/}*.test.ts',
      'bench/*.test.ts',
    ],
    reporters: ['default', './scripts/reporters/vitest.mjs'],
    testTimeout: 20_000,
  },
})
