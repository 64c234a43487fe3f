// `npm run check`: format, lint, types, import rules, dead code and the web's script budget.
// `npm run check -- lint types` runs only the steps whose title begins with one of these words.
import { prepare } from './bootstrap/prepare.mjs'
import { requireNode24 } from './bootstrap/node24.mjs'
import { runNode24 } from './bootstrap/run.mjs'
import { Refusal, runScript } from './bootstrap/say.mjs'

const wanted = process.argv.slice(2)

/** The steps need Node 24 (globs, for one), so an older Node starts this very script again under the newer one. */
async function main() {
  await prepare()
  if (requireNode24() !== process.execPath) return runNode24(process.argv.slice(1))
  const { steps } = await import('./check/steps.mjs')
  const { runSteps } = await import('./check/run-steps.mjs')

  const chosen = steps().filter(
    ({ title }) => wanted.length === 0 || wanted.some((word) => title.startsWith(word)),
  )
  if (chosen.length === 0) throw new Refusal(`No step of the check begins with "${wanted.join('" or "')}".`)

  const outcomes = await runSteps(process.execPath, chosen, ({ title, code, seconds }) =>
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds.toFixed(1)} s)`),
  )
  const failed = outcomes.filter(({ code }) => code !== 0)
  for (const { title, output } of failed) console.log(`\n== ${title}\n${output}`)
  return failed.length > 0 ? 1 : 0
}

await runScript(main)
