import type { KeyedTurns } from '../../kernel/keyed-turns.ts'
import { watchBytes } from '../../kernel/watched-bytes.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { exportChat, type ExportDeps } from './export-chat.ts'
import { requireExportable } from './exported-chat.ts'

interface Deps extends ExportDeps {
  /** A chat is read from its beginning: of one member one at a time. */
  readonly turns: KeyedTurns
}

/** While bytes go out, rights are asked for so often: they are lost within a second (A2). */
const ASK_EVERY = 400

export const exportRoutes = (deps: Deps): Pick<RouteHandlers, 'exportChat'> => ({
  exportChat: async ({ actor, params: { conversationId }, query, askAgain }) => {
    const end = await deps.turns.take(actor.memberId)
    try {
      const given = { conversationId, timeZone: query.timeZone, withFiles: query.files !== undefined }
      const { name, bytes } = await exportChat(deps, actor, given)
      const stillAllowed = async () => {
        await askAgain()
        await requireExportable(deps.read, actor, conversationId)
      }
      const watched = watchBytes(bytes, { stillAllowed, every: ASK_EVERY, onEnd: end })
      return { type: 'application/zip', name, bytes: watched }
    } catch (error) {
      end()
      throw error
    }
  },
})
