import { extensionOf } from '@parley/contracts/files/file-name'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireOwnUpload } from '../files/file-access.ts'
import type { FileReader } from '../files/file-store.ts'
import type { FileVault } from '../files/file-vault.ts'
import type { FileRecord } from '../files/file.ts'
import type { ArchivedFile, ChatArchive, OpenArchive } from './chat-archive.ts'

export interface OpenDeps {
  readonly read: { readonly files: FileReader }
  readonly vault: FileVault
  readonly openArchive: OpenArchive
}

/** An uploaded chat, opened: its text, and the files that came with it. */
export interface OpenedChat {
  /** By the name of the file; empty where it tells none. */
  readonly name: string
  text(): Promise<AsyncIterable<Uint8Array>>
  readonly files: ReadonlyMap<string, ArchivedFile>
  openFile(name: string): Promise<AsyncIterable<Uint8Array>>
  close(): void
}

/** "WhatsApp Chat with Harbour.zip", in whatever language. */
const CHAT_NAME =
  /^WhatsApp.{1,20}?(?: - | (?:with|mit|con|com|avec|met|med|z|с|avec) )(.{1,200}?)(?: ?\(\d+\))?\.(?:txt|zip)$/iu

const chatNameOf = (fileName: string): string =>
  CHAT_NAME.exec(fileName.normalize('NFC').replaceAll('_', ' '))?.[1]?.trim() ?? ''

/**
 * Opens a chat that the actor has uploaded and that no message carries.
 * @throws DomainError not_found, upload_incomplete, chat_unreadable (neither text nor a zip), archive_broken, archive_locked,
 * archive_excessive, archive_without_chat, file_damaged
 */
export async function openChat(deps: OpenDeps, actor: Actor, fileId: string): Promise<OpenedChat> {
  const file = await requireOwnUpload(deps.read.files, actor, fileId)
  if (file.state !== 'finished') throw new DomainError('upload_incomplete')
  if (file.part !== 'original') throw new DomainError('chat_unreadable')
  const head = await headOf(deps.vault, actor.scope, file)
  return isZip(head) ? openZip(deps, actor.scope, file) : openText(deps, actor.scope, file)
}

const ZIPS = ['504b0304', '504b0506', '504b0708']
const isZip = (head: Uint8Array): boolean => ZIPS.includes(Buffer.from(head).toString('hex'))

async function headOf(vault: FileVault, scope: OrgScope, { id, key, size }: FileRecord): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await vault.read({ scope, id, key }, 'original', size, 0, Math.min(4, size)))
    chunks.push(chunk)
  return Buffer.concat(chunks)
}

const reader =
  ({ vault }: OpenDeps, scope: OrgScope, { id, key, size }: FileRecord) =>
  (from: number, to: number) =>
    vault.read({ scope, id, key }, 'original', size, from, to)

function openText(deps: OpenDeps, scope: OrgScope, file: FileRecord): OpenedChat {
  const read = reader(deps, scope, file)
  return {
    name: chatNameOf(file.name),
    text: () => read(0, file.size),
    files: new Map(),
    openFile: () => Promise.reject(new DomainError('archive_broken')),
    close: () => undefined,
  }
}

async function openZip(deps: OpenDeps, scope: OrgScope, file: FileRecord): Promise<OpenedChat> {
  const archive = await deps.openArchive({ size: file.size, read: reader(deps, scope, file) })
  const text = textOf(archive)
  if (text === undefined) {
    archive.close()
    throw new DomainError('archive_without_chat')
  }
  return {
    name: chatNameOf(file.name) || chatNameOf(text),
    text: () => archive.open(text),
    files: archive.files,
    openFile: (name) => archive.open(name),
    close: () => archive.close(),
  }
}

/** Which of the files is the chat: iOS calls it `_chat.txt`, Android after the chat. */
function textOf({ files }: ChatArchive): string | undefined {
  const texts = [...files.keys()].filter((name) => extensionOf(name) === '.txt')
  return (
    texts.find((name) => name === '_chat.txt') ??
    texts.find((name) => chatNameOf(name) !== '') ??
    (texts.length === 1 ? texts[0] : undefined)
  )
}
