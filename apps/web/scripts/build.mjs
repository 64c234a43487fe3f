// The web's production build: Next's static export, then everything that the server needs to serve it well.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { buildServiceWorker } from './build-service-worker.mjs'
import { collectScriptHashes } from './collect-script-hashes.mjs'
import { web } from './places.mjs'
import { precompress } from './precompress.mjs'
import './prepare.mjs'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

const built = spawnSync(process.execPath, [next, 'build'], {
  cwd: fileURLToPath(web),
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
})
if (built.status !== 0) process.exit(built.status ?? 1)

const hashes = await collectScriptHashes()
const precached = await buildServiceWorker()
const compressed = await precompress()
console.log(
  `web: ${hashes} inline scripts hashed, ${precached.count} files (${Math.round(precached.size / 1024)} kB) for offline use, ${compressed} files compressed`,
)
