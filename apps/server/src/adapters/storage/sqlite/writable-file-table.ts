import type { FileRemoval, FileWriter } from '../../../domains/files/file-store.ts'
import type { FileLink, FileRecord } from '../../../domains/files/file.ts'
import type { OrgScope } from '../../../kernel/org-scope.ts'
import { changeable, fileIdBytes } from './file-row.ts'
import { FileTable } from './file-table.ts'
import { uuidBytes } from './keys.ts'
import { requireOrg } from './organisation-table.ts'
import { sql } from './sql.ts'
import type { WritingView } from './view.ts'

const INSERT =
  sql(`INSERT INTO files (org, id, uploader, created_at, state, name, kind, type, upload_size, size, part, facts,
  has_preview, key_id, wrapped_key, expires_at, links) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const UPDATE =
  sql(`UPDATE files SET state = ?, name = ?, kind = ?, type = ?, upload_size = ?, size = ?, part = ?, facts = ?,
  has_preview = ?, key_id = ?, wrapped_key = ?, expires_at = ?, links = ? WHERE n = ?`)
const REMOVE = sql('DELETE FROM files WHERE n = ?')
const ADD_USED = sql(`INSERT INTO file_usage (org, bytes) VALUES (?, max(0, ?))
  ON CONFLICT (org) DO UPDATE SET bytes = max(0, bytes + excluded.bytes)`)
const TAKE_USED = sql('UPDATE file_usage SET bytes = max(0, bytes - ?) WHERE org = ?')
const LINK =
  sql(`INSERT INTO file_links (conversation, number, position, file, message, sender, sent_at, seq, list, expires_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const UNLINK = sql('DELETE FROM file_links WHERE conversation = ? AND number = ?')
const QUEUE = sql(
  'INSERT INTO file_removals (org, file_id, part) VALUES (?, ?, ?) ON CONFLICT (org, file_id, part) DO NOTHING',
)
const FORGET = sql('DELETE FROM file_removals WHERE org = ? AND file_id = ? AND part = ?')

export class WritableFileTable extends FileTable implements FileWriter {
  protected override readonly view: WritingView

  constructor(view: WritingView) {
    super(view)
    this.view = view
  }

  async insert(scope: OrgScope, file: FileRecord): Promise<void> {
    const id = fileIdBytes(file.id)
    if (!id) throw new Error('this is not the id of a file')
    const db = this.view.writing(scope)
    const { n } = requireOrg(this.view, scope)
    db.run(INSERT, n, id, file.uploaderId, file.createdAt, ...changeable(file))
  }

  async update(scope: OrgScope, fileId: string, patch: Parameters<FileWriter['update']>[2]): Promise<void> {
    const before = this.find(scope, fileId)
    if (before) this.view.writing(scope).run(UPDATE, ...changeable({ ...before.record, ...patch }), before.n)
  }

  async remove(scope: OrgScope, fileId: string): Promise<void> {
    const before = this.find(scope, fileId)
    if (before) this.view.writing(scope).run(REMOVE, before.n)
  }

  async addUsedBytes(scope: OrgScope, bytes: number): Promise<void> {
    const db = this.view.writing(scope)
    const { n } = requireOrg(this.view, scope)
    if (bytes >= 0) db.run(ADD_USED, n, bytes)
    else db.run(TAKE_USED, -bytes, n)
  }

  async link(scope: OrgScope, link: FileLink): Promise<void> {
    const talk = this.findTalk(scope, link.conversationId)
    const file = this.find(scope, link.fileId)
    const message = uuidBytes(link.messageId)
    if (!talk || !file || !message) throw new Error('a link needs a conversation, a message and a file')
    const { number, position, senderId, sentAt, seq, list, expiresAt } = link
    const place = [talk.n, number, position, file.n] as const
    this.view.writing(scope).run(LINK, ...place, message, senderId, sentAt, seq, list, expiresAt)
  }

  async unlinkMessage(scope: OrgScope, conversationId: string, number: number): Promise<void> {
    const talk = this.findTalk(scope, conversationId)
    if (talk) this.view.writing(scope).run(UNLINK, talk.n, number)
  }

  async queueRemoval(scope: OrgScope, { fileId, part }: FileRemoval): Promise<void> {
    const db = this.view.writing(scope)
    db.run(QUEUE, requireOrg(this.view, scope).n, fileId, part)
  }

  async forgetRemoval(scope: OrgScope, { fileId, part }: FileRemoval): Promise<void> {
    const db = this.view.writing(scope)
    db.run(FORGET, requireOrg(this.view, scope).n, fileId, part)
  }
}
