import type { StorageTx } from '../adapters/storage/contract/storage.ts'
import { deleteMessage } from '../domains/messages/delete-message.ts'
import { editMessage } from '../domains/messages/edit-message.ts'
import { starMessage } from '../domains/messages/note-message.ts'
import { pinMessage } from '../domains/messages/pin-message.ts'
import { reactToMessage } from '../domains/messages/react-to-message.ts'
import { sendMessage, type GivenMessage } from '../domains/messages/send-message.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'

/** What few lines of the demo have besides their words. People are named by their mailboxes. */
export interface LineExtras {
  /** A name of this line, for those that answer it or pass it on. */
  readonly as?: string
  readonly replyTo?: string
  readonly forwardOf?: string
  readonly mentions?: readonly string[]
  readonly reactions?: Readonly<Record<string, readonly string[]>>
  /** What it said at first. */
  readonly before?: string
  readonly deleted?: boolean
  /** The writer pins it. */
  readonly pinned?: boolean
  readonly starredBy?: string
}

interface Sending {
  readonly actorNamed: (mailbox: string) => Actor | undefined
  /** The ids of the lines that have a name. */
  readonly named: Map<string, string>
}

const MINUTE = 60_000

/** Sends a line of the demo at its time, and what happened to it within the minutes after. */
export async function sendLine(
  tx: StorageTx,
  writer: Actor,
  line: Pick<GivenMessage, 'conversationId' | 'text' | 'files'>,
  extras: LineExtras | undefined,
  at: number,
  { actorNamed, named }: Sending,
): Promise<void> {
  const id = newId()
  if (!extras) {
    await sendMessage(tx, writer, { id, ...line }, at)
    return
  }
  const { as, replyTo, forwardOf, before, reactions = {} } = extras
  const memberIds = extras.mentions?.flatMap((mailbox) => actorNamed(mailbox)?.memberId ?? [])
  const mentions = memberIds && { memberIds }
  const points = {
    ...(replyTo !== undefined && { replyTo: named.get(replyTo) }),
    ...(forwardOf !== undefined && { forwardOf: named.get(forwardOf) }),
    mentions,
  }
  await sendMessage(tx, writer, { id, ...line, text: before ?? line.text, ...points }, at)
  if (as !== undefined) named.set(as, id)
  const later = at + MINUTE
  if (before !== undefined) await editMessage(tx, writer, { messageId: id, text: line.text, mentions }, later)
  for (const [emoji, mailboxes] of Object.entries(reactions)) {
    for (const mailbox of mailboxes) {
      const actor = actorNamed(mailbox)
      if (actor) await reactToMessage(tx, actor, { messageId: id, emojis: [emoji] }, later)
    }
  }
  const fan = extras.starredBy === undefined ? undefined : actorNamed(extras.starredBy)
  if (fan) await starMessage(tx, fan, { messageId: id, starred: true }, later)
  if (extras.pinned) await pinMessage(tx, writer, { messageId: id, pinned: true }, later)
  if (extras.deleted) await deleteMessage(tx, writer, id, later)
}
