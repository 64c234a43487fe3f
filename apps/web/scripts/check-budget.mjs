// What the chat page's first load costs in script, compressed; more than the budget fails.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { out } from './places.mjs'

const BUDGET = 250_000
/** A word that no minifier shortens. */
const MARK_OF_ZOD = '_zod'

const html = await readFile(path.join(out, 'chats.html'), 'utf8')
const scripts = new Set(
  [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
    // Browsers of the last years never fetch what is marked so.
    .filter(([tag]) => !/\snomodule/i.test(tag))
    .map(([, src = '']) => src.split('?')[0] ?? ''),
)
const sizes = await Promise.all(
  [...scripts].map(async (src) => {
    const code = await readFile(path.join(out, src))
    return { src, size: gzipSync(code, { level: 9 }).length, hasSchemas: code.includes(MARK_OF_ZOD) }
  }),
)
const total = sizes.reduce((sum, { size }) => sum + size, 0)
const kilobytes = (/** @type {number} */ size) => `${(size / 1000).toFixed(1)} kB`

if (process.argv.includes('--list')) {
  for (const { src, size } of sizes.sort((a, b) => b.size - a.size))
    console.log(kilobytes(size).padStart(10), src)
}
console.log(
  `First load of the chat page: ${kilobytes(total)} of script (gzip); the budget is ${kilobytes(BUDGET)}.`,
)
if (total > BUDGET) process.exit(1)
if (sizes.some(({ hasSchemas }) => hasSchemas)) {
  console.log(
    'It carries zod, with the schemas of the contracts: something on that page imports a value from a module with schemas (CONTRIBUTING.md, "What the first page carries").',
  )
  process.exit(1)
}
