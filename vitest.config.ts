import { defineConfig } from 'vitest/config'

const browser = 'test/browser/**/*.test.ts'
const crash = 'test/crash/**/*.test.ts'
/** They put something in the place of a module, and so must be the first of their process to load it. */
const mocking = ['test/results/prepare-results.test.ts']

const minutes = 60_000

/** The limits are for what hangs: a machine that is busy with something else may take many times as long. */
const shared = {
  setupFiles: ['test/setup.ts'],
  pool: 'forks' as const,
  // What a test makes dies young: with room for it, less is moved about.
  execArgv: ['--max-semi-space-size=32'],
  testTimeout: 5 * minutes,
  hookTimeout: 5 * minutes,
  expect: { poll: { timeout: minutes } },
}

// Test files share a process, and with it modules and the prepared database: loading them anew took longer than most tests.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [browser, crash, ...mocking],
          isolate: false,
        },
      },
      { test: { ...shared, name: 'mocking', include: mocking } },
      {
        test: {
          ...shared,
          name: 'browser',
          include: [browser],
          setupFiles: [...shared.setupFiles, 'test/browser/setup.ts'],
          isolate: false,
          testTimeout: 15 * minutes,
        },
      },
      { test: { ...shared, name: 'crash', include: [crash], testTimeout: 15 * minutes } },
    ],
  },
})
