import { extensionOf } from '@parley/contracts/files/file-name'
import type { MediaFacts } from '@parley/contracts/files/file'
import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { given } from '../../kernel/patch.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { requireMayShareFile } from '../communication/communication-access.ts'
import type { FilesTx } from './create-file.ts'
import type { FileReader } from './file-store.ts'
import { decideType, HEAD_BYTES, PDF, renamedFor } from './file-types.ts'
import type { FileVault, SealedFile } from './file-vault.ts'
import { UNSENT_LIFETIME, type FileFacts, type FileRecord } from './file.ts'
import type { MediaReader } from './media-reader.ts'
import type { UploadLocks } from './upload-locks.ts'

export interface FinishDeps {
  readonly run: RunUseCase<FilesTx>
  readonly read: { readonly files: FileReader }
  readonly vault: FileVault
  readonly media: MediaReader
  readonly locks: UploadLocks
}

/** Pictures and documents beyond this are kept as they are, and not looked into: that takes all of their bytes in memory. */
const LOOKED_INTO_MAX = 50 * 1024 * 1024

/** What of a record is learned from its content. */
type Learned = Pick<FileRecord, 'name' | 'kind' | 'type' | 'size' | 'part' | 'facts' | 'hasPreview'>

/**
 * All bytes of an own upload are here: learns what they are, makes of a picture what others will see, and keeps it. Again, it answers the
 * same.
 * @param told what only the sender's device knows of a video or a recording
 * @throws DomainError not_found, upload_incomplete, picture_too_large, file_damaged, and what `requireMayShareFile` throws
 */
export async function finishFile(
  deps: FinishDeps,
  actor: Actor,
  fileId: string,
  told: MediaFacts,
  now: number,
): Promise<FileRecord> {
  const { scope } = actor
  const own = async () => {
    const file = await deps.read.files.get(scope, fileId)
    if (file?.uploaderId !== actor.memberId) throw new DomainError('not_found')
    return file
  }
  await own() // whoever asks for the lock interrupts who holds it
  const release = await deps.locks.hold(`${scope}/${fileId}`)
  try {
    const file = await own()
    if (file.state === 'finished') return file
    const sealed = { scope, id: fileId, key: file.key }
    if ((await deps.vault.uploaded(sealed)) < file.uploadSize) throw new DomainError('upload_incomplete')
    const learned = await learn(deps, sealed, file, told)
    await deps.vault.sync(sealed, learned.part)
    return await deps.run(scope, (tx) => keep(tx, actor, fileId, learned, now))
  } finally {
    release()
  }
}

async function keep(
  tx: FilesTx,
  actor: Actor,
  fileId: string,
  learned: Learned,
  now: number,
): Promise<FileRecord> {
  const { scope } = actor
  const before = await tx.files.get(scope, fileId)
  if (before?.uploaderId !== actor.memberId) throw new DomainError('not_found')
  if (before.state === 'finished') return before
  await requireMayShareFile(tx, actor, { kind: learned.kind, bytes: learned.size })
  const patch = { ...learned, state: 'finished', expiresAt: now + UNSENT_LIFETIME } as const
  await tx.files.update(scope, fileId, patch)
  await tx.files.addUsedBytes(scope, learned.size - before.size)
  if (learned.part !== 'original') await tx.files.queueRemoval(scope, { fileId, part: 'original' })
  return { ...before, ...patch }
}

async function learn(
  deps: FinishDeps,
  sealed: SealedFile,
  file: FileRecord,
  told: MediaFacts,
): Promise<Learned> {
  const { vault, media } = deps
  const head = await bytesOf(vault, sealed, file, Math.min(HEAD_BYTES, file.uploadSize))
  const extension = extensionOf(file.name)
  const { type, kind } = decideType({ kind: file.kind, extension }, await media.sniff(head), head)
  const asItIs = { name: file.name, kind, type, size: file.uploadSize, part: 'original' } as const
  const small = file.uploadSize <= LOOKED_INTO_MAX
  if (kind === 'picture') {
    const made = small ? await makePicture(deps, sealed, file, extension) : null
    // what cannot be made over would still tell where it was taken, so that it is not passed off as a picture
    return made ?? { ...asItIs, kind: 'document', facts: {}, hasPreview: false }
  }
  if (kind === 'document') {
    const pages = small && type === PDF ? await media.countPages(() => bytesOf(vault, sealed, file)) : null
    return { ...asItIs, facts: pages === null ? {} : { pages }, hasPreview: false }
  }
  // a poster that was set belongs to a video alone
  const { blur } = kind === 'video' ? file.facts : {}
  return { ...asItIs, facts: factsOf(kind, told, blur), hasPreview: kind === 'video' && file.hasPreview }
}

function factsOf(kind: FileRecord['kind'], told: MediaFacts, blur: string | undefined): FileFacts {
  const { width, height, duration, waveform } = told
  const seen = kind === 'video' ? { width, height, blur } : {}
  return given<FileFacts>({ duration, ...seen, ...(kind === 'voice' && { waveform }) })
}

async function makePicture(
  { vault, media }: FinishDeps,
  sealed: SealedFile,
  file: FileRecord,
  extension: string,
): Promise<Learned | null> {
  const picture = await media.preparePicture(() => bytesOf(vault, sealed, file))
  if (!picture) return null
  const { bytes, type, width, height, animated, preview } = picture
  await vault.put(sealed, 'picture', bytes)
  await vault.put(sealed, 'preview', preview.bytes)
  return {
    name: renamedFor(type, file.name, extension),
    kind: 'picture',
    type,
    size: bytes.length,
    part: 'picture',
    facts: { width, height, blur: preview.blur, ...(animated && { animated: true }) },
    hasPreview: true,
  }
}

async function bytesOf(
  vault: FileVault,
  sealed: SealedFile,
  { uploadSize }: FileRecord,
  to = uploadSize,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of await vault.read(sealed, 'original', uploadSize, 0, to)) pieces.push(piece)
  return Buffer.concat(pieces)
}
