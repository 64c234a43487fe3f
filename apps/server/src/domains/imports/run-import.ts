import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { communicationOf } from '../communication/communication.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import type { FileRecord } from '../files/file.ts'
import { removeFile } from '../files/remove-file.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { ImportRecord } from './import.ts'
import { takeInFile, type ImportedFileDeps } from './imported-file.ts'
import { openChat, type OpenedChat } from './open-chat.ts'
import { planMessages, type PlannedMessage } from './plan-messages.ts'
import type { ImportDeps, ImportTx } from './start-import.ts'
import type { TakenFiles } from './taken-files.ts'
import { isOfTheFuture, storeImported, type ReadyMessage } from './store-imported.ts'

export type RunImportDeps = Omit<ImportDeps, 'run'> &
  Omit<ImportedFileDeps, 'run' | 'read'> & {
    readonly run: RunUseCase<ImportTx>
    readonly read: ImportDeps['read'] & {
      readonly members: MemberReader
      readonly organisations: OrganisationReader
    }
    readonly clock: Clock
    /** The same from one call to the next. */
    readonly taken: TakenFiles
    /** Waits, so that others have their turn between two batches. */
    readonly pause: (milliseconds: number) => Promise<void>
  }

const DAY = 24 * 60 * 60 * 1000
/** Messages of one transaction: whoever sends meanwhile waits for no more than that. */
const BATCH = 50
/** Files of one transaction, so that the progress moves. */
const FILES = 5
/** As long as a batch took, others have the server to themselves; at least so long and at most. */
const PAUSE = { least: 5, most: 500 }

/** What may pass by itself: the import waits, and goes on. */
const PASSING = new Set(['storage_full', 'storage_unavailable', 'overloaded', 'shutting_down'])

/**
 * Goes on with an import from where it is, until it is done, is taken back, cannot go on, or it is over. What was stored was stored with
 * how far it is, so that nothing comes twice however it ends.
 * @param isOver asked between batches
 * @throws what may pass by itself
 */
export async function runImport(
  deps: RunImportDeps,
  scope: OrgScope,
  importId: string,
  isOver: () => boolean,
): Promise<void> {
  const record = await deps.read.imports.get(scope, importId)
  if (record?.state !== 'running') return
  try {
    const actor = await actorOf(deps.read.members, scope, record.startedBy)
    const chat = await openChat(deps, actor, record.fileId)
    try {
      if (!(await goThrough(deps, scope, record, chat, isOver))) return
    } finally {
      chat.close()
    }
    await end(deps, scope, importId, { state: 'done', failure: null })
  } catch (error) {
    if (!(error instanceof DomainError) || PASSING.has(error.code)) throw error
    await end(deps, scope, importId, { state: 'failed', failure: error.code })
  }
}

/** Whoever began it, with their rights as of now. @throws DomainError forbidden when they have no access any more */
async function actorOf(members: MemberReader, scope: OrgScope, memberId: string): Promise<Actor> {
  const member = await members.get(scope, memberId)
  if (member?.state !== 'active') throw new DomainError('forbidden')
  const session = { sessionId: '', device: '', address: '' }
  return { scope, memberId, role: member.role, passwordIsTemporary: false, ...session }
}

/** @returns false when it ended before the chat did */
async function goThrough(
  deps: RunImportDeps,
  scope: OrgScope,
  record: ImportRecord,
  chat: OpenedChat,
  isOver: () => boolean,
): Promise<boolean> {
  let batch: PlannedMessage[] = []
  let files = 0
  const flush = async () => {
    const began = performance.now()
    const goesOn = batch.length === 0 || (await takeIn(deps, scope, record.id, chat, batch))
    batch = []
    files = 0
    if (!goesOn || isOver()) return false
    const took = performance.now() - began
    await deps.pause(Math.min(Math.max(took, PAUSE.least), PAUSE.most))
    return true
  }
  for await (const some of planMessages(await chat.text(), record)) {
    for (const message of some) {
      if (message.place <= record.done) continue
      batch.push(message)
      if (message.attachment !== null) files += 1
      if ((batch.length >= BATCH || files >= FILES) && !(await flush())) return false
    }
  }
  return batch.length === 0 || takeIn(deps, scope, record.id, chat, batch)
}

