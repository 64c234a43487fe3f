import type { OwnMessageReader, OwnMessageWriter } from '../../../../domains/messages/own-message-store.ts'
import type { OwnMessageRecord } from '../../../../domains/messages/own-message.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { OrgView } from '../org-view.ts'
import { keyOf, messages, ownMessages } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class OwnMessageReads implements OwnMessageReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async of(scope: OrgScope, memberId: string, messageIds: readonly string[]): Promise<OwnMessageRecord[]> {
    const keys = messageIds.map((messageId) => keyOf(ownMessages, { messageId, memberId }))
    return [...(await (await this.#views(scope)).getMany(ownMessages, keys)).values()]
  }

  async on(scope: OrgScope, messageIds: readonly string[]): Promise<OwnMessageRecord[]> {
    if (messageIds.length === 0) return []
    const view = await this.#views(scope)
    return view.find(ownMessages, { where: { messageId: { in: messageIds } } })
  }

  async inConversation(
    scope: OrgScope,
    memberId: string,
    conversationId: string,
  ): Promise<OwnMessageRecord[]> {
    return (await this.#views(scope)).find(ownMessages, { where: { memberId, conversationId } })
  }
}

export class OwnMessageWrites extends OwnMessageReads implements OwnMessageWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async put(scope: OrgScope, note: OwnMessageRecord): Promise<void> {
    const view = await this.#views(scope)
    if (!(await view.get(messages, note.messageId))) throw new Error('a note is about a message')
    view.upsert(ownMessages, note)
  }

  async remove(scope: OrgScope, memberId: string, messageId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(ownMessages, keyOf(ownMessages, { messageId, memberId }))
  }
}
