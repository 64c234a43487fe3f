import type { File as SharedFile } from '@parley/contracts/files/file'

/** Something that has arrived and that the person is to be told of. Not quiet, not muted, not read, not their own. */
export interface Telling {
  readonly conversationId: string
  /** The newest. */
  readonly messageId: string
  readonly number: number
  readonly senderId: string
  readonly text: string
  readonly files: readonly SharedFile[]
  readonly sentAt: number
  /** How many are unread in the chat. */
  readonly count: number
  /** Names the person, or everybody. */
  readonly mention: boolean
}
