import type { ChatImport } from '@parley/contracts/imports/chat-import'
import type { ImportRecord } from './import.ts'

export const presentImport = (record: ImportRecord): ChatImport => ({
  id: record.id,
  conversationId: record.conversationId,
  startedBy: record.startedBy,
  startedAt: record.startedAt,
  endedAt: record.endedAt,
  chatName: record.chatName,
  state: record.state,
  failure: record.failure,
  total: record.total,
  done: record.done,
  imported: record.imported,
  repeated: record.repeated,
  tooOld: record.tooOld,
  unreadable: record.unreadable,
  files: record.files,
  filesMissing: record.filesMissing,
})
