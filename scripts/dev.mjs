// `npm run dev`: the server restarts when its sources change, and Next.js serves the web with hot reload.
import { runNpm } from './bootstrap/npm.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { environmentWithNode24, runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'

const args = process.argv.slice(2)

await runScript(async () => {
  await prepare()
  const server = runNode24(['--watch', '--watch-preserve-output', 'apps/server/src/main.ts', ...args])
  const web = runNpm(['run', 'dev', '--workspace', '@parley/web', '--silent'], {
    env: environmentWithNode24(),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  // Whichever ends first ends the other: half a development environment only confuses.
  const code = await Promise.race([server, web])
  process.emit('SIGTERM')
  await Promise.all([server, web])
  return code
})
