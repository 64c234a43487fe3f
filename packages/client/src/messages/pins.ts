import type { Conversation, Pin } from '@parley/contracts/conversations/conversation'
import { PINS_MAX } from '@parley/contracts/messages/bounds'
import type { RouteInput } from '@parley/contracts/kernel/route'
import type { Routes } from '@parley/contracts/routes'
import type { ReplicaState } from '../replica/replica-state.ts'

const PREFIX = 'pin '

/** What the pinning of a message is called in the queue; its number is told along, for what is shown meanwhile. */
export const pinKey = ({ id, number }: { readonly id: string; readonly number: number | null }) =>
  `${PREFIX}${id} ${number ?? 0}`

const none: readonly Pin[] = []

/** The messages that stand above the others: what the server knows, and what it will be told. */
export function pinsOf(state: ReplicaState, { id: conversationId, pins = [] }: Conversation): readonly Pin[] {
  let all: readonly Pin[] = pins
  // most chats have nothing under way
  for (const [key, calls] of state.calls.size === 0 ? [] : state.calls) {
    const call = calls.at(-1)
    if (!key.startsWith(PREFIX) || call?.state !== 'queued' || call.conversationId !== conversationId)
      continue
    const [messageId = '', number = '0'] = key.slice(PREFIX.length).split(' ')
    const { pinned } = (call.input as { readonly body: RouteInput<Routes['pinMessage']>['body'] }).body
    const others = all.filter((pin) => pin.messageId !== messageId)
    const pin = { messageId, number: Number(number), memberId: state.meta.session?.memberId ?? '', at: 0 }
    if (!pinned) all = others
    else if (others.length === all.length) all = [...others, pin].slice(-PINS_MAX)
  }
  return all.length === 0 ? none : all
}
