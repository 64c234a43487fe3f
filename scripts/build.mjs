// `npm run build`: the web's static export, which the server serves.
import { prepare } from './bootstrap/prepare.mjs'
import { runScript } from './bootstrap/say.mjs'
import { buildWeb } from './bootstrap/web-build.mjs'

await runScript(async () => {
  await prepare()
  await buildWeb()
})
