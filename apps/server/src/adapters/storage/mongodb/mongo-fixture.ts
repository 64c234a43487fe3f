import { randomUUID } from 'node:crypto'

/** Says loudly what a missing mongod means: skipped tests, which only a developer's machine may have. */
export function orSkipLoudly(mongod: string | null): string | null {
  if (mongod) return mongod
  const sentence = 'No mongod can be had: tests of the MongoDB storage'
  if (process.env['CI'] === 'true') throw new Error(`${sentence} fail.`)
  console.warn(`\n!!! ${sentence} are SKIPPED. Set PARLEY_TEST_MONGOD, or put mongod on the PATH. !!!\n`)
  return null
}

export interface TestServer {
  /** The address of a new, empty database. */
  databaseUrl(): string
  stop(): Promise<void>
}

/** The replica set that one test file has started. */
export function testServer(set: { uri: string; stop(): Promise<void> } | null): TestServer {
  if (!set) throw new Error('mongod was there a moment ago')
  const databaseUrl = () => {
    const url = new URL(set.uri)
    url.pathname = `/test-${randomUUID()}`
    return url.href
  }
  return { databaseUrl, stop: () => set.stop() }
}
