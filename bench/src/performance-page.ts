import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figure } from './scenario.ts'

interface Measured {
  readonly machine: {
    readonly cores: number
    readonly processor: string
    readonly memory: string
    readonly system: string
    readonly node: string
  }
  readonly results: readonly { readonly scenario: string; readonly figures: readonly Figure[] }[]
}

const page = join(import.meta.dirname, '../../docs/performance.md')
const NOTES = '<!-- what follows is written by hand and kept -->'

const row = ({ name, value, unit, bar, met }: Figure) =>
  `| ${name} | ${String(value)} ${unit} | ${bar ?? 'reported'} | ${met === null ? '' : met ? 'met' : '**short**'} |`

/** Writes docs/performance.md from one run; what stands below its marker stays. */
export async function writePerformancePage({ machine, results }: Measured): Promise<void> {
  const before = await readFile(page, 'utf8').catch(() => '')
  const notes = before.includes(NOTES) ? before.slice(before.indexOf(NOTES)) : `${NOTES}\n`
  const lines = [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`. Machines differ, so what counts are the ratios: the bare Socket.IO relay (no sign-in, no',
    'storage; an event in, an event out) runs in the same run, under the same load generator, turn by turn with Parley.',
    '',
    `Machine: ${String(machine.cores)} cores (${machine.processor}), ${machine.memory}, ${machine.system}, Node ${machine.node}; the load`,
    'generator runs on the same machine.',
    '',
  ]
  for (const { scenario, figures } of results) {
    if (figures.length === 0) continue
    lines.push(
      `## ${scenario}`,
      '',
      '| what | measured | bar | |',
      '|---|---|---|---|',
      ...figures.map(row),
      '',
    )
  }
  await writeFile(page, `${lines.join('\n')}\n${notes}`)
}
