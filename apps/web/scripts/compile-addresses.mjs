import { eventNames, routeAddresses, signalNames } from '@parley/contracts/addresses'
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { web } from './places.mjs'

/** The table that stands in a browser for `@parley/contracts/addresses`, which reads it from the schemas. */
export async function compileAddresses() {
  const folder = fileURLToPath(new URL('.cache/contracts/', web))
  const tables = { routeAddresses, eventNames, signalNames }
  const lines = Object.entries(tables).map(
    ([name, table]) => `export const ${name} = ${JSON.stringify(table)}\n`,
  )
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}addresses.js`, lines.join(''))
}
