import compile from 'icu-minify/compile'
import { globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { web } from './places.mjs'

/**
 * A part of the catalogue with every message compiled, so that browsers carry no parser for plurals and arguments.
 * @param {Record<string, unknown>} words
 * @returns {Record<string, unknown>}
 */
const compiled = (words) =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compiled(/** @type {Record<string, unknown>} */ (value)),
    ]),
  )

/** Each `<part>-words.ts` becomes `<part>.json`, which `src/text/` loads with the first page or with its feature. */
export async function compileText() {
  const target = fileURLToPath(new URL('.cache/text/', web))
  const source = fileURLToPath(new URL('src/text/en/', web))
  await mkdir(target, { recursive: true })
  for (const file of globSync('*-words.ts', { cwd: source })) {
    const words = Object.assign({}, ...Object.values(await import(path.join(source, file))))
    await writeFile(`${target}${file.replace('-words.ts', '.json')}`, JSON.stringify(compiled(words)))
  }
}
