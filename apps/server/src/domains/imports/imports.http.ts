import type { BoundedQueue } from '../../kernel/bounded-queue.ts'
import type { KeyedTurns } from '../../kernel/keyed-turns.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { requireGroupAdmin } from '../conversations/conversation-access.ts'
import { presentImport } from './present-import.ts'
import { IMPORTS_TOLD, previewImport, startImport, undoImport, type ImportDeps } from './start-import.ts'

interface Deps extends ImportDeps {
  readonly clock: Clock
  /** A whole chat is read for an answer: of one member, and of all, so many at the same time. */
  readonly turns: KeyedTurns
  readonly queue: BoundedQueue
  /** There is something to do. */
  readonly onWork: () => void
}

type Handled = 'previewImport' | 'startImport' | 'listImports' | 'undoImport'

export function importRoutes(deps: Deps): Pick<RouteHandlers, Handled> {
  const { run, read, clock, turns, queue, onWork } = deps
  const inTurn = async <T>(memberId: string, work: () => Promise<T>): Promise<T> => {
    const end = await turns.take(memberId)
    return queue(work).finally(end)
  }
  return {
    previewImport: ({ actor, params, body }) =>
      inTurn(actor.memberId, () => previewImport(deps, actor, params.conversationId, body.fileId)),
    startImport: async ({ actor, params, body }) => {
      const record = await inTurn(actor.memberId, () =>
        startImport(deps, actor, params.conversationId, body, clock.now()),
      )
      onWork()
      return presentImport(record)
    },
    listImports: async ({ actor, params: { conversationId } }) => {
      await requireGroupAdmin(read.conversations, actor, conversationId)
      const records = await read.imports.ofConversation(actor.scope, conversationId, IMPORTS_TOLD)
      return { imports: records.map(presentImport) }
    },
    undoImport: async ({ actor, params }) => {
      const record = await run(actor.scope, (tx) => undoImport(tx, actor, params.importId))
      onWork()
      return presentImport(record)
    },
  }
}
