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

/** The page's sections by the scenarios that they are of, in their order. */
function sectionsOf(figures: string): Map<string, string> {
  const [, ...sections] = figures.split(/^## /m)
  return new Map(sections.map((section) => [section.slice(0, section.indexOf('\n')), `## ${section.trim()}`]))
}

/** Writes docs/performance.md from one run. Scenarios that were not in it keep their figures; what stands below the marker stays. */
export async function writePerformancePage({ machine, results }: Measured): Promise<void> {
  const before = await readFile(page, 'utf8').catch(() => '')
  const [figuresBefore = '', notes = ''] = before.split(NOTES)
  const sections = sectionsOf(figuresBefore)
  for (const { scenario, figures } of results) {
    if (figures.length === 0) continue
    const table = ['| what | measured | bar | |', '|---|---|---|---|', ...figures.map(row)]
    sections.set(scenario, [`## ${scenario}`, '', ...table].join('\n'))
  }
  const head = [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`. Machines differ, so what counts are the ratios: the bare Socket.IO relay (no sign-in, no',
    'storage; an event in, an event out) runs in the same run, under the same load generator, turn by turn with Parley.',
    '',
    `Machine: ${String(machine.cores)} cores (${machine.processor}), ${machine.memory}, ${machine.system}, Node ${machine.node}; the load`,
    'generator runs on the same machine.',
  ]
  await writeFile(page, [head.join('\n'), ...sections.values(), NOTES].join('\n\n') + notes)
}
