import type { File } from '@parley/contracts/files/file'
import { newFileId } from '@parley/contracts/files/file-id'
import { cleanFileName } from '@parley/contracts/files/file-name'
import type { Actor } from '../../kernel/actor.ts'
import { ofConversation } from '../../kernel/audiences.ts'
import { newId } from '../../kernel/ids.ts'
import type { FileRecord } from '../files/file.ts'
import { linkFiles } from '../files/link-files.ts'
import { presentFile } from '../files/present-file.ts'
import type { MessageDraft, MessageExtras, MessageRecord } from '../messages/message.ts'
import { presentMessage } from '../messages/present-message.ts'
import { fileKindOf } from './imported-file.ts'
import type { ImportedRecord, ImportRecord } from './import.ts'
import type { PlannedMessage } from './plan-messages.ts'
import type { ImportTx } from './start-import.ts'

/** A message that is to be stored, with its file, where there was one to be had. */
export interface ReadyMessage extends PlannedMessage {
  readonly file: FileRecord | null
}

type Counts = Pick<
  ImportRecord,
  'done' | 'imported' | 'repeated' | 'tooOld' | 'unreadable' | 'files' | 'filesMissing'
>

/**
 * Stores some messages of an import that runs, and takes down how far it is. Nobody's marks move: what is imported is never unread, and
 * whoever imports may have something unread meanwhile. It does not disappear either: it was written before the chat's timer was set, and what
 * disappears is taken from what is unread (Y12).
 * @param keptSince what was sent before is not kept here; 0 where everything is
 */
export async function storeImported(
  tx: ImportTx,
  actor: Actor,
  record: ImportRecord,
  messages: readonly ReadyMessage[],
  { keptSince, now }: { readonly keptSince: number; readonly now: number },
): Promise<void> {
  const { scope } = actor
  const { id, conversationId } = record
  const prints = messages.flatMap(({ fingerprints }) => fingerprints)
  const known = await tx.imports.known(scope, conversationId, prints)
  const counts: { -readonly [K in keyof Counts]: number } = { ...countsOf(record) }
  const imported: ImportedRecord[] = []
  for (const message of messages) {
    counts.done += 1
    if (message.sentAt === null || isOfTheFuture(message.sentAt, now)) counts.unreadable += 1
    else if (message.sentAt < keptSince) counts.tooOld += 1
    else if (message.fingerprints.every((fingerprint) => known.has(fingerprint))) counts.repeated += 1
    else {
      for (const [piece, text] of message.pieces.entries()) {
        const fingerprint = message.fingerprints[piece] ?? ''
        if (known.has(fingerprint)) continue
        known.add(fingerprint)
        const { number } = await store(tx, actor, record, message, {
          piece,
          text,
          sentAt: message.sentAt,
        })
        imported.push({ conversationId, importId: id, number, fingerprint })
      }
      counts.imported += 1
      if (message.file) counts.files += 1
      else if (message.attachment !== null || message.omitted) counts.filesMissing += 1
    }
  }
  await tx.imports.takeDown(scope, imported)
  await tx.imports.update(scope, id, counts)
}

const DAY = 24 * 60 * 60 * 1000

/** With a little for clocks and time zones. Such a date is misread, and would keep what stands behind it from ever being too old. */
export const isOfTheFuture = (sentAt: number, now: number): boolean => sentAt > now + DAY

const countsOf = ({
  done,
  imported,
  repeated,
  tooOld,
  unreadable,
  files,
  filesMissing,
}: ImportRecord): Counts => ({
  ...{ done, imported, repeated, tooOld, unreadable, files, filesMissing },
})

interface Piece {
  readonly piece: number
  readonly text: string
  readonly sentAt: number
}

async function store(
  tx: ImportTx,
  { scope, memberId: by }: Actor,
  { id: importId, conversationId }: ImportRecord,
  message: PlannedMessage & { readonly file?: FileRecord | null },
  { piece, text, sentAt }: Piece,
): Promise<MessageRecord> {
  const { author, memberId, edited, deleted } = message
  // as it is now: the message before may carry it too
  const file = piece === 0 && message.file ? await tx.files.get(scope, message.file.id) : null
  const told = file ? presentFile(file) : piece === 0 ? missingFile(message) : null
  const extras: MessageExtras = {
    imported: { by, importId, author: memberId === null ? author : null },
    ...(told && { files: [told] }),
    ...(edited && { editedAt: sentAt }),
    ...((deleted || (text === '' && !told)) && { deletedAt: sentAt }),
  }
  const id = newId()
  let stored: MessageRecord | undefined
  const target = { audience: ofConversation(conversationId), kind: 'message', id } as const
  await tx.changes.appendWith(scope, target, async (seq) => {
    const senderId = memberId ?? by
    const draft: MessageDraft = {
      id,
      conversationId,
      senderId,
      text,
      notice: null,
      sentAt,
      seq,
      extras,
    }
    stored = await tx.messages.insert(scope, draft)
    if (file) await linkFiles(tx, scope, [file], stored)
    return presentMessage(stored)
  })
  if (!stored) throw new Error('a message is stored at once')
  return stored
}

/** A file that was there and is not here: shown like one whose bytes were purged. */
function missingFile({ attachment, omitted }: PlannedMessage): File | null {
  if (attachment === null && !omitted) return null
  const name = cleanFileName(attachment ?? 'media')
  return { id: newFileId(), kind: fileKindOf(name), name, type: '', size: 0, gone: true }
}
