import type { FileLink, FileRecord } from '../../../domains/files/file.ts'
import { uuidText } from './keys.ts'

const ID_BYTES = 16

/** The 16 bytes that a file's id stands for; undefined for anything that is none. */
export function fileIdBytes(id: string): Uint8Array | undefined {
  const bytes = Buffer.from(id, 'base64url')
  return bytes.length === ID_BYTES && bytes.toString('base64url') === id ? bytes : undefined
}

const fileIdText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

export const FILE_COLUMNS = `id, uploader, state, name, kind, type, upload_size, size, part, facts, has_preview, key_id, wrapped_key,
  created_at, expires_at, links`

export interface FileRow {
  id: Uint8Array
  uploader: string
  state: FileRecord['state']
  name: string
  kind: FileRecord['kind']
  type: string
  upload_size: number
  size: number
  part: FileRecord['part']
  facts: string
  has_preview: number
  key_id: string
  wrapped_key: string
  created_at: number
  expires_at: number | null
  links: number
}

export const fileOf = (row: FileRow): FileRecord => ({
  id: fileIdText(row.id),
  uploaderId: row.uploader,
  state: row.state,
  name: row.name,
  kind: row.kind,
  type: row.type,
  uploadSize: row.upload_size,
  size: row.size,
  part: row.part,
  facts: JSON.parse(row.facts) as FileRecord['facts'],
  hasPreview: row.has_preview === 1,
  key: { keyId: row.key_id, wrapped: row.wrapped_key },
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  links: row.links,
})

/** What may change of a file, in the order of the statement that changes it. */
export const changeable = (file: FileRecord) => [
  file.state,
  file.name,
  file.kind,
  file.type,
  file.uploadSize,
  file.size,
  file.part,
  JSON.stringify(file.facts),
  file.hasPreview ? 1 : 0,
  file.key.keyId,
  file.key.wrapped,
  file.expiresAt,
  file.links,
]

export const LINK_COLUMNS = `file_links.number, file_links.position, file_links.message, file_links.sender, file_links.sent_at,
  file_links.seq, file_links.list, file_links.expires_at, files.id AS file_id, conversations.id AS conversation_id`

export interface LinkRow {
  number: number
  position: number
  message: Uint8Array
  sender: string
  sent_at: number
  seq: number
  list: FileLink['list']
  expires_at: number | null
  file_id: Uint8Array
  conversation_id: string
}

export const linkOf = (row: LinkRow): FileLink => ({
  fileId: fileIdText(row.file_id),
  conversationId: row.conversation_id,
  number: row.number,
  position: row.position,
  messageId: uuidText(row.message),
  senderId: row.sender,
  sentAt: row.sent_at,
  seq: row.seq,
  list: row.list,
  expiresAt: row.expires_at,
})
