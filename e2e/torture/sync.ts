// `npm run torture -- sync --histories 10000 [--seed N] [--storage sqlite|mongodb] [--no-restarts]`
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startStorage } from './engine.ts'
import { liveThrough } from './history.ts'
import { type Office, openOffice } from './office.ts'

export interface SyncOptions {
  readonly office: Pick<Office, 'server' | 'page'>
  readonly firstSeed: number
  readonly histories: number
  /** The server is ended and started again now and then, in the middle of whatever goes on. */
  readonly restarts: boolean
  readonly onProgress?: (done: number, failure: Failure | null) => void
}

export interface Failure {
  readonly seed: number
  readonly message: string
}

/** Histories in one organisation, one after another. */
const SHARING = 5
/** Histories spend most of their time waiting, so several live at once. */
const AT_ONCE = 8
/** A restart troubles all that live at the time; more often, and there would be no history without one. */
const RESTART_APART = 6_000
/** How much longer than it was away the server stays, for clients wait the longer the longer it was away. */
const STAYS = 3

/** Lives through histories with seeds from `firstSeed` on. @returns those that did not converge */
export async function liveHistories(options: SyncOptions): Promise<Failure[]> {
  const { office, firstSeed, histories, restarts, onProgress } = options
  const { server, page } = office
  const failures: Failure[] = []
  const restartServer = restarts
    ? seldom(() => server.restart(Math.random() < 0.5 ? 'SIGTERM' : 'SIGKILL'))
    : undefined
  let next = 0
  let done = 0
  const worker = async () => {
    while (next < histories) {
      const seeds = upTo(SHARING, histories - next).map((offset) => firstSeed + next + offset)
      next += seeds.length
      for await (const { seed, message } of liveThrough({ base: server.base, seeds, restartServer, page })) {
        const failure = message === null ? null : { seed, message }
        if (failure) failures.push(failure)
        done += 1
        onProgress?.(done, failure)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, histories) }, worker))
  return failures
}

const upTo = (count: number, left: number) =>
  Array.from({ length: Math.min(count, left) }, (_, index) => index)

/** @returns `run`, which does nothing while it runs and for a while after */
function seldom(run: () => Promise<void>): () => Promise<void> {
  let next = Date.now() + RESTART_APART
  return async () => {
    const began = Date.now()
    if (began < next) return
    next = Infinity
    await run().finally(() => {
      const ended = Date.now()
      next = ended + Math.max(RESTART_APART, STAYS * (ended - began))
    })
  }
}

/** The history with those before it in the same organisation. */
export function replay(seed: number, firstSeed: number, storage: string): string {
  const before = (seed - firstSeed) % SHARING
  return `npm run torture -- sync --histories ${before + 1} --seed ${seed - before} --storage ${storage}`
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      histories: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      storage: { type: 'string', default: 'sqlite' },
      'no-restarts': { type: 'boolean', default: false },
    },
  })
  const histories = Number(values.histories)
  const firstSeed = Number(values.seed)
  const began = Date.now()
  const storage = await startStorage(values.storage)
  const office = await openOffice({ storage: storage.address })
  try {
    const failures = await liveHistories({
      office,
      firstSeed,
      histories,
      restarts: !values['no-restarts'],
      onProgress: (done, failure) => {
        if (failure)
          console.log(
            `\nseed ${failure.seed}\n${failure.message}\n  ${replay(failure.seed, firstSeed, values.storage)}`,
          )
        if (done % 50 === 0) console.log(`${done} of ${histories} histories`)
      },
    })
    const seconds = Math.round((Date.now() - began) / 1_000)
    console.log(
      `${histories - failures.length} of ${histories} histories converged (${values.storage}, ${seconds} s)`,
    )
    return failures.length > 0 ? 1 : 0
  } finally {
    await office.stop()
    await storage.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main()
