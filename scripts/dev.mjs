// `npm run dev`: the server restarts when its sources change, and Next.js serves the web with hot reload.
import { createRequire } from 'node:module'
import { prepare } from './bootstrap/prepare.mjs'
import { inRoot } from './bootstrap/root.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'

const args = process.argv.slice(2)

await runScript(async () => {
  await prepare()
  const next = createRequire(inRoot('apps', 'web', 'package.json')).resolve('next/dist/bin/next')
  const server = runNode24(['--watch', '--watch-preserve-output', 'apps/server/src/main.ts', ...args])
  const web = runNode24([next, 'dev'], { cwd: inRoot('apps', 'web') })
  // Whichever ends first ends the other: half a development environment only confuses.
  const code = await Promise.race([server, web])
  process.kill(process.pid, 'SIGTERM')
  await Promise.all([server, web])
  return code
})
