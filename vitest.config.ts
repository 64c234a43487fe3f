import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{apps,packages,bench}/**/*.test.{ts,tsx}',
      'e2e/torture/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    exclude: ['**/node_modules/**', '**/.next/**', '**/out/**'],
    // Processes, not threads: tests start servers, open databases and send signals.
    pool: 'forks',
    maxWorkers: 2,
    env: { NODE_ENV: 'test' },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A promise nobody awaits and a test left with `.only` must not pass for success.
    dangerouslyIgnoreUnhandledErrors: false,
    allowOnly: false,
  },
})
