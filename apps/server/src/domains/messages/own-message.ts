import type { OwnMessage } from '@parley/contracts/messages/own-message'

/** What one member has noted of one message. There is none where nothing is noted. */
export interface OwnMessageRecord extends OwnMessage {
  readonly memberId: string
}
