import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const source = path.resolve(import.meta.dirname, '..')
const inText = (file: string) => path.join(source, 'text', file)
const read = (file: string) => readFileSync(file, 'utf8')

/** The groups of words in each part of the catalogue (`people` holds `settings`, say), and the words in each group. */
const partOf = new Map<string, string>()
const wordsOf = new Map<string, string[]>()
for (const file of globSync('*-words.ts', { cwd: inText('en') })) {
  let group = ''
  for (const line of read(inText(`en/${file}`)).split('\n')) {
    group = /^ {2}(\w+): \{/.exec(line)?.[1] ?? group
    if (group) partOf.set(group, file.replace('-words.ts', ''))
    const said = [...line.matchAll(/(?:^ {4}|[{,] )(\w+):/g)].map(([, word = '']) => word)
    wordsOf.set(group, [...(wordsOf.get(group) ?? []), ...said])
  }
}
const parts = new Set(partOf.values())
const first = new Set(
  [...read(inText('words/first-words.ts')).matchAll(/\.cache\/text\/([\w-]+)\.json/g)].map(
    ([, part = '']) => part,
  ),
)

/** What a file imports for certain when it is loaded: types and `import()` are left out. */
function imports(file: string): string[] {
  const found = read(file).matchAll(/^(?:import|export) (?!type )(?:[^'"]*? from )?'(\.[^']+\.tsx?)'/gm)
  return [...found].map(([, target = '']) => path.resolve(path.dirname(file), target))
}

function partsLoadedWith(file: string, seen = new Set<string>()): Set<string> {
  const loaded = new Set<string>()
  if (seen.has(file)) return loaded
  seen.add(file)
  const part = /\/text\/words\/([\w-]+)\.ts$/.exec(file)?.[1]
  if (part) loaded.add(part)
  for (const target of imports(file)) for (const one of partsLoadedWith(target, seen)) loaded.add(one)
  return loaded
}

/** The groups of which a file says words: by `'people.title'`, or by `admin.${section}` between backticks. */
const groupsSaidIn = (file: string) =>
  new Set(
    [...read(file).matchAll(/['"`](\w+)\.(\w+['"`]|\$\{)/g)]
      .filter(([, group = '', word = '']) => word === '${' || wordsOf.get(group)?.includes(word.slice(0, -1)))
      .map(([, group = '']) => group),
  )

const files = globSync('**/*.{ts,tsx}', { cwd: source, exclude: ['text/**', '**/*.test.*'] }).map((file) =>
  path.join(source, file),
)

/** The import that a file lacks, for each part that it says words of. */
function missingIn(file: string): string[] {
  const loaded = partsLoadedWith(file)
  const said = new Set([...groupsSaidIn(file)].map((group) => partOf.get(group)))
  return [...said]
    .filter((part) => part !== undefined && !first.has(part) && !loaded.has(part))
    .map((part) => `${path.relative(source, file)}: import '../text/words/${part}.ts'`)
}

test('whatever says a word brings it along, unless the first page has it', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap(missingIn)).toEqual([])
})

test('every part of the catalogue comes with the first page or with a feature', () => {
  const reached = new Set(files.flatMap((file) => [...partsLoadedWith(file)]))
  expect([...parts].filter((part) => !first.has(part) && !reached.has(part))).toEqual([])
})