/**
 * Whoever began it is asked for their rights with every batch: what was taken from them meanwhile they do not do any more (A2).
 * @returns false when the import was taken back meanwhile
 */
async function takeIn(
  deps: RunImportDeps,
  scope: OrgScope,
  importId: string,
  chat: OpenedChat,
  batch: readonly PlannedMessage[],
): Promise<boolean> {
  const now = deps.clock.now()
  const record = await deps.read.imports.get(scope, importId)
  if (record?.state !== 'running') return false
  const { conversationId, startedBy } = record
  const actor = await actorOf(deps.read.members, scope, startedBy)
  await requireGroupAdmin(deps.read.conversations, actor, conversationId)
  const ready = await withFiles(deps, actor, chat, record, batch)
  return deps.run(scope, async (tx) => {
    const present = await tx.imports.get(scope, importId)
    if (present?.state !== 'running') return false
    const actor = await actorOf(tx.members, scope, startedBy)
    await requireGroupAdmin(tx.conversations, actor, conversationId)
    const { messageRetention } = await communicationOf(tx.organisations, scope)
    const keptSince = messageRetention === null ? 0 : now - messageRetention * DAY
    await storeImported(tx, actor, present, ready, { keptSince, now })
    return true
  })
}

async function withFiles(
  deps: RunImportDeps,
  actor: Actor,
  chat: OpenedChat,
  { id: importId, conversationId }: ImportRecord,
  batch: readonly PlannedMessage[],
): Promise<ReadyMessage[]> {
  const now = deps.clock.now()
  const { messageRetention, fileRetention } = await communicationOf(deps.read.organisations, actor.scope)
  const days = Math.min(messageRetention ?? Infinity, fileRetention ?? Infinity)
  const prints = batch.flatMap(({ fingerprints }) => fingerprints)
  const known = await deps.read.imports.known(actor.scope, conversationId, prints)
  const ready: ReadyMessage[] = []
  for (const message of batch) {
    const { attachment, sentAt, fingerprints } = message
    const isWanted =
      attachment !== null &&
      sentAt !== null &&
      sentAt >= now - days * DAY &&
      !isOfTheFuture(sentAt, now) &&
      !known.has(fingerprints[0] ?? '')
    ready.push({ ...message, file: isWanted ? await fileOf(deps, actor, chat, importId, attachment) : null })
  }
  return ready
}

/** A file of the chat, which is taken in once however many messages name it. */
async function fileOf(
  deps: RunImportDeps,
  actor: Actor,
  chat: OpenedChat,
  importId: string,
  name: string,
): Promise<FileRecord | null> {
  const before = await deps.taken.find(deps.read.files, actor.scope, importId, name)
  if (before) return before
  const file = await takeInFile(deps, actor, chat, name, deps.clock.now())
  if (file) deps.taken.note(importId, name, file.id)
  return file
}

/** Takes down how it ended, and removes the upload. */
async function end(
  deps: RunImportDeps,
  scope: OrgScope,
  importId: string,
  outcome: Pick<ImportRecord, 'state' | 'failure'>,
): Promise<void> {
  const now = deps.clock.now()
  deps.taken.forget(importId)
  await deps.run(scope, async (tx) => {
    const record = await tx.imports.get(scope, importId)
    if (record?.state !== 'running') return
    await tx.imports.update(scope, importId, { ...outcome, endedAt: now })
    await removeUpload(tx, scope, record)
  })
}

/** Removes what was imported from; does nothing where it is gone. */
export async function removeUpload(tx: ImportTx, scope: OrgScope, { fileId }: ImportRecord): Promise<void> {
  const upload = await tx.files.get(scope, fileId)
  if (upload?.links === 0) await removeFile(tx, scope, upload)
}
