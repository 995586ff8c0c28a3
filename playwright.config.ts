import { defineConfig } from '@playwright/test'

/** Every project runs the real thing, once: what fails once has failed. */
export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: process.env.CI !== undefined,
  fullyParallel: false,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  // A bound for what never comes, not a measure: two apps and their agents share two cores with the machine's other work.
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./scripts/reporters/playwright.mjs']],
  snapshotPathTemplate: 'e2e/baselines/{arg}{ext}',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'app',
      testDir: 'e2e',
      testMatch: '**/*.spec.ts',
      testIgnore: ['**/contracts/**', '**/soak/**', '**/package.spec.ts'],
    },
    { name: 'package', testDir: 'e2e', testMatch: '**/package.spec.ts' },
    { name: 'soak', testDir: 'e2e/soak', testMatch: 'soak.spec.ts', timeout: 0 },
    { name: 'agents', testDir: 'e2e/contracts', testMatch: '**/*.spec.ts', timeout: 180_000 },
  ],
})
