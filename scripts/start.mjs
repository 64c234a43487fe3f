// `npm start`: from a fresh clone to a running server. Every option is the server's own; see `npm start -- --help`.
import { prepare } from './bootstrap/prepare.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { runScript } from './bootstrap/say.mjs'
import { serverFlags } from './server-flags.mjs'

const args = process.argv.slice(2)
const onlyAsks = args.some((arg) => ['--help', '-h', '--version'].includes(arg))

await runScript(async () => {
  await prepare({ web: !onlyAsks })
  return runNode24([...serverFlags, 'apps/server/src/main.ts', ...args])
})
