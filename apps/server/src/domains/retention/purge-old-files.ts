import { setImmediate } from 'node:timers/promises'
import type { File } from '@parley/contracts/files/file'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { communicationOf } from '../communication/communication.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { FileLink } from '../files/file.ts'
import type { FileReader, FileWriter } from '../files/file-store.ts'
import { unlinkFiles } from '../files/link-files.ts'
import { reviseMessage, type ReviseTx } from '../messages/revise-message.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

const DAY = 24 * 60 * 60 * 1000
/** Files in one transaction. */
const BATCH = 50
const CONVERSATIONS_AT_ONCE = 100

interface Read {
  readonly organisations: OrganisationReader
  readonly conversations: ConversationReader
  readonly files: FileReader
}

type Tx = ReviseTx & { readonly files: FileWriter; readonly organisations: OrganisationReader }

interface Deps<T extends Tx> {
  readonly run: RunUseCase<T>
  readonly read: Read
}

/**
 * Deletes the files of messages that are older than the organisation keeps files; the messages stay and say that something was there. Like
 * `purgeOldMessages` it remembers nothing: what is due is read from what is there, by its age, since what was imported is older than what stands above it.
 */
export async function purgeOldFiles<T extends Tx>(
  { run, read }: Deps<T>,
  scope: OrgScope,
  now: number,
  isOver: () => boolean,
): Promise<void> {
  const { fileRetention } = await communicationOf(read.organisations, scope)
  if (fileRetention === null) return
  let after: string | null = null
  for (;;) {
    const ids: string[] = await read.conversations.idsAfter(scope, after, CONVERSATIONS_AT_ONCE)
    for (const id of ids) {
      for (;;) {
        if (isOver()) return
        const due = await dueIn(read, scope, id, now)
        if (due.length === 0) break
        const messageIds = [...new Set(due.map(({ messageId }) => messageId))]
        await run(scope, (tx) => takeFiles(tx, scope, messageIds))
      }
    }
    after = ids.at(-1) ?? null
    if (ids.length < CONVERSATIONS_AT_ONCE) return
    await setImmediate()
  }
}

/** By the rule of this moment: it may have changed since the last look. */
async function dueIn(read: Read, scope: OrgScope, conversationId: string, now: number): Promise<FileLink[]> {
  const { fileRetention: days } = await communicationOf(read.organisations, scope)
  return days === null ? [] : read.files.sentBefore(scope, conversationId, now - days * DAY, BATCH)
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
