import type { File } from '@parley/contracts/files/file'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { communicationOf } from '../communication/communication.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { FileReader, FileWriter } from '../files/file-store.ts'
import type { FileLink, FileList } from '../files/file.ts'
import { unlinkFiles } from '../files/link-files.ts'
import type { MessageReader } from '../messages/message-store.ts'
import { reviseMessage, type ReviseTx } from '../messages/revise-message.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

const DAY = 24 * 60 * 60 * 1000
/** Messages in one transaction. */
const BATCH = 50
const CONVERSATIONS_AT_ONCE = 100
const LISTS: readonly FileList[] = ['media', 'documents', 'voice']

interface Read {
  readonly organisations: OrganisationReader
  readonly conversations: ConversationReader
  readonly messages: MessageReader
  readonly files: FileReader
}

type Tx = ReviseTx & { readonly files: FileWriter; readonly organisations: OrganisationReader }

interface Deps<T extends Tx> {
  readonly run: RunUseCase<T>
  readonly read: Read
}

/**
 * Deletes the files of messages that are older than the organisation keeps files; the messages stay and say that something was there. Like
 * `purgeOldMessages` it remembers nothing: what is due is read from what is there.
 */
export async function purgeOldFiles<T extends Tx>(
  { run, read }: Deps<T>,
  scope: OrgScope,
  now: number,
  isOver: () => boolean,
): Promise<void> {
  const { fileRetention: days } = await communicationOf(read.organisations, scope)
  if (days === null) return
  let after: string | null = null
  for (;;) {
    const ids: string[] = await read.conversations.idsAfter(scope, after, CONVERSATIONS_AT_ONCE)
    for (const id of ids) {
      for (let due = await dueIn(read, scope, id, now - days * DAY); due.length > 0 && !isOver();) {
        const messageIds = [...new Set(due.map(({ messageId }) => messageId))].slice(0, BATCH)
        await run(scope, (tx) => takeFiles(tx, scope, messageIds))
        due = await dueIn(read, scope, id, now - days * DAY)
      }
      if (isOver()) return
    }
    after = ids.at(-1) ?? null
    if (ids.length < CONVERSATIONS_AT_ONCE) return
  }
}

/** Files of a conversation that were sent before a moment, some of them. */
async function dueIn(read: Read, scope: OrgScope, id: string, sentBefore: number): Promise<FileLink[]> {
  const lists: FileLink[] = []
  let before = 0
  for (const list of LISTS) {
    const any = await read.files.listed(scope, id, list, {
      from: 1,
      before: Number.MAX_SAFE_INTEGER,
      limit: 1,
    })
    if (any.length === 0) continue
    before ||= await firstSince(read, scope, id, sentBefore)
    lists.push(...(await read.files.listed(scope, id, list, { from: 1, before, limit: BATCH })))
  }
  return lists.filter(({ sentAt }) => sentAt < sentBefore)
}

/** The number of the first message that was sent at a moment or later; times rise with numbers, so halving finds it. */
async function firstSince({ messages, conversations }: Read, scope: OrgScope, id: string, moment: number) {
  let low = 1
  let high = (await conversations.lastNumber(scope, id)) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [found] = await messages.pageFrom(scope, id, { from: middle, until: Infinity, limit: 1 })
    if (!found || found.sentAt >= moment) high = middle
    else low = found.number + 1
  }
  return low
}

async function takeFiles(tx: Tx, scope: OrgScope, messageIds: readonly string[]): Promise<void> {
  for (const message of await tx.messages.getMany(scope, messageIds)) {
    await unlinkFiles(tx, scope, message)
    const { extras, text } = message
    if (!extras?.files) continue
    await reviseMessage(tx, scope, message, { text, extras: { ...extras, files: extras.files.map(asGone) } })
  }
}

/** What is told of a file whose bytes are gone: nothing of what it showed. */
const asGone = ({ id, kind, name, type, size }: File): File => ({ id, kind, name, type, size, gone: true })
