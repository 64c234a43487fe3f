import type { DateOrder, ImportPreview } from '@parley/contracts/imports/chat-import'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { FileReader } from '../files/file-store.ts'
import { requireOwnUpload } from '../files/file-access.ts'
import type { GroupTx } from '../groups/record-group.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { writeNotice } from '../messages/write-notice.ts'
import type { ImportReader, ImportWriter } from './import-store.ts'
import { isUnfinished, type ImportRecord } from './import.ts'
import { inspectChat, type InspectedChat } from './inspect-chat.ts'
import { openChat, type OpenDeps } from './open-chat.ts'

export type ImportTx = GroupTx & { readonly imports: ImportWriter }

export interface ImportDeps extends OpenDeps {
  readonly run: RunUseCase<ImportTx>
  readonly read: OpenDeps['read'] & {
    readonly files: FileReader
    readonly conversations: ConversationReader
    readonly messages: MessageReader
    readonly imports: ImportReader
  }
}

export interface GivenImport {
  readonly id: string
  readonly fileId: string
  readonly timeZone: string
  readonly dateOrder: DateOrder
  readonly people: ImportRecord['people']
}

/** So many imports of a group are remembered for its admins; so many are looked through. */
export const IMPORTS_TOLD = 100
/** The upload is kept while the import runs, however long it waits for a server that is down. */
const UPLOAD_KEPT = 7 * 24 * 60 * 60 * 1000

/** @throws DomainError as `openChat` and `inspectChat`; not_found, no_longer_in_group, forbidden */
export async function previewImport(
  deps: ImportDeps,
  actor: Actor,
  conversationId: string,
  fileId: string,
): Promise<ImportPreview> {
  await requireGroupAdmin(deps.read.conversations, actor, conversationId)
  const { digest, ...inspected } = await inspect(deps, actor, fileId)
  const earlier = await deps.read.imports.ofConversation(actor.scope, conversationId, IMPORTS_TOLD)
  return {
    ...inspected,
    repeated: earlier.some((one) => one.digest === digest && one.state === 'done'),
    groupHasMessages: await hasMessages(deps.read.messages, actor, conversationId),
    memberIds: await peopleOf(deps.read.conversations, actor, conversationId),
  }
}

async function inspect(deps: ImportDeps, actor: Actor, fileId: string): Promise<InspectedChat> {
  const chat = await openChat(deps, actor, fileId)
  try {
    return await inspectChat(chat)
  } finally {
    chat.close()
  }
}

/** A new group begins with lines that say who made it; more than these are people's. */
const FIRST = 50

async function hasMessages(messages: MessageReader, { scope }: Actor, id: string): Promise<boolean> {
  const first = await messages.pageFrom(scope, id, { from: 1, until: Infinity, limit: FIRST })
  return first.some(({ notice }) => notice === null)
}

/**
 * Begins to import a chat: from here on the job does the rest. The same id again answers with what it began (Y6).
 * @throws DomainError as `previewImport`; import_under_way, import_repeated, id_taken
 */
export async function startImport(
  deps: ImportDeps,
  actor: Actor,
  conversationId: string,
  given: GivenImport,
  now: number,
): Promise<ImportRecord> {
  const { scope, memberId } = actor
  await requireGroupAdmin(deps.read.conversations, actor, conversationId)
  const earlier = await deps.read.imports.get(scope, given.id)
  if (earlier) return repeat(earlier, actor, conversationId)
  const { digest, messages: total, chatName } = await inspect(deps, actor, given.fileId)
  return deps.run(scope, async (tx) => {
    await requireGroupAdmin(tx.conversations, actor, conversationId)
    const repeated = await tx.imports.get(scope, given.id)
    if (repeated) return repeat(repeated, actor, conversationId)
    await refuseSecond(tx.imports, actor, conversationId, digest)
    for (const { memberId } of given.people) await requireOfGroup(tx, actor, conversationId, memberId)
    await requireOwnUpload(tx.files, actor, given.fileId)
    await tx.files.update(scope, given.fileId, { expiresAt: now + UPLOAD_KEPT })
    const notice = { what: 'imported', name: chatName === '' ? undefined : chatName, count: total } as const
    const { name, ...unnamed } = notice
    const line = await writeNotice(
      tx,
      scope,
      conversationId,
      memberId,
      name === undefined ? unnamed : { ...unnamed, name },
      now,
    )
    const record: ImportRecord = {
      ...{ id: given.id, conversationId, startedBy: memberId, startedAt: now, endedAt: null },
      ...{ chatName, state: 'running', failure: null, total, done: 0 },
      ...{ imported: 0, repeated: 0, tooOld: 0, unreadable: 0, files: 0, filesMissing: 0 },
      ...{ fileId: given.fileId, digest, timeZone: given.timeZone, dateOrder: given.dateOrder },
      ...{ people: given.people, noticeId: line.id, undoneBy: null },
    }
    await tx.imports.insert(scope, record)
    const changes = { messages: { before: 0, after: total } }
    await tx.activity.append(scope, { actor, action: 'group.chat-imported', about: conversationId, changes })
    return record
  })
}

function repeat(earlier: ImportRecord, actor: Actor, conversationId: string): ImportRecord {
  if (earlier.startedBy === actor.memberId && earlier.conversationId === conversationId) return earlier
  throw new DomainError('id_taken')
}

async function refuseSecond(imports: ImportReader, { scope }: Actor, id: string, digest: string) {
  const earlier = await imports.ofConversation(scope, id, IMPORTS_TOLD)
  if (earlier.some(isUnfinished)) throw new DomainError('import_under_way')
  if (earlier.some((one) => one.digest === digest && one.state === 'done'))
    throw new DomainError('import_repeated')
}

/** Whoever imports says who wrote what: of people who are in the group, or were and keep something of it, and of nobody else. */
async function requireOfGroup(tx: ImportTx, { scope }: Actor, id: string, memberId: string | null) {
  if (memberId !== null && !(await tx.conversations.mark(scope, id, memberId)))
    throw new DomainError('not_found')
}

async function peopleOf(conversations: ConversationReader, { scope }: Actor, id: string): Promise<string[]> {
  const present = await conversations.participants(scope, id)
  const former = await conversations.formerParticipants(scope, id)
  return [...present, ...former].map(({ memberId }) => memberId)
}

/**
 * Takes an import back: from here on nothing more of it comes, and the job removes what came.
 * @throws DomainError not_found, no_longer_in_group, forbidden, import_over
 */
export async function undoImport(tx: ImportTx, actor: Actor, importId: string): Promise<ImportRecord> {
  const { scope, memberId } = actor
  const record = await tx.imports.get(scope, importId)
  if (!record) throw new DomainError('not_found')
  await requireGroupAdmin(tx.conversations, actor, record.conversationId)
  if (record.state === 'undoing' || record.state === 'undone') throw new DomainError('import_over')
  const patch = { state: 'undoing', undoneBy: memberId, endedAt: null } as const
  await tx.imports.update(scope, importId, patch)
  const changes = { messages: { before: record.imported, after: 0 } }
  await tx.activity.append(scope, {
    actor,
    action: 'group.import-undone',
    about: record.conversationId,
    changes,
  })
  return { ...record, ...patch }
}
