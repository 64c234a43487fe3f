import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MessageReader } from './message-store.ts'

/** Who wrote those of these messages that were imported and whose author is no member, by the ids of the messages. */
export async function authorsElsewhere(
  messages: MessageReader,
  scope: OrgScope,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await messages.getMany(scope, messageIds)
  return new Map(
    found.flatMap(({ id, extras }) => (extras?.imported?.author ? [[id, extras.imported.author]] : [])),
  )
}
