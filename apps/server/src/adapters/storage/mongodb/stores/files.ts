import type { FileReader, FileRemoval, FileWriter } from '../../../../domains/files/file-store.ts'
import type { FileLink, FileRecord } from '../../../../domains/files/file.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { conversations, fileLinks, fileRemovals, files, fileUsage, keyOf, type FileRow } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

/** There is one of it in an organisation. */
const USAGE = 'files'

const toRow = (file: FileRecord): FileRow => ({ ...file, keyId: file.key.keyId })
const toFile = ({ keyId, ...file }: FileRow): FileRecord => file

export class FileReads implements FileReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, fileId: string): Promise<FileRecord | null> {
    const row = await (await this.#views(scope)).get(files, fileId)
    return row && toFile(row)
  }

  async sealedUnder(scope: OrgScope, keyId: string, limit: number): Promise<FileRecord[]> {
    const view = await this.#views(scope)
    return (await view.find(files, { where: { keyId }, limit })).map(toFile)
  }

  async otherKeyId(scope: OrgScope, keyIds: readonly string[]): Promise<string | null> {
    const view = await this.#views(scope)
    const [file] = await view.find(files, { where: { keyId: { notIn: keyIds } }, limit: 1 })
    return file?.keyId ?? null
  }

  async expired(scope: OrgScope, now: number, limit: number): Promise<FileRecord[]> {
    const view = await this.#views(scope)
    const where = { expiresAt: { below: now + 1 } }
    return (await view.find(files, { where, order: ['expiresAt', 1], limit })).map(toFile)
  }

  async countUnsent(scope: OrgScope, uploaderId: string, limit: number): Promise<number> {
    const view = await this.#views(scope)
    return (await view.find(files, { where: { uploaderId, links: 0 }, limit })).length
  }

  async usedBytes(scope: OrgScope): Promise<number> {
    return (await (await this.#views(scope)).get(fileUsage, USAGE))?.bytes ?? 0
  }

  async linksOf(scope: OrgScope, fileId: string, after: number, limit: number): Promise<FileLink[]> {
    const view = await this.#views(scope)
    return view.find(fileLinks, { where: { fileId, seq: { above: after } }, order: ['seq', 1], limit })
  }

  async linksOfMessage(scope: OrgScope, conversationId: string, number: number): Promise<FileLink[]> {
    const view = await this.#views(scope)
    return view.find(fileLinks, { where: { conversationId, number }, order: ['position', 1] })
  }

  async listed(
    scope: OrgScope,
    conversationId: string,
    list: FileLink['list'],
    { from, before, limit }: Parameters<FileReader['listed']>[3],
  ): Promise<FileLink[]> {
    const view = await this.#views(scope)
    const where = { conversationId, list, number: { from, before } }
    return view.find(fileLinks, { where, order: ['number', -1], limit })
  }

  async sentBefore(
    scope: OrgScope,
    conversationId: string,
    moment: number,
    limit: number,
  ): Promise<FileLink[]> {
    const view = await this.#views(scope)
    const where = { conversationId, sentAt: { below: moment } }
    return view.find(fileLinks, { where, order: ['sentAt', 1], limit })
  }

  async removals(scope: OrgScope, limit: number): Promise<FileRemoval[]> {
    return (await this.#views(scope)).find(fileRemovals, { where: {}, limit })
  }

  async isBeingRemoved(scope: OrgScope, fileId: string): Promise<boolean> {
    const key = keyOf(fileRemovals, { fileId, part: 'all' })
    return (await (await this.#views(scope)).get(fileRemovals, key)) !== null
  }
}

export class FileWrites extends FileReads implements FileWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, file: FileRecord): Promise<void> {
    const view = await this.#views(scope)
    view.insert(files, toRow(file))
  }

  async update(scope: OrgScope, fileId: string, patch: Parameters<FileWriter['update']>[2]): Promise<void> {
    const view = await this.#views(scope)
    await view.update(files, fileId, { ...patch, ...(patch.key && { keyId: patch.key.keyId }) })
  }

  async remove(scope: OrgScope, fileId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(files, fileId)
  }

  async addUsedBytes(scope: OrgScope, bytes: number): Promise<void> {
    const view = await this.#views(scope)
    const before = (await view.get(fileUsage, USAGE))?.bytes ?? 0
    view.upsert(fileUsage, { id: USAGE, bytes: Math.max(0, before + bytes) })
  }

  async link(scope: OrgScope, link: FileLink): Promise<void> {
    const view = await this.#views(scope)
    const there = (await view.get(conversations, link.conversationId)) && (await view.get(files, link.fileId))
    if (!there) throw new Error('a link needs a conversation and a file')
    view.insert(fileLinks, link)
  }

  async unlinkMessage(scope: OrgScope, conversationId: string, number: number): Promise<void> {
    const view = await this.#views(scope)
    for (const link of await this.linksOfMessage(scope, conversationId, number))
      view.remove(fileLinks, keyOf(fileLinks, link))
  }

  async queueRemoval(scope: OrgScope, removal: FileRemoval): Promise<void> {
    const view = await this.#views(scope)
    view.upsert(fileRemovals, removal)
  }

  async forgetRemoval(scope: OrgScope, removal: FileRemoval): Promise<void> {
    const view = await this.#views(scope)
    view.remove(fileRemovals, keyOf(fileRemovals, removal))
  }
}
