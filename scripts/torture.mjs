// `npm run torture -- sync|kill [options]`: the long versions of the convergence and durability proofs.
import { existsSync } from 'node:fs'
import { prepare } from './bootstrap/prepare.mjs'
import { inRoot } from './bootstrap/root.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { Refusal, runScript } from './bootstrap/say.mjs'
import { serviceEnvironment } from './services.mjs'

const [name = '', ...args] = process.argv.slice(2)

await runScript(async () => {
  const program = `e2e/torture/${name}.ts`
  if (!/^[a-z-]+$/.test(name) || !existsSync(inRoot(program))) {
    throw new Refusal(
      'Say which: `npm run torture -- sync --histories 10000` or `npm run torture -- kill --rounds 100`.',
    )
  }
  await prepare()
  const { env } = await serviceEnvironment(['mongod'])
  return runNode24([program, ...args], { env })
})
