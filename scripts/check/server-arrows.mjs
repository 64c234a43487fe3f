/**
 * The arrows inside the server, as the design states them. A rule lists what a folder may import; anything else of
 * ours is refused.
 */

const src = '^apps/server/src'
const contracts = '^packages/contracts/'
const tests = '\\.test\\.ts$'

/**
 * Domains depend downhill only: each may use those that stand before it. Departments stand before members, because a
 * member belongs to departments and a department knows no member.
 */
const slope = [
  'organisations',
  'departments',
  'members',
  'communication',
  'sessions',
  'invites',
  'operators',
  'conversations',
  'chat-preferences',
  'files',
  'messages',
  'link-previews',
  'groups',
  'search',
  'retention',
  'imports',
  'exports',
  'tasks',
  'tickets',
  'notifications',
  'audit',
  'analytics',
  'presence',
  'sync',
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

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const slopeRules = slope.slice(0, -1).map((domain, index) => ({
  name: `downhill-from-${domain}`,
  comment: `${domain} may use only: ${slope.slice(0, index).join(', ') || 'no other domain'}.`,
  severity: 'error',
  from: { path: domains([domain]), pathNot: [tests] },
  to: { path: domains(slope.slice(index + 1)) },
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
    to: { path: `${src}/domains/`, pathNot: [domains(slope)] },
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
    from: { path: `${src}/`, pathNot: [tests, `${src}/testing/`, `${src}/app\\.ts$`] },
    to: { path: '-on-change\\.ts$' },
  },
  driverStaysHome('mongodb-stays-home', '(?:^|/)node_modules/mongodb/', 'storage/mongodb'),
  driverStaysHome('sqlite-stays-home', '^(?:node:)?sqlite$', 'storage/sqlite'),
]
