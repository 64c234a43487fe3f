import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import { expect, onTestFinished, test } from 'vitest'
import configuration from '../../.dependency-cruiser.js'

/**
 * The names of the rules that a little tree of files breaks.
 * @param {Record<string, string[]>} files each file and what it imports; `type ` before a name makes it a type import
 */
async function broken(files) {
  const baseDir = mkdtempSync(path.join(tmpdir(), 'parley-arrows-'))
  onTestFinished(() => rmSync(baseDir, { recursive: true }))
  const everything = new Set(
    [...Object.keys(files), ...Object.values(files).flat()].map((it) => it.replace(/^type /, '')),
  )
  for (const file of everything) {
    const place = path.join(baseDir, file)
    mkdirSync(path.dirname(place), { recursive: true })
    const lines = (files[file] ?? []).map((wanted, index) => {
      const target = path.relative(path.dirname(file), wanted.replace(/^type /, ''))
      return `import ${wanted.startsWith('type ') ? 'type ' : ''}{ it as it${index} } from './${target}'`
    })
    writeFileSync(place, [...lines, 'export const it = 1'].join('\n'))
  }
  const roots = [...new Set([...everything].map((file) => String(file.split('/')[0])))]
  const { forbidden, options } = configuration
  const { output } = await cruise(roots, { ...options, baseDir, validate: true, ruleSet: { forbidden } })
  return typeof output === 'string'
    ? []
    : [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort()
}

const server = (/** @type {string} */ file) => `apps/server/src/${file}`
const send = server('domains/messages/send-message.ts')

test('a use case may use its own store, doors downhill, the kernel and the contracts', async () => {
  const allowed = [
    server('domains/messages/message-store.ts'),
    server('domains/conversations/conversation-access.ts'),
    server('kernel/clock.ts'),
    'packages/contracts/src/messages/message.ts',
  ]
  expect(await broken({ [send]: allowed })).toEqual([])
})

test('a use case knows no platform, no adapter and nothing uphill', async () => {
  expect(await broken({ [send]: [server('platform/log.ts')] })).toEqual(['domain'])
  expect(await broken({ [send]: [server('adapters/bus/memory/bus.ts')] })).toEqual(['domain'])
  expect(await broken({ [send]: [server('domains/search/search-messages.ts')] })).toEqual([
    'downhill-from-messages',
  ])
})

test('only the transport files of a domain know the platform', async () => {
  expect(
    await broken({ [server('domains/messages/messages.socket.ts')]: [server('platform/run-use-case.ts')] }),
  ).toEqual([])
})

test('of two domains only the later may know the earlier', async () => {
  const [task, ticket] = [server('domains/tasks/task.ts'), server('domains/tickets/ticket.ts')]
  expect(await broken({ [ticket]: [task] })).toEqual([])
  expect(await broken({ [task]: [`type ${ticket}`] })).toEqual(['downhill-from-tasks'])
})

test('an adapter knows only the types of a port, and no adapter of another kind', async () => {
  const store = server('adapters/storage/sqlite/message-store.ts')
  const port = server('domains/messages/message-store.ts')
  expect(await broken({ [store]: [`type ${port}`] })).toEqual([])
  expect(await broken({ [store]: [port] })).toEqual(['adapter-knows-types-only'])
  expect(await broken({ [store]: [server('adapters/bus/redis/bus.ts')] })).toEqual(['adapter'])
})

test('kernel and platform know nothing above them', async () => {
  expect(await broken({ [server('kernel/page.ts')]: [server('platform/log.ts')] })).toEqual(['kernel'])
  expect(await broken({ [server('platform/log.ts')]: [`type ${send}`] })).toEqual(['platform'])
})

test('only the composition root connects a listener', async () => {
  const listener = server('domains/audit/record-audit-on-change.ts')
  expect(await broken({ [server('app.ts')]: [listener] })).toEqual([])
  expect(await broken({ [server('main.ts')]: [listener] })).toEqual(['listener-only-from-app'])
})

test('a domain without a place on the slope is refused', async () => {
  expect(await broken({ [server('app.ts')]: [server('domains/gossip/gossip.ts')] })).toEqual([
    'unknown-domain',
  ])
})

test('workspaces follow their arrows, and apps never import apps', async () => {
  const [page, hook] = ['apps/web/src/pages/index.tsx', 'packages/react/src/use-chat.ts']
  expect(await broken({ [page]: [hook], [hook]: ['packages/client/src/client.ts'] })).toEqual([])
  expect(await broken({ [hook]: [page] })).toEqual(['workspace-react'])
  expect(await broken({ [page]: [`type ${send}`] })).toEqual(['workspace-web'])
  expect(await broken({ [send]: ['packages/client/src/client.ts'] })).toEqual(['domain', 'workspace-server'])
  expect(await broken({ 'bench/src/main.ts': [server('main.ts')] })).toEqual(['workspace-bench'])
})

test('two files that need only types of each other are a cycle', async () => {
  const [one, two] = ['packages/client/src/one.ts', 'packages/client/src/two.ts']
  expect(await broken({ [one]: [`type ${two}`], [two]: [`type ${one}`] })).toEqual(['no-cycles'])
})
