import type { File } from '@parley/contracts/files/file'
import type { UploadState } from '@parley/contracts/files/routes'
import type { FileRecord } from './file.ts'

/** For everybody who sees the message. Never who holds which key, or how much was uploaded. */
export const presentFile = ({ id, kind, name, type, size, facts, hasPreview }: FileRecord): File => ({
  id,
  kind,
  name,
  type,
  size,
  ...(facts.width !== undefined && { width: facts.width }),
  ...(facts.height !== undefined && { height: facts.height }),
  ...(facts.duration !== undefined && { duration: facts.duration }),
  ...(facts.pages !== undefined && { pages: facts.pages }),
  ...(facts.animated && { animated: true }),
  ...(facts.waveform !== undefined && { waveform: facts.waveform }),
  ...(facts.blur !== undefined && { blur: facts.blur }),
  ...(hasPreview && { preview: true }),
})

/** For the uploader. */
export const presentUpload = (
  { id, uploadSize, state, expiresAt }: FileRecord,
  offset: number,
): UploadState => ({
  id,
  size: uploadSize,
  offset,
  state,
  expiresAt: expiresAt ?? 0,
})
