import type { OrgScope } from '../../kernel/org-scope.ts'
import type { OwnMessageRecord } from './own-message.ts'

export interface OwnMessageReader {
  /** What the member has noted of these messages, in no order. */
  of(scope: OrgScope, memberId: string, messageIds: readonly string[]): Promise<OwnMessageRecord[]>
  /** What anybody has noted of these messages, in no order. */
  on(scope: OrgScope, messageIds: readonly string[]): Promise<OwnMessageRecord[]>
  /** What the member has noted of a conversation's messages, in no order. */
  inConversation(scope: OrgScope, memberId: string, conversationId: string): Promise<OwnMessageRecord[]>
}

export interface OwnMessageWriter extends OwnMessageReader {
  /** In place of what was noted before. The message must exist. */
  put(scope: OrgScope, note: OwnMessageRecord): Promise<void>
  /** Does nothing where there is none. */
  remove(scope: OrgScope, memberId: string, messageId: string): Promise<void>
}
