import type { File } from '@parley/contracts/files/file'
import { FILES_PER_MESSAGE_MAX } from '@parley/contracts/files/bounds'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { FileReader } from './file-store.ts'
import type { FileLink, FileList } from './file.ts'
import { presentFile } from './present-file.ts'

interface Where {
  readonly conversationId: string
  readonly list: FileList
  /** Messages from this number to just before that. */
  readonly from: number
  readonly before: number
}

interface ListRead {
  readonly files: FileReader
  /** Who wrote those of these messages that came from elsewhere. */
  readonly authorsOf: (scope: OrgScope, messageIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

interface ListedFile extends Pick<FileLink, 'messageId' | 'number' | 'senderId' | 'sentAt'> {
  readonly author?: string
  readonly file: File
}

/** Room for the files of two messages at least, so that a page never ends within one. */
const PAGE = 2 * FILES_PER_MESSAGE_MAX

/** A page of a conversation's files, newest first; all files of a message stand on one page, and none is empty but the last. */
export async function listFiles(
  read: ListRead,
  scope: OrgScope,
  where: Where,
  now: number,
): Promise<{ items: ListedFile[]; reachedStart: boolean }> {
  for (let { before } = where; ;) {
    const { links, next } = await wholeMessages(read.files, scope, { ...where, before })
    const present = links.filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    const items = await listed(read, scope, present)
    if (items.length > 0 || next === null) return { items, reachedStart: next === null }
    before = next
  }
}

async function wholeMessages(
  files: FileReader,
  scope: OrgScope,
  { conversationId, list, from, before }: Where,
): Promise<{ links: FileLink[]; next: number | null }> {
  const links = await files.listed(scope, conversationId, list, { from, before, limit: PAGE })
  const oldest = links.at(-1)
  if (!oldest || links.length < PAGE) return { links, next: null }
  // of the last message some files may be missing
  return { links: links.filter(({ number }) => number !== oldest.number), next: oldest.number + 1 }
}

async function listed(
  { files, authorsOf }: ListRead,
  scope: OrgScope,
  links: readonly FileLink[],
): Promise<ListedFile[]> {
  const authors = await authorsOf(scope, [...new Set(links.map(({ messageId }) => messageId))])
  const items: ListedFile[] = []
  for (const link of links.toSorted((a, b) => b.number - a.number || a.position - b.position)) {
    const { messageId, number, senderId, sentAt } = link
    const [file, author] = [await files.get(scope, link.fileId), authors.get(messageId)]
    const place = { messageId, number, senderId, ...(author !== undefined && { author }), sentAt }
    if (file) items.push({ ...place, file: presentFile(file) })
  }
  return items
}
