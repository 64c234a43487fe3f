import type { MessageView, ParleyClient } from '@parley/client/client-api'
import type { OutgoingFile } from '@parley/client/files/outgoing'
import { FILES_PER_MESSAGE_MAX } from '@parley/contracts/files/bounds'
import type { Chosen } from './check-chosen.ts'
import { lookAtMedia } from './look-at-media.ts'

/**
 * Puts chosen files into the outbox: pictures and videos together in one message, everything else in messages of their own, the caption
 * with the first. They arrive in the order in which they were queued, except for what is paused or refused. @throws CallFailed device_full; what was queued before it stays queued
 */
export async function sendChosen(
  client: ParleyClient,
  conversationId: string,
  chosen: readonly Chosen[],
  caption: string,
  replyTo: MessageView | null = null,
): Promise<void> {
  const files = await Promise.all(chosen.map(outgoing))
  const shots = files.filter(({ kind }) => kind === 'picture' || kind === 'video')
  const others = files.filter(({ kind }) => kind !== 'picture' && kind !== 'video')
  const messages: OutgoingFile[][] = []
  for (let from = 0; from < shots.length; from += FILES_PER_MESSAGE_MAX)
    messages.push(shots.slice(from, from + FILES_PER_MESSAGE_MAX))
  for (const other of others) messages.push([other])
  let after: string | undefined
  for (const of of messages) {
    const together = after === undefined ? replyTo && { replyTo } : { after }
    after = await client.send(conversationId, after === undefined ? caption : '', { files: of, ...together })
  }
}

async function outgoing({ file, kind }: Chosen): Promise<OutgoingFile> {
  const { facts, poster } = await lookAtMedia(file, kind)
  const { name, type } = file
  return { bytes: file, name, type, kind, facts, ...(poster ? { poster } : {}) }
}
