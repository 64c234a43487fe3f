import type { FileReader, FileRemoval } from '../../../domains/files/file-store.ts'
import type { FileLink, FileRecord } from '../../../domains/files/file.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import {
  FILE_COLUMNS,
  fileIdBytes,
  fileOf,
  LINK_COLUMNS,
  linkOf,
  type FileRow,
  type LinkRow,
} from './file-row.ts'
import { findTalk } from './find-talks.ts'
import { findOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { View } from './view.ts'

const FIND = sql(`SELECT n, ${FILE_COLUMNS} FROM files WHERE org = ? AND id = ?`)
const SEALED_UNDER = sql(`SELECT ${FILE_COLUMNS} FROM files WHERE org = ? AND key_id = ? LIMIT ?`)
const OTHER_KEY = sql(
  'SELECT key_id FROM files WHERE org = ? AND key_id NOT IN (SELECT value FROM json_each(?) AS wanted) LIMIT 1',
)
const EXPIRED = sql(
  `SELECT ${FILE_COLUMNS} FROM files WHERE org = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?`,
)
const UNSENT = sql('SELECT 1 FROM files WHERE org = ? AND uploader = ? AND links = 0 LIMIT ?')
const USED = sql('SELECT bytes FROM file_usage WHERE org = ?')
const JOINED = `SELECT ${LINK_COLUMNS} FROM file_links CROSS JOIN files ON files.n = file_links.file
  CROSS JOIN conversations ON conversations.n = file_links.conversation`
const LINKS_OF = sql(
  `${JOINED} WHERE file_links.file = ? AND file_links.seq > ? ORDER BY file_links.seq LIMIT ?`,
)
const LINKS_OF_MESSAGE = sql(
  `${JOINED} WHERE file_links.conversation = ? AND file_links.number = ? ORDER BY file_links.position`,
)
const LISTED = sql(`${JOINED} WHERE file_links.conversation = ? AND file_links.list = ?
  AND file_links.number >= ? AND file_links.number < ? ORDER BY file_links.number DESC LIMIT ?`)
const SENT_BEFORE = sql(
  `${JOINED} WHERE file_links.conversation = ? AND file_links.sent_at < ? ORDER BY file_links.sent_at LIMIT ?`,
)
const REMOVALS = sql('SELECT file_id, part FROM file_removals WHERE org = ? LIMIT ?')
const REMOVAL = sql('SELECT 1 FROM file_removals WHERE org = ? AND file_id = ? AND part = ?')

export class FileTable implements FileReader {
  protected readonly view: View

  constructor(view: View) {
    this.view = view
  }

  async get(scope: OrgScope, fileId: string): Promise<FileRecord | null> {
    return this.find(scope, fileId)?.record ?? null
  }

  async sealedUnder(scope: OrgScope, keyId: string, limit: number): Promise<FileRecord[]> {
    const org = findOrg(this.view, scope)
    return org ? (this.view.db.all(SEALED_UNDER, org.n, keyId, limit) as FileRow[]).map(fileOf) : []
  }

  async otherKeyId(scope: OrgScope, keyIds: readonly string[]): Promise<string | null> {
    const org = findOrg(this.view, scope)
    const row =
      org && (this.view.db.get(OTHER_KEY, org.n, JSON.stringify(keyIds)) as { key_id: string } | undefined)
    return row?.key_id ?? null
  }

  async expired(scope: OrgScope, now: number, limit: number): Promise<FileRecord[]> {
    const org = findOrg(this.view, scope)
    return org ? (this.view.db.all(EXPIRED, org.n, now, limit) as FileRow[]).map(fileOf) : []
  }

  async countUnsent(scope: OrgScope, uploaderId: string, limit: number): Promise<number> {
    const org = findOrg(this.view, scope)
    return org ? this.view.db.all(UNSENT, org.n, uploaderId, limit).length : 0
  }

  async usedBytes(scope: OrgScope): Promise<number> {
    const org = findOrg(this.view, scope)
    const row = org && (this.view.db.get(USED, org.n) as { bytes: number } | undefined)
    return row?.bytes ?? 0
  }

  async linksOf(scope: OrgScope, fileId: string, after: number, limit: number): Promise<FileLink[]> {
    const file = this.find(scope, fileId)
    return file ? (this.view.db.all(LINKS_OF, file.n, after, limit) as LinkRow[]).map(linkOf) : []
  }

  async linksOfMessage(scope: OrgScope, conversationId: string, number: number): Promise<FileLink[]> {
    const talk = this.findTalk(scope, conversationId)
    return talk ? (this.view.db.all(LINKS_OF_MESSAGE, talk.n, number) as LinkRow[]).map(linkOf) : []
  }

  async listed(
    scope: OrgScope,
    conversationId: string,
    list: FileLink['list'],
    { from, before, limit }: Parameters<FileReader['listed']>[3],
  ): Promise<FileLink[]> {
    const talk = this.findTalk(scope, conversationId)
    if (!talk) return []
    return (this.view.db.all(LISTED, talk.n, list, from, before, limit) as LinkRow[]).map(linkOf)
  }

  async sentBefore(
    scope: OrgScope,
    conversationId: string,
    moment: number,
    limit: number,
  ): Promise<FileLink[]> {
    const talk = this.findTalk(scope, conversationId)
    return talk ? (this.view.db.all(SENT_BEFORE, talk.n, moment, limit) as LinkRow[]).map(linkOf) : []
  }

  async removals(scope: OrgScope, limit: number): Promise<FileRemoval[]> {
    const org = findOrg(this.view, scope)
    if (!org) return []
    const rows = this.view.db.all(REMOVALS, org.n, limit) as { file_id: string; part: FileRemoval['part'] }[]
    return rows.map(({ file_id: fileId, part }) => ({ fileId, part }))
  }

  async isBeingRemoved(scope: OrgScope, fileId: string): Promise<boolean> {
    const org = findOrg(this.view, scope)
    return org !== undefined && this.view.db.get(REMOVAL, org.n, fileId, 'all') !== undefined
  }

  protected find(scope: OrgScope, fileId: string): { n: number; record: FileRecord } | undefined {
    const org = findOrg(this.view, scope)
    const id = fileIdBytes(fileId)
    const row = org && id && (this.view.db.get(FIND, org.n, id) as (FileRow & { n: number }) | undefined)
    return row && { n: row.n, record: fileOf(row) }
  }

  protected findTalk(scope: OrgScope, conversationId: string) {
    const org = findOrg(this.view, scope)
    return org && findTalk(this.view, org, conversationId)
  }
}
