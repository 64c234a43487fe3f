// `npm run torture -- kill --rounds 100 [--seed N] [--storage sqlite|mongodb]`
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Chance, chanceFrom } from './chance.ts'
import { startStorage } from './engine.ts'
import { beginLoad, type Load } from './kill-load.ts'
import { ServerProcess } from './server-process.ts'
import { pause } from './wait.ts'

export interface KillOptions {
  readonly server: ServerProcess
  readonly rounds: number
  readonly seed: number
  readonly onRound?: (round: number, load: Load) => void
}

export interface KillResult {
  readonly faults: readonly string[]
  readonly confirmed: number
  readonly written: number
}

/** Every so many rounds everything is looked at; the last round always. */
const LOOK_EVERY = 5

/** Kills a busy server again and again. @returns what was broken; nothing, if all promises were kept */
export async function killAgainAndAgain({ server, rounds, seed, onRound }: KillOptions): Promise<KillResult> {
  const chance = chanceFrom(seed)
  const load = await beginLoad(server.base, chance.fork())
  const faults: string[] = []
  try {
    for (let round = 1; round <= rounds && faults.length === 0; round += 1) {
      load.resume()
      await killOnce(server, chance)
      onRound?.(round, load)
      if (round % LOOK_EVERY !== 0 && round !== rounds) continue
      await load.rest()
      faults.push(...(await load.faults()))
    }
    return { faults, confirmed: load.confirmed().length, written: load.written() }
  } finally {
    await load.end()
  }
}

/** At a moment of chance, while messages are on their way. */
async function killOnce(server: ServerProcess, chance: Chance): Promise<void> {
  await pause(250 + chance.below(700))
  await server.restart('SIGKILL', chance.happens(0.5) ? 0 : chance.below(300))
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      storage: { type: 'string', default: 'sqlite' },
    },
  })
  const began = Date.now()
  const storage = await startStorage(values.storage)
  const server = await ServerProcess.start({ storage: storage.address })
  try {
    const { faults, confirmed, written } = await killAgainAndAgain({
      server,
      rounds: Number(values.rounds),
      seed: Number(values.seed),
      onRound: (round, load) => {
        if (round % 10 === 0) console.log(`round ${round}: ${load.confirmed().length} messages confirmed`)
      },
    })
    for (const fault of faults) console.log(fault)
    const seconds = Math.round((Date.now() - began) / 1_000)
    const outcome = faults.length === 0 ? 'nothing lost, doubled or out of order' : `${faults.length} faults`
    console.log(
      `${values.rounds} kills, ${written} messages written, ${confirmed} confirmed: ${outcome} (${values.storage}, ${seconds} s)`,
    )
    return faults.length === 0 ? 0 : 1
  } finally {
    await server.stop()
    await storage.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main()
