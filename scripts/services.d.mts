/** Playwright's `launchOptions.args` for every Chromium that `findChromium` may find. */
export const chromiumArguments: string[]

/** Each answers the program's path, or null when the service cannot be had: then skip the test, loudly. */
export function findMongod(): Promise<string | null>
export function findRedis(): Promise<string | null>
export function findChromium(): Promise<string | null>

export interface MongoReplicaSet {
  uri: string
  stop(): Promise<void>
}

/** A replica set of one member for one test file; null when no mongod can be had. */
export function startMongoReplicaSet(): Promise<MongoReplicaSet | null>

export type ServiceName = 'mongod' | 'redis' | 'chromium'

/** What the tests are told: each variable names the program, or says `none`. */
export function serviceEnvironment(
  names?: ServiceName[],
): Promise<{ env: NodeJS.ProcessEnv; missing: ServiceName[] }>
