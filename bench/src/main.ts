import { mkdir, writeFile } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { files } from './files.ts'
import { footprint } from './footprint.ts'
import { groups } from './groups.ts'
import { longConversation } from './long-conversation.ts'
import { reading } from './reading.ts'
import type { Figure, Scenario } from './scenario.ts'
import { reconnectStorm } from './storm.ts'
import { search, searchLarge } from './search.ts'
import { throughput, throughputOnMongodb } from './throughput.ts'
import { web } from './web.ts'
import { writePerformancePage } from './performance-page.ts'

const scenarios: readonly Scenario[] = [
  throughput,
  throughputOnMongodb,
  footprint,
  reading,
  search,
  searchLarge,
  reconnectStorm,
  groups,
  files,
  web,
  longConversation,
]

const USAGE = `npm run bench -- [options]
  --only NAME     one of: ${scenarios.map(({ name }) => name).join(', ')}; may be given several times
  --quick         short runs: shows that everything works, not how fast
  --mongodb URL   measure MongoDB too (otherwise PARLEY_BENCH_MONGODB, or a mongod of its own if one is found)
  --write         write docs/performance.md from the results of this run
  --help`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    mongodb: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memory: string
  readonly system: string
  readonly node: string
}

const machine = (): Machine => ({
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memory: `${String(Math.round(totalmem() / 2 ** 30))} GiB`,
  system: `${platform()} ${release()} ${arch()}`,
  node: process.version,
})

function printFigure({ name, value, unit, bar, met }: Figure): void {
  const verdict = met === null ? '' : met ? `met (${bar ?? ''})` : `SHORT (${bar ?? ''})`
  console.log(`  ${name.padEnd(58)} ${String(value).padStart(10)} ${unit.padEnd(9)} ${verdict}`)
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(USAGE)
    return
  }
  const chosen = scenarios.filter(({ name, optional }) => values.only?.includes(name) ?? !optional)
  const mongodb = values.mongodb ?? process.env['PARLEY_BENCH_MONGODB'] ?? null
  const results: { scenario: string; figures: Figure[] }[] = []
  for (const scenario of chosen) {
    console.log(scenario.name)
    const figures = await scenario.run({ quick: values.quick, mongodb })
    figures.forEach(printFigure)
    results.push({ scenario: scenario.name, figures })
  }
  const folder = join(import.meta.dirname, '../results')
  await mkdir(folder, { recursive: true })
  const measured = { machine: machine(), results }
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(measured, null, 2)}\n`)
  if (values.write) await writePerformancePage(measured)
}

await main()
// what load generators leave open would keep the process
process.exit()
