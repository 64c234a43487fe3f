import compile from 'icu-minify/compile'
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { web } from './places.mjs'

/**
 * A catalogue with every message compiled, so that browsers carry no parser for plurals and arguments.
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

export async function compileText() {
  const folder = fileURLToPath(new URL('.cache/text/', web))
  const { en } = await import(new URL('src/text/en/en.ts', web).href)
  await mkdir(folder, { recursive: true })
  const { parts } = await import(new URL('src/text/en/parts.ts', web).href)
  await writeFile(`${folder}en.json`, JSON.stringify(compiled(en)))
  for (const [name, words] of Object.entries(parts))
    await writeFile(`${folder}en.${name}.json`, JSON.stringify(compiled(words)))
}
