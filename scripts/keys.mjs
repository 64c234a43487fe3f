// `npm run keys -- show|rotate`: the master key under which files are encrypted.
import { prepare } from './bootstrap/prepare.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'

await runScript(async () => {
  await prepare()
  return runNode24(['apps/server/src/keys-command.ts', ...process.argv.slice(2)])
})
