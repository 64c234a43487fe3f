import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { FilePart } from '../../domains/files/blob-store.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'

/** So many bytes of a file are sealed together, each with a nonce and a proof of its own; the last frame is what remains. */
export const FRAME = 64 * 1024
const NONCE = 12
const TAG = 16
export const OVERHEAD = NONCE + TAG
export const SEALED_FRAME = FRAME + OVERHEAD
const ALGORITHM = 'aes-256-gcm'

/** Where a frame belongs. It opens nowhere else: not in another place, file, part or organisation, nor as the end of a shorter file (A8). */
export interface FrameContext {
  readonly key: Uint8Array
  /** What `contextOf` made. */
  readonly file: Uint8Array
}

/** What is authenticated with every frame and key of a file. */
export const contextOf = (scope: OrgScope, fileId: string, part: FilePart | 'key'): Buffer =>
  Buffer.from(`parley file 1\0${scope}\0${fileId}\0${part}\0`)

function place(file: Uint8Array, index: number, last: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(file.length + 9)
  bytes.set(file)
  bytes.writeDoubleBE(index, file.length)
  bytes[file.length + 8] = last ? 1 : 0
  return bytes
}

/** Seals a frame, under a nonce that nobody can foresee, so that a place may be written again. @returns pieces to be written one after another */
export function sealFrame(
  { key, file }: FrameContext,
  index: number,
  last: boolean,
  plain: Uint8Array,
): Uint8Array[] {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(place(file, index, last))
  const sealed = cipher.update(plain)
  cipher.final()
  return [nonce, sealed, cipher.getAuthTag()]
}

/** @returns null when it is not what was sealed for this place */
export function openFrame(
  { key, file }: FrameContext,
  index: number,
  last: boolean,
  sealed: Uint8Array,
): Buffer | null {
  if (sealed.length <= OVERHEAD) return null
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(place(file, index, last)).setAuthTag(sealed.subarray(-TAG))
  const plain = decipher.update(sealed.subarray(NONCE, -TAG))
  try {
    decipher.final()
    return plain
  } catch {
    return null
  }
}

export const framesIn = (size: number): number => Math.ceil(size / FRAME)
export const sealedSize = (size: number): number => size + framesIn(size) * OVERHEAD
