import { newFileId } from '@parley/contracts/files/file-id'
import { uploadPath } from '@parley/contracts/files/paths'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '@parley/contracts/protocol-version'
import { succeed } from './call.ts'

const TODAY = new Date().toISOString().slice(0, 10)

export const SAMPLE_BYTES = new TextEncoder().encode('A secret, in a file')

/** A chat of today that can be imported. */
export const SAMPLE_CHAT = new TextEncoder().encode(`${TODAY}, 00:01 - Mei: A secret, in a chat`)

interface Given {
  readonly bytes?: Uint8Array
  readonly name?: string
  readonly kind?: 'picture' | 'video' | 'audio' | 'voice' | 'document'
  readonly id?: string
  /** As its sender's device takes it. */
  readonly type?: string
}

/** Announces a file whose bytes are to come. @returns its id */
export async function announceFile(base: string, token: string, given: Given = {}): Promise<string> {
  const { bytes = SAMPLE_BYTES, name = 'secret.txt', kind = 'document', id = newFileId() } = given
  const body = { id, name, size: bytes.length, type: given.type ?? 'text/plain', kind }
  await succeed(base, 'createFile', { body }, token)
  return id
}

/** Sends bytes as tus does. */
export const sendBytes = (
  base: string,
  token: string,
  id: string,
  bytes: Uint8Array,
  offset = 0,
): Promise<Response> =>
  fetch(base + uploadPath(id), {
    method: 'PATCH',
    headers: {
      ...tusHeaders(token),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })

export const tusHeaders = (token: string) => ({
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  authorization: `Bearer ${token}`,
  'tus-resumable': '1.0.0',
})

/** A file that is finished and that no message carries yet. @returns its id */
export async function uploadFile(base: string, token: string, given: Given = {}): Promise<string> {
  const id = await announceFile(base, token, given)
  const { status } = await sendBytes(base, token, id, given.bytes ?? SAMPLE_BYTES)
  if (status !== 204) throw new Error(`the upload was answered with ${String(status)}`)
  await succeed(base, 'finishFile', { params: { fileId: id }, body: {} }, token)
  return id
}
