// `npm run build`: the web's static export, which the server serves. With --if-changed, only when its sources changed.
import { prepare } from './bootstrap/prepare.mjs'
import { runScript } from './bootstrap/say.mjs'
import { buildWeb, ensureWebBuilt } from './bootstrap/web-build.mjs'

await runScript(async () => {
  await prepare()
  await (process.argv.includes('--if-changed') ? ensureWebBuilt() : buildWeb())
})
