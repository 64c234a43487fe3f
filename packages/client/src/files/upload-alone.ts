import { newFileId } from '@parley/contracts/files/file-id'
import { uploadPath } from '@parley/contracts/files/paths'
import { CallFailed } from '../call-failed.ts'
import { backOff } from '../connection/back-off.ts'
import type { Platform } from '../platform/platform.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'
import type { AloneGiven, Carrying, FilePorts } from './file-ports.ts'

interface Deps {
  readonly session: SessionKeeper
  readonly platform: Platform
  readonly ports: Pick<FilePorts, 'carry'>
}

/** So often a cut is got over, in a row, without a byte arriving. */
const TRIES = 8

/**
 * Uploads a file that goes with no message, for as long as somebody looks on: after a cut it goes on from where the server has got to.
 * @returns its id; null when somebody thought better of it
 * @throws CallFailed
 */
export async function uploadAlone(
  { session, platform, ports }: Deps,
  given: AloneGiven,
): Promise<string | null> {
  const { bytes, name, onProgress, isOver } = given
  const id = newFileId()
  const body = { id, name, size: bytes.size, type: bytes.type.slice(0, 200), kind: 'document' as const }
  for (let tries = 0; ; tries += 1) {
    if (isOver()) return null
    try {
      const begun = await session.call('createFile', { body })
      if (begun.offset < bytes.size) {
        await session.inTheirName(async (headers) => {
          let stop = () => {}
          const over = new Promise<void>((resolve) => (stop = resolve))
          const carrying: Carrying = ports.carry({
            path: uploadPath(id),
            bytes,
            headers,
            onProgress: (sent) => {
              if (sent > 0) tries = 0
              onProgress(sent)
              if (!isOver()) return
              carrying.stop()
              stop()
            },
          })
          await Promise.race([carrying.done, over])
        })
      }
      if (isOver()) return null
      await session.call('finishFile', { params: { fileId: id }, body: {} })
      return id
    } catch (error) {
      const passes = error instanceof CallFailed && error.action === 'retry' && tries < TRIES
      if (!passes) throw error
      const wait = backOff(tries, platform.random, (error.retryAfter ?? 0) * 1_000)
      await new Promise<void>((resolve) => platform.timers.set(resolve, wait))
    }
  }
}
