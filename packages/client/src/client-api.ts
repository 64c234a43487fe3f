import type { Communication } from '@parley/contracts/communication/communication'
import type { ChatPatch, ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import type { Account, Member, OwnProfile } from '@parley/contracts/members/member'
import type { Conversation, Group, Pin } from '@parley/contracts/conversations/conversation'
import type { Purge } from '@parley/contracts/conversations/purge'
import type { Department } from '@parley/contracts/departments/department'
import type { RouteInput, RouteResponse } from '@parley/contracts/kernel/route'
import type { Invite } from '@parley/contracts/invites/invite'
import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import type { Organisation, OrganisationDetails } from '@parley/contracts/organisations/organisation'
import type { Message, Quote } from '@parley/contracts/messages/message'
import type { Mentions } from '@parley/contracts/messages/mentions'
import type { File as SharedFile } from '@parley/contracts/files/file'
import type { Notice } from '@parley/contracts/messages/notice'
import type { RouteName, Routes } from '@parley/contracts/routes'
import type { SearchHit } from '@parley/contracts/search/routes'
import type { SessionEndReason } from '@parley/contracts/sessions/session'
import type { Telling } from './notifications/telling.ts'
import type { DeviceQuery } from './search/device-query.ts'
import type { AloneGiven, Bytes, CopyOf } from './files/file-ports.ts'
import type { OutgoingFile } from './files/outgoing.ts'
import type { Leftover } from './conversations/leftover.ts'
import type { StarredMessage } from './messages/starred-message.ts'
import type { Transfer } from './files/transfer.ts'
import type { Typers } from './conversations/typers.ts'
import type { ReactionView } from './messages/reaction-view.ts'
import type { RefusedCall } from './outbox/refused-call.ts'
import type { Presence } from './presence/presence-view.ts'

/** The connection state machine, as screens see it. */
export type ConnectionState =
  | 'starting' // the local store is being read
  | 'offline' // no network, or the server does not answer; `waiting` messages are kept
  | 'connecting'
  | 'catching-up'
  | 'live'
  | 'signed-out'
  | 'too-old' // reload for a newer program

/** Why nobody is signed in; `expired` when the server does not know the session any more and nobody said why. */
export type SignedOutReason = SessionEndReason | 'expired'

/** Who is signed in on this device. */
export type SessionState =
  | { readonly state: 'unknown' } // the local store is being read
  | { readonly state: 'signed-out'; readonly reason: SignedOutReason | null }
  | {
      readonly state: 'signed-in'
      readonly organisationId: string
      readonly memberId: string
      readonly passwordIsTemporary: boolean
    }

/** From the clock to the two coloured ticks; `received` is somebody else's message. */
export type Delivery = 'queued' | 'sending' | 'failed' | 'sent' | 'delivered' | 'seen' | 'received'

export interface MessageView {
  readonly id: string
  readonly conversationId: string
  /** null until the server has numbered it. */
  readonly number: number | null
  readonly senderId: string
  /** Empty in a system line. */
  readonly text: string
  /** What happened, in a system line; null in what people write. */
  readonly notice: Notice | null
  /** The server's time; the device's corrected clock while it waits. */
  readonly sentAt: number
  /** When it disappears; null where it stays. */
  readonly expiresAt: number | null
  /** The member has starred it, for themselves. */
  readonly starred: boolean
  /** The message that it answers, as it was then. */
  readonly replyTo: Quote | null
  readonly forwarded: boolean
  /** It was brought here from another messenger, by whom, and who wrote it there: a name, or null where that is the sender. */
  readonly imported: { readonly by: string; readonly author: string | null } | null
  /** Whom it calls, in a group. */
  readonly mentions: Mentions | null
  /** Of the first page in its text, as the server found it. */
  readonly linkPreview: NonNullable<Message['linkPreview']> | null
  /** What it carries, as far as is known; while it waits, what was chosen. */
  readonly files: readonly SharedFile[]
  readonly edited: boolean
  /** Deleted for everyone: nothing but this line is left of it. */
  readonly deleted: boolean
  /** The emoji put to it most first. */
  readonly reactions: readonly ReactionView[]
  /** What was done to it here shows already, and the server does not know yet. */
  readonly saving: boolean
  /** An own edit that the server refused; its text is what was typed. */
  readonly refusedEdit: { readonly key: string; readonly text: string; readonly failure: string } | null
  readonly delivery: Delivery
  /** Why it failed, as a sentence; only with `failed`. */
  readonly failure: string | null
}

/** What a message is besides its text. */
export interface SendOptions {
  /** The message that it answers. */
  readonly replyTo?: MessageView
  /** The message that it passes on. */
  readonly forwardOf?: MessageView
  /** Kept on the device and sent before it. */
  readonly files?: readonly OutgoingFile[]
  /** The message of this chat that it was chosen together with: it leaves after that one, however long its files take. */
  readonly after?: string
}

/** Somebody in a conversation. */
export interface Participant {
  readonly member: Member
  /** Of the group. */
  readonly admin: boolean
}

/** Why nothing can be written: one has left, only admins write, or the other has no access any more. */
export type ClosedBecause = 'left' | 'announcements' | 'gone'

export interface ConversationView {
  readonly conversation: Conversation
  /** Everybody in it, in the order of joining; nobody in a group that one has left. */
  readonly participants: readonly Participant[]
  /** null where the member may write. */
  readonly closed: ClosedBecause | null
  /** The colleague in a direct conversation. */
  readonly other: Member | null
  /** Oldest first, without holes; those waiting to be sent come last. */
  readonly messages: readonly MessageView[]
  /** Names the place in the past that is shown, with a new number for each; null where the present is. */
  readonly place: number | null
  /** What is shown goes up to the newest message. */
  readonly reachedEnd: boolean
  readonly loadingNewer: boolean
  /** Nothing older exists than what is loaded. */
  readonly reachedStart: boolean
  readonly loadingOlder: boolean
  /** The last attempt to load older messages failed for this reason; null otherwise. */
  readonly loadFailure: string | null
  /** My seen mark when this view was opened is the screen's business; this is the mark now. */
  readonly seen: number
  readonly lastNumber: number
  readonly unread: number
  /** The numbers of the messages that mention the member and were not seen, rising. */
  readonly mentions: readonly number[]
  /** The messages that stand above the others, in the order of pinning. Some may not be the member's to read. */
  readonly pins: readonly Pin[]
  /** What of its history was deleted for good. */
  readonly purged: Purge['ranges']
}

/** What one may want of a chat. */
export type ChatWish = Omit<ChatPatch, 'archived'> & { readonly archived?: boolean }

export interface ChatRow {
  readonly conversationId: string
  /** null in a direct conversation. */
  readonly group: Group | null
  readonly other: Member | null
  readonly lastMessage: MessageView | null
  readonly unread: number
  /** The person wants to come back to it. */
  readonly markedUnread: boolean
  readonly pinned: boolean
  /** Nobody is told of its messages now. */
  readonly muted: boolean
  /** When that is over; null when it is not muted. */
  readonly mutedUntil: number | null
  /** Folded away. */
  readonly archived: boolean
  /** How many of the unread messages mention the member. */
  readonly mentions: number
  readonly draft: string | null
  /** Somebody else is typing right now. */
  readonly typing: boolean
  readonly typers: Typers
  /** For sorting among pinned chats and among the others: the last message's time, else when the conversation began. */
  readonly activeAt: number
}

/** What changed; screens subscribe to as little as they show. */
export type Topic =
  | 'session'
  | 'connection'
  | 'chats'
  | 'members'
  | 'departments'
  | 'organisation'
  | 'accounts'
  | 'invites'
  | 'presence'
  | 'notifications'
  | 'waiting'
  | 'storage'
  | 'starred'
  | 'calls'
  | `conversation:${string}`
  | `draft:${string}`
  | `typing:${string}`
  | `transfer:${string}`

/** How the device keeps things: `kept` for good, or `memory` only because the browser refused storage. */
export type StorageState = 'kept' | 'memory'

/**
 * Everything a screen may ask of the client. Reads are synchronous, from the local store's mirror in memory, and return the
 * same object until something in it changed (fit for `useSyncExternalStore`). Writes that must survive go through the outbox.
 */
export interface ParleyClient {
  /** Opens the local store, takes part in leading among tabs, connects when signed in. Call once. */
  start(): Promise<void>
  /** Closes sockets, timers and the store. Nothing is lost. */
  stop(): Promise<void>
  /** @returns a function that ends the subscription */
  subscribe(topic: Topic, listener: () => void): () => void

  session(): SessionState
  connection(): ConnectionState
  /** The server's time now, as well as this device can tell, in milliseconds since 1970. */
  now(): number
  storage(): StorageState
  /** How many messages wait in the outbox (queued, sending; not failed). */
  waiting(): number

  me(): Member | null
  ownProfile(): OwnProfile | null
  organisation(): Organisation | null
  /** The rules of communication that the organisation's admins have set; those by default before the first load. */
  communication(): Communication
  /** Admins only; null otherwise. */
  organisationDetails(): OrganisationDetails | null
  /** All, deleted ones included (their names stay with what they wrote). */
  members(): ReadonlyMap<string, Member>
  departments(): ReadonlyMap<string, Department>
  /** Admins only; empty otherwise. */
  accounts(): ReadonlyMap<string, Account>
  /** Admins only; empty otherwise. */
  invites(): readonly Invite[]
  presence(memberId: string): Presence | null
  /** How the member wants to be told; the usual as long as they have chosen nothing. */
  notificationChoices(): NotificationChoices

  /** Archived ones too. Pinned first, of each kind the newest first. */
  chats(): readonly ChatRow[]
  /** Unread messages of all chats that are neither muted nor archived; a chat that is only marked unread counts as one. */
  totalUnread(): number
  chatSettings(): ChatSettings
  /** What was written and not sent in chats that the member does not see any more. */
  leftovers(): readonly Leftover[]
  /** What the member has starred, the newest star first. */
  starred(): readonly StarredMessage[]
  conversation(conversationId: string): ConversationView | null
  draft(conversationId: string): string
  /** The members typing in it right now, first come first. */
  typing(conversationId: string): readonly string[]
  typers(conversationId: string): Typers

  /** Calls a route by its name. @throws CallFailed */
  call<N extends RouteName>(name: N, input: RouteInput<Routes[N]>): Promise<RouteResponse<Routes[N]>>
  /**
   * Calls a route when the server can be reached, now or after a restart: for what a person does and need not wait for. The route has to bear
   * being called twice; what it answers as `change` or `changes` is applied. Resolves when it is kept on the device.
   * @param about `key`: a later call with the same key replaces one that has not left; `conversationId`: whose screens show it
   */
  enqueue<N extends RouteName>(
    name: N,
    input: RouteInput<Routes[N]>,
    about: { readonly key: string; readonly conversationId?: string },
  ): Promise<void>
  /** What the server refused of it, in the order of doing; stays until `forgetRefused`. */
  refused(): readonly RefusedCall[]
  /** Somebody has seen why; also gives up a call that has not left yet. */
  forgetRefused(key: string): Promise<void>
  /** Sends bytes to an upload route. @param params of its address @throws CallFailed */
  upload<N extends RouteName>(
    name: N,
    bytes: Uint8Array,
    type: string,
    params?: Readonly<Record<string, string>>,
  ): Promise<RouteResponse<Routes[N]>>
  /** The bytes of a file: those that wait here, a copy on this device, or the server's. @throws CallFailed */
  fileBytes(copy: CopyOf): Promise<Bytes>
  /** Uploads a file that goes with no message, while somebody looks on; its id, or null when they thought better of it. @throws CallFailed */
  uploadFile(given: AloneGiven): Promise<string | null>
  /** null where no files of this message wait. */
  transfer(conversationId: string, messageId: string): Transfer | null

  /** After a route that signs in (signUp, signIn, acceptInvite) has answered: take the session up and connect. */
  adoptSession(result: RouteResponse<Routes['signUp']>): Promise<void>
  /** Ends the session here, or everywhere, and wipes this device's store. */
  signOut(everywhere?: boolean): Promise<void>

  /** The conversation with a colleague, made if need be; its id. @throws CallFailed */
  startDirect(memberId: string): Promise<string>
  /** A new group with these colleagues; its id. Everything else about groups goes by `call`. @throws CallFailed */
  createGroup(given: RouteInput<Routes['createGroup']>['body']): Promise<string>
  /**
   * Pins, mutes, archives or marks a chat as unread, or takes that back: for oneself, on all devices, also offline. It shows at once;
   * resolves when it is kept. @throws CallFailed too_many_pinned_chats
   */
  changeChat(conversationId: string, wish: ChatWish): Promise<void>
  /** All messages that there are now vanish, for oneself. */
  clearChat(conversationId: string): Promise<void>
  /** Everything in it counts as seen, and it is not marked unread any more. */
  markRead(conversationId: string): void
  changeChatSettings(patch: Partial<ChatSettings>): Promise<void>

  /** Makes sure that a first page is loaded. Never throws; failures show in the view. */
  openConversation(conversationId: string): Promise<void>
  loadOlder(conversationId: string): Promise<void>
  /**
   * Makes one message of a conversation that is open one of those shown, however far back it is; around it stand its neighbours, and `loadOlder`
   * and `loadNewer` go on from there. Never throws.
   * @returns why it cannot be shown, as a sentence; null when it is, or when something else was asked for meanwhile
   */
  showMessage(conversationId: string, number: number): Promise<string | null>
  /** Goes on towards the present from a place in the past. Never throws. */
  loadNewer(conversationId: string): Promise<void>
  /** Shows the present again. */
  showLatest(conversationId: string): void

  /** Puts a message into the outbox: durable before the promise resolves. @returns its id @throws CallFailed invalid_input, device_full */
  send(conversationId: string, text: string, options?: SendOptions): Promise<string>
  retry(messageId: string): Promise<void>
  /** Holds the files of a waiting message back, or lets them go on. */
  pauseFiles(messageId: string, paused: boolean): Promise<void>
  /** Changes the text of an own message; shows at once and is kept until the server knows. @throws CallFailed invalid_input */
  editMessage(message: MessageView, text: string): Promise<void>
  /** Puts an emoji to a message, or takes it back; shows at once and is kept until the server knows. */
  react(message: MessageView, emoji: string): Promise<void>
  /** Puts a message above the others of its chat for everybody, or takes it down; shows at once and is kept until the server knows. */
  pinMessage(message: MessageView, pinned: boolean): Promise<void>
  /** One message of a conversation, from this device or the server; null where it cannot be had, or is not the member's to read. */
  pinnedMessage(conversationId: string, number: number): Promise<MessageView | null>
  /** Deletes a message for everyone, as far as the server allows it; shows at once and is kept until the server knows. */
  deleteMessage(message: MessageView): Promise<void>
  /** Takes a failed message out of the outbox and gives its text back for editing. */
  takeBack(messageId: string): Promise<string>
  discard(messageId: string): Promise<void>

  /**
   * The newest messages held on this device that match, newest first: for when the server cannot be asked, and until it has answered
   * (`call('searchMessages', …)`).
   * @param signal ends it with what was found so far
   */
  searchDevice(
    query: DeviceQuery,
    limit: number,
    signal?: { readonly aborted: boolean },
  ): Promise<readonly SearchHit[]>

  /** Stars a message for oneself, or takes that back: on all devices, also offline. */
  starMessage(message: MessageView, starred: boolean): Promise<void>
  /** Deletes a message for oneself, on all devices, also offline: it shows nowhere any more. */
  hideMessage(message: MessageView): Promise<void>
  /** Whether the member has deleted it for themselves: for what is listed from elsewhere than a conversation. */
  isHidden(conversationId: string, messageId: string): boolean
  /** These messages, as far as they are held here or the server can be asked. Never throws. */
  readStarred(wanted: readonly StarredMessage[]): Promise<readonly MessageView[]>

  setDraft(conversationId: string, text: string): void
  /** Call at each keystroke, and with false on blur or when emptied; throttled inside. */
  signalTyping(conversationId: string, typing: boolean): void
  /** Everything up to this number has been on the person's screen. */
  markSeen(conversationId: string, number: number): void
  /**
   * Hears what the person is to be told, in one tab only: the one they look at or, where they look at none, the one that leads. What a
   * tab shows just now is not told there. @returns a function that ends it
   */
  onNews(listener: (tellings: readonly Telling[], attended: boolean) => void): () => void
  /**
   * Whether what was told of a chat may still be shown: the chat is there, something in it is unread, and the message that was told of has been
   * neither deleted nor purged, and its time is not over.
   * @param number of that message
   */
  isNews(conversationId: string, number: number): boolean
  /** A visible list or an open chat wants these members' presence. @returns a function that ends it */
  watchPresence(memberIds: readonly string[]): () => void
}
