import type { ParleyClient } from '@parley/client/client-api'
import type { EntityRecord, MessageRecord } from '@parley/client/local-store/local-store'
import type { Mark } from '@parley/contracts/conversations/conversation'
import type { Mentioned } from '@parley/contracts/messages/mentions'
import type { Device } from './device.ts'
import { pause } from './wait.ts'

/** What a device holds, in a form that two devices of one person can be compared by. */
export type LocalState = Readonly<Record<string, unknown>>

export interface Held {
  readonly state: LocalState
  /** All that is kept, also what nobody is shown any more, as one text. */
  readonly everything: string
}

const PATIENCE = 20_000

/** Loads all of every history. @throws Error when that cannot be done */
export async function backfill(client: ParleyClient): Promise<void> {
  for (const { conversationId } of client.chats()) {
    await client.openConversation(conversationId)
    for (const end = Date.now() + PATIENCE; !(client.conversation(conversationId)?.reachedStart ?? true);) {
      await client.loadOlder(conversationId)
      if (client.conversation(conversationId)?.loadFailure) await pause(50) // the server may be away just now
      if (Date.now() > end) {
        const { loadFailure } = client.conversation(conversationId) ?? {}
        throw new Error(`the history of ${conversationId} cannot be loaded: ${loadFailure ?? 'no reason'}`)
      }
    }
  }
}

const everyMessage = [0, Number.MAX_SAFE_INTEGER, 1_000_000] as const

/** @param conversationIds those of which something may be kept */
export async function heldBy(
  { client, store }: Device,
  conversationIds: ReadonlySet<string> = new Set(),
): Promise<Held> {
  const state = await localState(client, store)
  const { meta: _, ...kept } = await store.readAll()
  const histories = await Promise.all(
    [...conversationIds].map((id) => store.readMessages(id, ...everyMessage)),
  )
  return { state, everything: JSON.stringify([{ ...kept, drafts: [...kept.drafts] }, histories]) }
}

/**
 * The store and what screens are shown. Left out is what belongs to the device alone (drafts, clocks, messages that failed) and
 * the memory that something is gone.
 */
async function localState(client: ParleyClient, store: Device['store']): Promise<LocalState> {
  const state: Record<string, unknown> = {}
  const { records, windows, outbox, calls, marks } = await store.readAll()
  const chats = new Set(
    records.filter(({ kind, data }) => kind === 'conversation' && data).map(({ id }) => id),
  )
  for (const { kind, id, audience, data } of records) {
    // nobody is shown what is gone from a chat that they have not
    if (!says(kind, data) || (kind === 'purge' && !chats.has(id))) continue
    state[`kept ${kind} ${id}`] = { audience, data }
  }
  for (const { conversationId, from } of windows) {
    const kept = await store.readMessages(conversationId, ...everyMessage)
    const messages = kept.map(({ message }) => message)
    state[`kept history ${conversationId}`] = { from, messages, said: kept.map(saidTo) }
  }
  state['kept outbox'] = outbox.filter((entry) => entry.state === 'queued').map(({ text }) => text)
  state['kept calls'] = calls.map(({ key }) => key)
  state['kept marks under way'] = marks.map(({ conversationId }) => conversationId)
  return { ...state, ...shown(client) }
}

/** That something is gone, that nothing was received yet, that nobody calls one any more, and how access was come by, is the same as no word of it. */
function says(kind: string, data: EntityRecord['data']): boolean {
  if (data === null || kind === 'access') return false
  if (kind === 'mark') return (data as Mark).delivered > 0
  if (kind === 'mentioned') return (data as Mentioned).numbers.length > 0
  return true
}

/** That somebody took back what they had said is the same as no word of it. */
const saidTo = ({ message, reactions = {} }: MessageRecord) => {
  const present = Object.entries(reactions).filter(([, { emojis }]) => emojis.length > 0)
  return present.map(([memberId, { emojis }]) => `${message.number} ${memberId} ${emojis.join()}`).sort()
}

function shown(client: ParleyClient): LocalState {
  const state: Record<string, unknown> = {
    'shown me': client.me(),
    'shown own profile': client.ownProfile(),
    'shown organisation': client.organisation(),
    'shown organisation details': client.organisationDetails(),
    'shown unread': client.totalUnread(),
    'shown rules': client.communication(),
    'shown starred': client.starred(),
    'shown chat settings': client.chatSettings(),
  }
  for (const [id, member] of client.members()) state[`shown member ${id}`] = member
  for (const [id, department] of client.departments()) state[`shown department ${id}`] = department
  for (const [id, account] of client.accounts()) state[`shown account ${id}`] = account
  for (const invite of client.invites()) state[`shown invite ${invite.id}`] = invite
  for (const { draft, typing, typers, ...row } of client.chats()) {
    state[`shown row ${row.conversationId}`] = row
    const view = client.conversation(row.conversationId)
    if (!view) continue
    const { place, loadingOlder, loadingNewer, loadFailure, ...rest } = view
    state[`shown conversation ${row.conversationId}`] = rest
  }
  return state
}

/** What differs, as sentences; empty when nothing does. */
export function differences(held: LocalState, fresh: LocalState): string[] {
  const keys = [...new Set([...Object.keys(held), ...Object.keys(fresh)])].sort()
  const found: string[] = []
  for (const key of keys) {
    const [one, other] = [JSON.stringify(held[key]), JSON.stringify(fresh[key])]
    if (one !== other) found.push(`${key}:\n      held  ${brief(one)}\n      fresh ${brief(other)}`)
  }
  return found
}

const brief = (text: string | undefined) => (text === undefined ? 'nothing' : text.slice(0, 700))
