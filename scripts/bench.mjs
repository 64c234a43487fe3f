// `npm run bench`: measures the built product from outside; prints a table and writes JSON.
import { prepare } from './bootstrap/prepare.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'
import { serviceEnvironment } from './services.mjs'

await runScript(async () => {
  await prepare({ web: true })
  const { env } = await serviceEnvironment(['mongod', 'chromium'])
  return runNode24(['bench/src/main.ts', ...process.argv.slice(2)], { env })
})
