import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { out } from './places.mjs'

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g
const STYLE_ATTRIBUTE = /<[^>]+\sstyle="/

/**
 * Writes `csp-hashes.json`: the sources of all inline scripts of all pages, for the server's content security policy.
 * A style attribute in a page would need `unsafe-inline`, so it fails the build.
 * @returns {Promise<number>} how many
 */
export async function collectScriptHashes() {
  /** @type {Set<string>} */
  const hashes = new Set()
  for (const file of globSync('**/*.html', { cwd: out })) {
    const html = await readFile(path.join(out, file), 'utf8')
    const styled = STYLE_ATTRIBUTE.exec(html.replace(INLINE_SCRIPT, ''))
    if (styled)
      throw new Error(
        `${file} has a style attribute, which the content security policy refuses: ${styled[0]}`,
      )
    for (const [, script = ''] of html.matchAll(INLINE_SCRIPT)) {
      hashes.add(`sha256-${createHash('sha256').update(script).digest('base64')}`)
    }
  }
  await writeFile(path.join(out, 'csp-hashes.json'), JSON.stringify([...hashes].sort()))
  return hashes.size
}
