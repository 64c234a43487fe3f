import type { Message } from '@parley/contracts/messages/message'
import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { ConversationRecord } from '../conversations/conversation.ts'
import { requireVisibleFile } from '../files/file-access.ts'
import type { FileReader } from '../files/file-store.ts'
import type { FileVault } from '../files/file-vault.ts'
import {
  authorOf,
  createNames,
  requireExportable,
  visibleMessages,
  type ExportRead,
} from './exported-chat.ts'
import { filePathOf } from './exported-files.ts'
import { writePage } from './write-page.ts'
import type { ArchiveEntry, WriteArchive } from './write-archive.ts'

export interface ExportDeps {
  readonly run: RunUseCase<{ readonly activity: ActivityLogWriter }>
  readonly read: ExportRead & { readonly files: FileReader }
  readonly vault: FileVault
  readonly writeArchive: WriteArchive
  readonly now: () => number
}

export interface GivenExport {
  readonly conversationId: string
  readonly timeZone: string
  readonly withFiles: boolean
}

/**
 * A chat as an archive that is made while it is read: a page, JSON, and the files. Nothing of it is kept here, and rights are asked for with
 * every page and every file.
 * @throws DomainError not_found, no_longer_in_group, export_not_allowed; while it is read as well
 */
export async function exportChat(
  deps: ExportDeps,
  actor: Actor,
  given: GivenExport,
): Promise<{ readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }> {
  const { read, run } = deps
  const { scope } = actor
  const conversation = await requireExportable(read, actor, given.conversationId)
  const changes = { files: { before: false, after: given.withFiles } }
  await run(scope, (tx) =>
    tx.activity.append(scope, { actor, action: 'chat.exported', about: conversation.id, changes }),
  )
  const title = await titleOf(read, actor, conversation)
  return { name: `Parley - ${title}.zip`, bytes: deps.writeArchive(entries(deps, actor, given, title)) }
}

async function titleOf(read: ExportRead, actor: Actor, { group, memberIds }: ConversationRecord) {
  if (group) return group.name
  const other = memberIds.find((memberId) => memberId !== actor.memberId) ?? actor.memberId
  return createNames(read, actor)(other)
}

async function* entries(
  deps: ExportDeps,
  actor: Actor,
  { conversationId, timeZone, withFiles }: GivenExport,
  title: string,
): AsyncGenerator<ArchiveEntry> {
  const { read, now } = deps
  const nameOf = createNames(read, actor)
  const pages = () => visibleMessages(read, actor, conversationId, now)
  const about = { title, timeZone, exportedAt: now(), withFiles, nameOf }
  yield { name: 'chat.html', bytes: writePage(pages(), about) }
  yield { name: 'chat.json', bytes: writeJson(pages(), title, nameOf) }
  if (!withFiles) return
  for await (const messages of pages()) for (const message of messages) yield* filesOf(deps, actor, message)
}

/** One message a line, so that it is read without being held in memory. */
async function* writeJson(
  pages: AsyncIterable<readonly Message[]>,
  title: string,
  nameOf: (memberId: string) => Promise<string>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`{"chat":${JSON.stringify(title)},"messages":[`)
  let separator = '\n'
  for await (const messages of pages) {
    const lines: string[] = []
    for (const message of messages) {
      const files = message.files?.map((file, position) => ({
        ...{ name: file.name, type: file.type, size: file.size, gone: file.gone },
        path: file.gone ? undefined : filePathOf(message, position),
      }))
      const author = await authorOf(message, nameOf)
      lines.push(`${separator}${JSON.stringify({ ...message, author, files })}`)
      separator = ',\n'
    }
    yield Buffer.from(lines.join(''))
  }
  yield Buffer.from('\n]}\n')
}

async function* filesOf(
  { read, vault, now }: ExportDeps,
  actor: Actor,
  message: Message,
): AsyncGenerator<ArchiveEntry> {
  for (const [position, told] of (message.files ?? []).entries()) {
    if (told.gone) continue
    const name = filePathOf(message, position)
    try {
      const { id, key, part, size } = await requireVisibleFile(read, actor, told.id, now())
      yield {
        name,
        bytes: await vault.read({ scope: actor.scope, id, key }, part, size, 0, size),
        stored: true,
      }
    } catch (error) {
      // it went meanwhile, or is damaged: the rest is wanted all the same
      if (!(error instanceof DomainError)) throw error
    }
  }
}
