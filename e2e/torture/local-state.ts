import type { ParleyClient } from '@parley/client/client-api'
import type { EntityRecord, LocalStore } from '@parley/client/local-store/local-store'
import type { Mark } from '@parley/contracts/conversations/conversation'
import { pause } from './wait.ts'

/** What a device holds, in a form that two devices of one person can be compared by. */
export type LocalState = Readonly<Record<string, unknown>>

const PATIENCE = 20_000

/** Loads all of every history. @throws Error when that cannot be done */
export async function backfill(client: ParleyClient): Promise<void> {
  for (const { conversationId } of client.chats()) {
    await client.openConversation(conversationId)
    for (const end = Date.now() + PATIENCE; !(client.conversation(conversationId)?.reachedStart ?? true);) {
      await client.loadOlder(conversationId)
      if (client.conversation(conversationId)?.loadFailure) await pause(50) // the server may be away just now
      if (Date.now() > end) throw new Error(`the history of ${conversationId} cannot be loaded`)
    }
  }
}

/**
 * The store and what screens are shown. Left out is what belongs to the device alone (drafts, clocks, messages that failed) and
 * the memory that something is gone.
 */
export async function localState(client: ParleyClient, store: LocalStore): Promise<LocalState> {
  const state: Record<string, unknown> = {}
  const { records, windows, outbox, marks } = await store.readAll()
  for (const { kind, id, audience, data } of records) {
    if (!says(kind, data)) continue
    state[`kept ${kind} ${id}`] = { audience, data }
  }
  for (const { conversationId, from } of windows) {
    const messages = await store.readMessages(conversationId, 0, Number.MAX_SAFE_INTEGER, 1_000_000)
    state[`kept history ${conversationId}`] = { from, messages: messages.map(({ message }) => message) }
  }
  state['kept outbox'] = outbox.filter((entry) => entry.state === 'queued').map(({ text }) => text)
  state['kept marks under way'] = marks.map(({ conversationId }) => conversationId)
  return { ...state, ...shown(client) }
}

/** That something is gone, that nothing was received yet, and how access was come by, is the same as no word of it. */
function says(kind: string, data: EntityRecord['data']): boolean {
  if (data === null || kind === 'access') return false
  if (kind === 'mark') return (data as Mark).delivered > 0
  return true
}

function shown(client: ParleyClient): LocalState {
  const state: Record<string, unknown> = {
    'shown me': client.me(),
    'shown own profile': client.ownProfile(),
    'shown organisation': client.organisation(),
    'shown organisation details': client.organisationDetails(),
    'shown unread': client.totalUnread(),
  }
  for (const [id, member] of client.members()) state[`shown member ${id}`] = member
  for (const [id, department] of client.departments()) state[`shown department ${id}`] = department
  for (const [id, account] of client.accounts()) state[`shown account ${id}`] = account
  for (const invite of client.invites()) state[`shown invite ${invite.id}`] = invite
  for (const { conversationId, group, other, unread, activeAt } of client.chats()) {
    state[`shown row ${conversationId}`] = { group, other, unread, activeAt }
    const view = client.conversation(conversationId)
    state[`shown conversation ${conversationId}`] = view && {
      conversation: view.conversation,
      reachedStart: view.reachedStart,
      seen: view.seen,
      lastNumber: view.lastNumber,
      messages: view.messages.map(({ id, number, text, notice, sentAt, delivery }) => ({
        id,
        number,
        text,
        notice,
        sentAt,
        delivery,
      })),
    }
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
