// The real services that the tests run against. `node scripts/services.mjs` finds them and prints where they are.
import { pathToFileURL } from 'node:url'
import { runScript, say } from './bootstrap/say.mjs'
import { prepare } from './bootstrap/prepare.mjs'
import { chromiumArguments, findChromium } from './services/chromium.mjs'
import { NONE } from './services/find.mjs'
import { findMongod } from './services/mongod.mjs'
import { findRedis } from './services/redis.mjs'
import { startMongoReplicaSet } from './services/replica-set.mjs'

export { chromiumArguments, findChromium, findMongod, findRedis, startMongoReplicaSet }

const services = {
  mongod: { label: 'MongoDB', variable: 'PARLEY_TEST_MONGOD', find: findMongod },
  redis: { label: 'Redis', variable: 'PARLEY_TEST_REDIS', find: findRedis },
  chromium: { label: 'Chromium', variable: 'PARLEY_TEST_CHROMIUM', find: findChromium },
}

/** @typedef {keyof typeof services} ServiceName */

const everyService = /** @type {ServiceName[]} */ (Object.keys(services))

/**
 * Finds services and says where they are, in the words that the tests understand.
 * @param {ServiceName[]} [names]
 * @returns {Promise<{ env: NodeJS.ProcessEnv, missing: ServiceName[] }>}
 */
export async function serviceEnvironment(names = everyService) {
  const env = { ...process.env }
  const missing = /** @type {ServiceName[]} */ ([])
  for (const name of names) {
    const { label, variable, find } = services[name]
    const found = await find()
    env[variable] = found ?? NONE
    if (found) continue
    missing.push(name)
    say(
      `!!!! ${label} cannot be had on this machine: its tests are SKIPPED. Set ${variable} to a program of yours. !!!!`,
    )
  }
  return { env, missing }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    await prepare()
    const { env, missing } = await serviceEnvironment()
    for (const { label, variable } of Object.values(services))
      console.log(`${label.padEnd(9)} ${env[variable]}`)
    return missing.length > 0 ? 1 : 0
  })
}
