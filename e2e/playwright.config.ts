import { defineConfig } from '@playwright/test'
import { chromiumArguments, findChromium } from '../scripts/services.mjs'

const chromium = await findChromium()
if (chromium === null)
  throw new Error('The browser journeys need Chromium. Set PARLEY_TEST_CHROMIUM to a program of yours.')
// The workers read this file too; they need not look again.
process.env['PARLEY_TEST_CHROMIUM'] = chromium

export default defineConfig({
  testDir: './journeys',
  outputDir: './test-results',
  globalSetup: './journeys/setup/start-storage.ts',
  // Each worker has a server of its own, and every person a browser context: more would only wait for one another.
  workers: 2,
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    // a microphone that hears a tone every second; who may use it is still the context's to say
    launchOptions: {
      executablePath: chromium,
      args: [...chromiumArguments, '--use-fake-device-for-media-stream'],
    },
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    colorScheme: 'light',
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    // Recording costs as much as the journeys themselves.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
})
