import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { inRoot, root } from '../bootstrap/root.mjs'

export const BUILD = 'build of the web'

/** @typedef {{ title: string, args: string[] }} Step a program for Node 24 that exits with 0 when all is well */

/** The tools belong to the root, so npm puts them there. */
const tool = (/** @type {string} */ packageName, /** @type {string} */ file) =>
  inRoot('node_modules', packageName, file)

const cache = (/** @type {string} */ name) => inRoot('.cache', name)

/** Every project file of ours; a workspace has several when part of it runs elsewhere, as a service worker does. */
const projects = () =>
  globSync(['tsconfig.json', '{apps,packages}/*/**/tsconfig*.json', '{bench,e2e}/**/tsconfig*.json'], {
    cwd: root,
    exclude: (name) => ['node_modules', '.next', 'out'].includes(path.basename(String(name))),
  }).sort()

/** @returns {Step[]} */
const types = () =>
  projects().map((project) => ({
    title: `types ${path.dirname(project) === '.' ? 'scripts' : project.replace(/\/tsconfig\.json$/, '')}`,
    args: [tool('typescript', 'bin/tsc'), '--noEmit', ...onlyWhatChanged(project), '--project', project],
  }))

/** The compiler notes down what it has checked, so that the next check looks at what depends on a change alone. */
const onlyWhatChanged = (/** @type {string} */ project) => [
  '--incremental',
  '--tsBuildInfoFile',
  path.join(cache('types'), `${project.replaceAll(path.sep, '-')}.tsbuildinfo`),
]

/** @returns {Step[]} */
function scriptBudget() {
  const program = 'apps/web/scripts/check-budget.mjs'
  return existsSync(inRoot(program)) ? [{ title: 'script budget of the web', args: [program] }] : []
}

/** Everything that `npm run check` looks at; the slowest early, because two run at a time. */
export const steps = () => [
  // First and alone: Next.js writes type declarations while it builds, and the budget is measured on what it wrote.
  { title: BUILD, args: ['scripts/build.mjs', '--if-changed'] },
  { title: 'lint', args: [tool('eslint', 'bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    title: 'format',
    args: [
      tool('prettier', 'bin/prettier.cjs'),
      '--check',
      '--cache',
      '--cache-location',
      cache('prettier'),
      '.',
    ],
  },
  ...types(),
  {
    title: 'import rules',
    args: [
      tool('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
      'apps',
      'packages',
      'bench',
      'e2e',
      'scripts',
    ],
  },
  {
    title: 'dead code',
    args: [tool('knip', 'bin/knip.js'), '--no-progress', '--no-config-hints'],
  },
  ...scriptBudget(),
]
