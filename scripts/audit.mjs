// `npm run audit -- verify`: whether the activity logs are what was written.
import { prepare } from './bootstrap/prepare.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'

await runScript(async () => {
  await prepare()
  return runNode24(['apps/server/src/audit-command.ts', ...process.argv.slice(2)])
})
