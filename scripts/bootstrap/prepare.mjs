import { ensureInstalled } from './install.mjs'
import { requireBootstrapNode } from './node24.mjs'
import { ensureWebBuilt } from './web-build.mjs'

/**
 * Brings a clone into a state in which the product can run.
 * @param {{ web?: boolean }} [options] whether the web must be built too
 */
export async function prepare({ web = false } = {}) {
  requireBootstrapNode()
  await ensureInstalled()
  if (web) await ensureWebBuilt()
}
