import type { OrgScope } from '../../kernel/org-scope.ts'
import type { ReactionRecord } from './reaction.ts'

export interface ReactionReader {
  /** All reactions to these messages, empty ones included, in no order. */
  to(scope: OrgScope, messageIds: readonly string[]): Promise<ReactionRecord[]>
  get(scope: OrgScope, messageId: string, memberId: string): Promise<ReactionRecord | null>
}

export interface ReactionWriter extends ReactionReader {
  /** In place of what the member said to it before. The message must exist. */
  put(scope: OrgScope, reaction: ReactionRecord): Promise<void>
  /** Forgets all reactions to these messages. */
  forgetTo(scope: OrgScope, messageIds: readonly string[]): Promise<void>
}
