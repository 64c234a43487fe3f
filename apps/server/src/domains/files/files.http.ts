import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { FairTurns } from '../../kernel/keyed-turns.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { watchBytes } from '../../kernel/watched-bytes.ts'
import type { Resumable } from '../../platform/http/answer-tus.ts'
import type { Exchange, RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { RangedBytes } from '../../platform/http/send-range.ts'
import { requireHistory } from '../conversations/conversation-access.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { createFile, limitsOf, type FileLimits, type FilesTx } from './create-file.ts'
import { requireOwnUpload, requireVisibleFile, type FileRead } from './file-access.ts'
import { SAVED_AS, shownAs } from './file-types.ts'
import type { FileVault } from './file-vault.ts'
import type { FileRecord } from './file.ts'
import { finishFile } from './finish-file.ts'
import { listFiles } from './list-files.ts'
import { mediaInTurn, type MediaTurns } from './media-in-turn.ts'
import type { MediaReader } from './media-reader.ts'
import { presentFile, presentUpload } from './present-file.ts'
import { cancelFile } from './remove-file.ts'
import { setPoster } from './set-poster.ts'
import { uploadBytes } from './upload-file.ts'
import type { UploadLocks } from './upload-locks.ts'

interface Deps {
  readonly run: RunUseCase<FilesTx>
  readonly read: FileRead & { readonly organisations: OrganisationReader }
  readonly vault: FileVault
  readonly media: MediaReader
  readonly locks: UploadLocks
  readonly limits: FileLimits
  readonly clock: Clock
  /** How many transfers of one member, and of one organisation, run at the same time. */
  readonly turns: FairTurns
  readonly mediaTurns: MediaTurns
  /** Who wrote those of these messages that came from elsewhere. */
  readonly authorsOf: (
    scope: Actor['scope'],
    messageIds: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>
  /** Removes what was cancelled; never throws. */
  readonly removeBytes: (scope: Actor['scope']) => Promise<void>
}

type Handled =
  | 'fileLimits'
  | 'createFile'
  | 'uploadOffset'
  | 'uploadBytes'
  | 'cancelUpload'
  | 'setPoster'
  | 'finishFile'
  | 'fileContent'
  | 'filePreview'
  | 'listConversationFiles'

/** While bytes go to and fro, rights are asked for so often: they are lost within a second (A2). */
const ASK_EVERY = 400

export const fileRoutes = (deps: Deps): Pick<RouteHandlers, Handled> => ({
  ...uploading(deps),
  ...handingOut(deps),
})

function uploading(deps: Deps) {
  const { run, read, vault, limits, clock } = deps
  return {
    fileLimits: async ({ actor: { scope } }) => ({
      ...(await limitsOf(read.organisations, scope, limits)),
      usedBytes: await read.files.usedBytes(scope),
    }),
    createFile: async ({ actor, body }) => {
      const { scope } = actor
      if ((await vault.room()) < body.size) throw new DomainError('storage_full')
      const key = vault.makeKey(scope, body.id)
      const file = await run(scope, (tx) => createFile(tx, actor, body, key, limits, clock.now()))
      const { state, uploadSize, id } = file
      const offset = state === 'finished' ? uploadSize : await vault.uploaded({ scope, id, key: file.key })
      return presentUpload(file, offset)
    },
    uploadOffset: ({ actor, params, ...exchange }) => resumable(deps, actor, params.fileId, exchange),
    uploadBytes: ({ actor, params, ...exchange }) => resumable(deps, actor, params.fileId, exchange),
    cancelUpload: ({ actor, params, ...exchange }) => resumable(deps, actor, params.fileId, exchange),
    setPoster: ({ actor, params, upload }) =>
      setPoster(inTurn(deps, actor), actor, params.fileId, upload.bytes),
    finishFile: async ({ actor, params, body, ...exchange }) => {
      const finish = () => finishFile(inTurn(deps, actor), actor, params.fileId, body, clock.now())
      const file = await loudly(exchange, actor, params.fileId, finish)
      // what was uploaded is not needed beside what was made of it
      if (file.part !== 'original') void deps.removeBytes(actor.scope)
      return presentFile(file)
    },
  } satisfies Partial<RouteHandlers>
}

/** What somebody has looked into takes their turn and no other's. */
const inTurn = (deps: Deps, actor: Actor): Deps => ({
  ...deps,
  media: mediaInTurn(deps.media, deps.mediaTurns, actor),
})

/** An own upload, as the tus protocol handles it. @throws DomainError not_found */
async function resumable(
  deps: Deps,
  actor: Actor,
  fileId: string,
  { askAgain }: Exchange,
): Promise<Resumable> {
  const { run, read, vault, locks, clock } = deps
  const { scope } = actor
  const file = await requireOwnUpload(read.files, actor, fileId)
  const isFinished = file.state === 'finished'
  return {
    id: fileId,
    size: file.uploadSize,
    expiresAt: file.expiresAt ?? 0,
    hold: (letGo) => locks.hold(`${scope}/${fileId}`, letGo),
    offset: async () => (isFinished ? file.uploadSize : vault.uploaded({ scope, id: fileId, key: file.key })),
    append: async (bytes, from) => {
      const end = await deps.turns.take(actor)
      const stillAllowed = async () => {
        await askAgain()
        await requireOwnUpload(read.files, actor, fileId)
      }
      const watched = watchBytes(bytes, { stillAllowed, every: ASK_EVERY, onEnd: () => {} })
      return uploadBytes(deps, actor, file, watched, from, clock.now()).finally(end)
    },
    remove: async () => {
      await run(scope, (tx) => cancelFile(tx, actor, fileId))
      await deps.removeBytes(scope)
    },
  }
}

function handingOut(deps: Deps) {
  const { read, vault, clock, authorsOf } = deps
  return {
    fileContent: async ({ actor, params, query, ...exchange }) => {
      const file = await requireVisibleFile(read, actor, params.fileId, clock.now())
      const shown = shownAs(file)
      return {
        size: file.size,
        type: shown ?? SAVED_AS,
        name: file.name,
        save: shown === null || query.download !== undefined,
        framed: file.kind === 'document' && shown !== null,
        tag: `${file.id}-${file.part}`,
        open: (from, to) => openContent(deps, actor, file, exchange, from, to),
      } satisfies RangedBytes
    },
    filePreview: async ({ actor, params, ...exchange }) => {
      const { id, key, hasPreview } = await requireVisibleFile(read, actor, params.fileId, clock.now())
      if (!hasPreview) throw new DomainError('not_found')
      const file = { scope: actor.scope, id, key }
      const bytes = await loudly(exchange, actor, id, () => vault.readWhole(file, 'preview'))
      return { bytes, type: 'image/webp' }
    },
    listConversationFiles: async ({ actor, params, query }) => {
      const { from, until } = await requireHistory(read.conversations, actor, params.conversationId)
      const before = Math.min(query.before ?? Infinity, until + 1, Number.MAX_SAFE_INTEGER)
      const where = { conversationId: params.conversationId, list: query.which, from, before }
      return listFiles({ files: read.files, authorsOf }, actor.scope, where, clock.now())
    },
  } satisfies Partial<RouteHandlers>
}

/** A file that is damaged is told to the operator, who alone can mend it. */
async function loudly<T>(
  exchange: Exchange,
  actor: Actor,
  fileId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    noteDamage(exchange, actor, fileId, error)
    throw error
  }
}

function noteDamage({ log, requestId }: Exchange, { scope }: Actor, fileId: string, error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'file_damaged') return
  log.error({ error, requestId, organisationId: scope, fileId }, 'a file is damaged, and cannot be read')
}

/** The bytes, for as long as the actor may have them. @throws DomainError overloaded, file_damaged */
async function openContent(
  deps: Deps,
  actor: Actor,
  { id, key, part, size }: FileRecord,
  exchange: Exchange,
  from: number,
  to: number,
): Promise<AsyncIterable<Uint8Array>> {
  const { read, vault, clock } = deps
  const end = await deps.turns.take(actor)
  try {
    const file = { scope: actor.scope, id, key }
    const bytes = await loudly(exchange, actor, id, () => vault.read(file, part, size, from, to))
    const stillAllowed = async () => {
      await exchange.askAgain()
      await requireVisibleFile(read, actor, id, clock.now())
    }
    const onEnd = (error: unknown) => {
      end()
      noteDamage(exchange, actor, id, error)
    }
    return watchBytes(bytes, { stillAllowed, every: ASK_EVERY, onEnd })
  } catch (error) {
    end()
    throw error
  }
}
