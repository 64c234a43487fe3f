import { serverArrows } from './scripts/check/server-arrows.mjs'
import { workspaceArrows } from './scripts/check/workspace-arrows.mjs'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Types count too: files that need each other are one thing in two files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-imports',
      comment: 'What the product needs does not live in a test.',
      severity: 'error',
      from: { pathNot: '\\.test\\.[a-z]+$|^e2e/' },
      to: { path: '\\.test\\.[a-z]+$' },
    },
    ...workspaceArrows,
    ...serverArrows,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:\\.next|out|dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.ts', '.css', '.json'],
    },
  },
}
