import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// before anything else is loaded: the second start then reads compiled code instead of stripping types once more
enableCompileCache(join(import.meta.dirname, '../../../.cache/compile'))

const { runServer } = await import('./run-server.ts')
await runServer(process.argv.slice(2), process.env)
