import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { out } from './places.mjs'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Not worth a second request header: such a file fits one packet as it is. */
const LEAST = 1_000
/** Brotli's last step costs ten times as much; on large data it wins little. */
const qualityFor = (/** @type {number} */ size) => (size > 400_000 ? 9 : 11)

/**
 * Writes a `.br` and a `.gz` beside every file that shrinks by them, so that the server compresses nothing.
 * @returns {Promise<number>} how many files
 */
export async function precompress() {
  const files = globSync('**/*.{html,txt,js,css,json,svg,webmanifest}', { cwd: out })
  let count = 0
  for (const file of files) {
    const plain = await readFile(path.join(out, file))
    if (plain.length < LEAST) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: qualityFor(plain.length) }
    await writeFile(path.join(out, `${file}.br`), await brotli(plain, { params }))
    await writeFile(path.join(out, `${file}.gz`), await zip(plain, { level: 9 }))
    count++
  }
  return count
}
