/** The arrows between workspaces: web -> react -> client -> contracts <- server; bench and e2e look from outside. */

/** @type {Record<string, string[]>} each workspace, and the other workspaces it may import */
const arrows = {
  'packages/contracts': [],
  'packages/client': ['packages/contracts'],
  'packages/react': ['packages/client', 'packages/contracts'],
  'apps/web': ['packages/react', 'packages/client', 'packages/contracts'],
  'apps/mobile': ['packages/react', 'packages/client', 'packages/contracts'],
  'apps/server': ['packages/contracts'],
  bench: ['packages/client', 'packages/contracts'],
  e2e: ['packages/client', 'packages/contracts'],
}

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const workspaceArrows = Object.entries(arrows).map(([workspace, allowed]) => ({
  name: `workspace-${workspace.split('/').at(-1)}`,
  comment: `${workspace} may import ${allowed.join(', ') || 'no other workspace'}.`,
  severity: 'error',
  from: { path: `^${workspace}/`, pathNot: [] },
  // Tests and benches may ask the scripts where the real services are, and how the server is run.
  to: {
    path: '^(?:apps|packages|bench|e2e|scripts)/',
    pathNot: ['^scripts/(?:services|server-flags)', ...[workspace, ...allowed].map((it) => `^${it}/`)],
  },
}))
