import type { FileKind } from '@parley/contracts/communication/communication'
import type { File, MediaFacts } from '@parley/contracts/files/file'
import { cleanFileName } from '@parley/contracts/files/file-name'
import { newFileId } from '@parley/contracts/files/file-id'
import type { Bytes } from './file-ports.ts'

/** A file as a person has chosen it. */
export interface OutgoingFile {
  readonly bytes: Bytes
  readonly name: string
  readonly type: string
  /** What it is meant to be shown as; its content decides. */
  readonly kind: FileKind
  /** What this device can tell of it. */
  readonly facts?: MediaFacts
  /** A picture that stands for a video. */
  readonly poster?: Bytes
}

/** A file of a message in the outbox. Its bytes are on the shelf under its id, its poster under `posterKey`. */
export interface OutboxFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly kind: FileKind
  readonly facts: MediaFacts
  readonly poster: boolean
  /** Of a message that can be seen already and is passed on: it is there, and is nobody's to remove. */
  readonly shared?: true
  /** As the server tells of it once it is complete there; null until then. */
  readonly done: File | null
}

export const posterKey = (fileId: string): string => `${fileId}.poster`

export const outboxFile = ({ bytes, name, type, kind, facts = {}, poster }: OutgoingFile): OutboxFile => ({
  id: newFileId(),
  name: cleanFileName(name),
  type,
  size: bytes.size,
  kind,
  facts,
  poster: poster !== undefined,
  done: null,
})

/** As it is shown while it waits. */
export const waitingFile = ({ id, name, type, size, kind, facts, done }: OutboxFile): File =>
  done ?? { id, name, type, size, kind, ...facts }

/** A file of a message that is passed on. */
export const sharedFile = (file: File): OutboxFile => {
  const { id, name, type, size, kind } = file
  return { id, name, type, size, kind, facts: {}, poster: false, shared: true, done: file }
}
