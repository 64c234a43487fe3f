// `npm run db -- backup|restore|check`: the embedded database, seen from outside the running server.
import { prepare } from './bootstrap/prepare.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'

await runScript(async () => {
  await prepare()
  return runNode24(['apps/server/src/db-command.ts', ...process.argv.slice(2)])
})
