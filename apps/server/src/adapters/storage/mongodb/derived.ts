import type { OrgScope } from '../../../kernel/org-scope.ts'
import type { Connection } from './connection.ts'
import {
  changes,
  conversations,
  forgotten,
  heads,
  marks,
  messages,
  type HeadRow,
  type NumberRow,
  type Table,
} from './tables.ts'

const CONVERSATION = 'conversation:'

/** Works out what no row holds: an audience's newest seq, a conversation's newest number. */
export async function loadDerived(
  connection: Connection,
  scope: OrgScope,
  table: Table,
  keys: readonly string[],
): Promise<object[]> {
  return table === heads ? loadHeads(connection, scope, keys) : loadNumbers(connection, scope, keys)
}

/** Messages and marks carry their seq themselves, everything else has a row in the feed. */
async function loadHeads(
  connection: Connection,
  scope: OrgScope,
  audiences: readonly string[],
): Promise<HeadRow[]> {
  const ids = audiences
    .filter((audience) => audience.startsWith(CONVERSATION))
    .map((audience) => audience.slice(CONVERSATION.length))
  const inAudiences = { field: 'audience', in: audiences } as const
  const inConversations = { field: 'conversationId', in: ids } as const
  const [entries, removed, sent, marked] = await Promise.all([
    connection.findHighest(changes, scope, inAudiences, 'seq'),
    connection.findByKeys(forgotten, scope, audiences),
    connection.findHighest(messages, scope, inConversations, 'number'),
    connection.findHighest(marks, scope, inConversations, 'seq'),
  ])
  const newest = new Map(audiences.map((audience) => [audience, 0]))
  const rise = (audience: string, seq: number) =>
    newest.set(audience, Math.max(newest.get(audience) ?? 0, seq))
  for (const { audience, seq } of [...entries, ...removed]) rise(audience, seq)
  for (const { conversationId, seq } of [...sent, ...marked]) rise(CONVERSATION + conversationId, seq)
  return [...newest].map(([audience, seq]) => ({ audience, seq }))
}

async function loadNumbers(
  connection: Connection,
  scope: OrgScope,
  conversationIds: readonly string[],
): Promise<NumberRow[]> {
  const newest = new Map(conversationIds.map((id) => [id, { number: 0, quiet: 0 }]))
  const inConversations = { field: 'conversationId', in: conversationIds } as const
  for (const { conversationId, number, quiet } of await connection.findHighest(
    messages,
    scope,
    inConversations,
    'number',
  )) {
    newest.set(conversationId, { number, quiet })
  }
  for (const { id, purge } of await connection.findByKeys(conversations, scope, conversationIds)) {
    if (purge && purge.lastNumber > (newest.get(id)?.number ?? 0))
      newest.set(id, { number: purge.lastNumber, quiet: purge.lastQuiet })
  }
  return [...newest].map(([conversationId, counts]) => ({ conversationId, ...counts }))
}
