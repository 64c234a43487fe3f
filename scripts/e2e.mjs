// `npm run e2e -- [Playwright's arguments]`: only the browser journeys, on SQLite unless PARLEY_E2E_STORAGE=mongodb.
import { prepare } from './bootstrap/prepare.mjs'
import { runScript } from './bootstrap/say.mjs'
import { serviceEnvironment } from './services.mjs'
import { runPlaywright } from './test/suites.mjs'

await runScript(async () => {
  await prepare({ web: true })
  const { env, missing } = await serviceEnvironment(['chromium', 'mongod'])
  if (missing.includes('chromium')) return 1
  return runPlaywright({ PARLEY_E2E_STORAGE: 'sqlite', ...env }, process.argv.slice(2))
})
