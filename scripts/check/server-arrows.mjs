/**
 * The arrows inside the server, as the design states them. A rule lists what a folder may import; anything else of
 * ours is refused.
 */

const src = '^apps/server/src'
const contracts = '^packages/contracts/'
const tests = '\\.test\\.ts$'

/** Domains depend downhill only: on rows above their own, never on a neighbour in the same row. */
const slope = [
  ['organisations'],
  ['members'],
  ['sessions', 'invites', 'departments', 'operators'],
  ['conversations', 'files'],
  ['messages'],
  ['search'],
  ['tasks', 'tickets'],
  ['notifications', 'audit', 'analytics', 'presence', 'sync'],
]

/** @param {string[]} names */
const domains = (names) => `${src}/domains/(?:${names.join('|')})/`

/**
 * @param {string} name
 * @param {string} comment
 * @param {{ path: string, pathNot?: string[] }} from
 * @param {string[]} allowed
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const mayImportOnly = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from.path, pathNot: [tests, ...(from.pathNot ?? [])] },
  to: { path: '^(?:apps|packages|bench|e2e|scripts)/', pathNot: allowed },
})

const transport = '\\.(?:http|socket)\\.ts$'

const foldersRules = [
  mayImportOnly('kernel', 'The kernel knows only the contracts.', { path: `${src}/kernel/` }, [
    `${src}/kernel/`,
    contracts,
  ]),
  mayImportOnly('platform', 'Machinery has no domain knowledge.', { path: `${src}/platform/` }, [
    `${src}/platform/`,
    `${src}/kernel/`,
    contracts,
  ]),
  mayImportOnly(
    'domain',
    'A domain knows the kernel, the contracts and domains downhill; only its .http and .socket files know the platform.',
    { path: `${src}/domains/`, pathNot: [transport] },
    [`${src}/domains/`, `${src}/kernel/`, contracts],
  ),
  mayImportOnly(
    'domain-transport',
    'Parses, runs the use case, answers.',
    { path: `${src}/domains/.+${transport}` },
    [`${src}/domains/`, `${src}/platform/`, `${src}/kernel/`, contracts],
  ),
  mayImportOnly(
    'adapter',
    "An adapter knows the domains' ports, the kernel and its own kind.",
    { path: `${src}/adapters/([^/]+)/` },
    [`${src}/adapters/$1/`, `${src}/domains/`, `${src}/kernel/`],
  ),
]

/**
 * One rule per row: what stands in the row or below it is out of reach, except for the domain itself.
 * @type {import('dependency-cruiser').IForbiddenRuleType[]}
 */
const slopeRules = slope.map((row, index) => ({
  name: `domains-downhill-${row[0]}`,
  comment: `${row.join(', ')} may use only the domains above: ${slope.slice(0, index).flat().join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: `${src}/domains/(${row.join('|')})/`, pathNot: [tests] },
  to: { path: domains(slope.slice(index).flat()), pathNot: [`${src}/domains/$1/`] },
}))

/**
 * @param {string} name
 * @param {string} module
 * @param {string} home
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const driverStaysHome = (name, module, home) => ({
  name,
  comment: 'T9: no driver leaves its adapter.',
  severity: 'error',
  from: { path: `${src}/`, pathNot: [tests, `${src}/adapters/${home}/`] },
  to: { path: module },
})

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
export const serverArrows = [
  ...foldersRules,
  ...slopeRules,
  {
    name: 'unknown-domain',
    comment: 'A new domain needs its place on the slope, in scripts/check/server-arrows.mjs.',
    severity: 'error',
    from: { path: `${src}/` },
    to: { path: `${src}/domains/`, pathNot: [domains(slope.flat())] },
  },
  {
    name: 'adapter-knows-types-only',
    comment: 'An adapter fulfils a port and needs only its types; rules and use cases stay in the domain.',
    severity: 'error',
    from: { path: `${src}/adapters/`, pathNot: [tests, `${src}/adapters/[^/]+/contract/`] },
    to: { path: `${src}/domains/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'listener-only-from-app',
    comment: 'Only the composition root connects listeners to the feed.',
    severity: 'error',
    from: { path: `${src}/`, pathNot: [tests, `${src}/app\\.ts$`] },
    to: { path: '-on-change\\.ts$' },
  },
  driverStaysHome('mongodb-stays-home', '(?:^|/)node_modules/mongodb/', 'storage/mongodb'),
  driverStaysHome('sqlite-stays-home', '^(?:node:)?sqlite$', 'storage/sqlite'),
]
