import type { Communication } from '@parley/contracts/communication/communication'
import type { ChatSettings } from '@parley/contracts/chat-preferences/chat-preference'
import type { Account, Member, OwnProfile } from '@parley/contracts/members/member'
import type { Conversation } from '@parley/contracts/conversations/conversation'
import type { Department } from '@parley/contracts/departments/department'
import type { Invite } from '@parley/contracts/invites/invite'
import type { RouteInput, RouteResponse } from '@parley/contracts/kernel/route'
import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import type { Organisation, OrganisationDetails } from '@parley/contracts/organisations/organisation'
import type { RouteName, Routes } from '@parley/contracts/routes'
import type { SearchHit } from '@parley/contracts/search/routes'
import type {
  ChatRow,
  ChatWish,
  ConnectionState,
  ConversationView,
  MessageView,
  ParleyClient,
  SendOptions,
  SessionState,
  StorageState,
  Topic,
} from './client-api.ts'
import type { Presence } from './presence/presence-view.ts'
import type { RefusedCall } from './outbox/refused-call.ts'
import type { Leftover } from './conversations/leftover.ts'
import { leftoversIn } from './conversations/leftovers.ts'
import type { StarredMessage } from './messages/starred-message.ts'
import type { Transfer } from './files/transfer.ts'
import type { Typers } from './conversations/typers.ts'
import { isHidden, starredIn } from './messages/own-messages.ts'
import { clearedUpTo } from './replica/clearing.ts'
import { chatSettingsOf } from './chat-preferences/preference-of.ts'
import type { AloneGiven, Bytes, CopyOf } from './files/file-ports.ts'
import { Engine } from './engine.ts'
import type { NewsListener } from './notifications/news-desk.ts'
import type { EngineOptions, Parts } from './parts.ts'
import { dumpReplica, type ReplicaDump } from './replica/dump.ts'
import { EntityViews } from './replica/entity-views.ts'
import { memo } from './topics/topics.ts'
import type { DeviceQuery } from './search/device-query.ts'

/** What tests and benches may ask besides. */
export interface ManagedClient extends ParleyClient {
  /** What is held, in a form that can be compared with another client's. */
  dump(): Promise<ReplicaDump>
  /** Loads every conversation back to its start. @throws CallFailed */
  backfill(): Promise<void>
  /** Resolves when this client is live and has nothing left to send, load or keep. */
  settled(): Promise<void>
}

/** Every question to its part. */
export class Client implements ManagedClient {
  readonly #engine: Engine
  readonly #parts: Parts
  readonly #entities: EntityViews
  readonly #chatSettings: () => ChatSettings
  readonly #leftovers: () => readonly Leftover[]
  readonly #starred: () => readonly StarredMessage[]

  constructor(options: EngineOptions) {
    this.#engine = new Engine(options)
    this.#parts = this.#engine.parts
    this.#entities = new EntityViews(this.#parts.replica)
    const { topics, state } = this.#parts.replica
    this.#starred = memo(topics, ['starred'], () =>
      starredIn(state, (conversationId) => clearedUpTo(state, conversationId)),
    )
    this.#leftovers = memo(topics, ['chats'], () => leftoversIn(state))
    this.#chatSettings = memo(topics, ['members'], () => chatSettingsOf(state))
  }

  start = (): Promise<void> => this.#engine.start()
  stop = (): Promise<void> => this.#engine.stop()
  subscribe = (topic: Topic, listener: () => void): (() => void) =>
    this.#parts.replica.topics.subscribe(topic, listener)

  session = (): SessionState => this.#parts.session.state()
  connection = (): ConnectionState => this.#engine.connection()
  now = (): number => this.#parts.clock.now()
  storage = (): StorageState => this.#parts.replica.storage()
  waiting = (): number => this.#parts.outbox.waiting()

  me = (): Member | null => this.#entities.me()
  ownProfile = (): OwnProfile | null => this.#entities.ownProfile()
  organisation = (): Organisation | null => this.#entities.organisation()
  communication = (): Communication => this.#entities.communication()
  organisationDetails = (): OrganisationDetails | null => this.#entities.organisationDetails()
  members = (): ReadonlyMap<string, Member> => this.#entities.members()
  departments = (): ReadonlyMap<string, Department> => this.#entities.departments()
  accounts = (): ReadonlyMap<string, Account> => this.#entities.accounts()
  invites = (): readonly Invite[] => this.#entities.invites()
  notificationChoices = (): NotificationChoices => this.#entities.notificationChoices()
  presence = (memberId: string): Presence | null => this.#parts.presence.get(memberId)

  chats = (): readonly ChatRow[] => this.#parts.views.chats()
  totalUnread = (): number => this.#parts.views.totalUnread()
  chatSettings = (): ChatSettings => this.#chatSettings()
  leftovers = (): readonly Leftover[] => this.#leftovers()
  starred = (): readonly StarredMessage[] => this.#starred()
  conversation = (conversationId: string): ConversationView | null =>
    this.#parts.views.conversation(conversationId)
  draft = (conversationId: string): string => this.#parts.drafts.get(conversationId)
  typers = (conversationId: string): Typers => this.#parts.views.typers(conversationId)
  typing = (conversationId: string): readonly string[] => this.#parts.typing.in(conversationId)

  call = <N extends RouteName>(name: N, input: RouteInput<Routes[N]>): Promise<RouteResponse<Routes[N]>> =>
    this.#parts.session.call(name, input)
  enqueue = <N extends RouteName>(
    name: N,
    input: RouteInput<Routes[N]>,
    about: { readonly key: string; readonly conversationId?: string },
  ): Promise<void> => this.#parts.calls.add(name, input, about)
  refused = (): readonly RefusedCall[] => this.#parts.calls.refused()
  forgetRefused = (key: string): Promise<void> => this.#parts.calls.drop(key)
  upload = <N extends RouteName>(
    name: N,
    bytes: Uint8Array,
    type: string,
    params?: Readonly<Record<string, string>>,
  ): Promise<RouteResponse<Routes[N]>> => this.#parts.session.upload(name, bytes, type, params)

  fileBytes = (copy: CopyOf): Promise<Bytes> => this.#parts.files.bytes(copy)
  uploadFile = (given: AloneGiven): Promise<string | null> => this.#parts.files.uploadAlone(given)
  transfer = (conversationId: string, messageId: string): Transfer | null =>
    this.#parts.files.transfer(conversationId, messageId)

  adoptSession = (result: RouteResponse<Routes['signUp']>): Promise<void> => this.#parts.session.adopt(result)
  signOut = (everywhere = false): Promise<void> => this.#parts.session.signOut(everywhere)

  async startDirect(memberId: string): Promise<string> {
    const conversation: Conversation = await this.#parts.session.call('startDirectConversation', {
      body: { memberId },
    })
    this.#engine.showProvisionally(conversation)
    return conversation.id
  }

  async createGroup(body: RouteInput<Routes['createGroup']>['body']): Promise<string> {
    const conversation = await this.#parts.session.call('createGroup', { body })
    this.#engine.showProvisionally(conversation)
    return conversation.id
  }

  changeChat = (conversationId: string, wish: ChatWish): Promise<void> =>
    this.#parts.preferences.change(conversationId, wish)
  clearChat = (conversationId: string): Promise<void> => this.#parts.preferences.clear(conversationId)
  markRead(conversationId: string): void {
    this.#parts.preferences.opened(conversationId)
    this.#engine.markSeen(conversationId, Number.MAX_SAFE_INTEGER)
  }
  changeChatSettings = (patch: Partial<ChatSettings>): Promise<void> =>
    this.#parts.preferences.changeSettings(patch)

  openConversation = (conversationId: string): Promise<void> => {
    this.#parts.preferences.opened(conversationId)
    return this.#parts.history.open(conversationId, this.#parts.views.unread(conversationId))
  }
  async loadOlder(conversationId: string): Promise<void> {
    if (!this.#parts.places.older(conversationId)) await this.#parts.history.older(conversationId)
  }

  showMessage = (conversationId: string, number: number): Promise<string | null> =>
    this.#parts.places.show(conversationId, number)
  loadNewer = (conversationId: string): Promise<void> => this.#parts.places.newer(conversationId)
  showLatest = (conversationId: string): void => this.#parts.places.leave(conversationId)

  send = (conversationId: string, text: string, options?: SendOptions): Promise<string> => {
    this.#engine.signalTyping(conversationId, false)
    return this.#parts.outbox.send(conversationId, text, options)
  }
  editMessage = (message: MessageView, text: string): Promise<void> =>
    this.#parts.messageCalls.edit(message, text)
  react = (message: MessageView, emoji: string): Promise<void> =>
    this.#parts.messageCalls.react(message, emoji)
  starMessage = (message: MessageView, starred: boolean): Promise<void> =>
    this.#parts.messageCalls.star(message, starred)
  isHidden = (conversationId: string, id: string): boolean =>
    isHidden(this.#parts.replica.state, { id, conversationId })
  hideMessage = (message: MessageView): Promise<void> => this.#parts.messageCalls.hide(message)
  async readStarred(wanted: readonly StarredMessage[]): Promise<readonly MessageView[]> {
    const { readStarred } = await import('./messages/starred.ts')
    const { call, now } = this
    return readStarred({ replica: this.#parts.replica, call, now }, wanted)
  }
  pinMessage = (message: MessageView, pinned: boolean): Promise<void> =>
    this.#parts.messageCalls.pin(message, pinned)
  pinnedMessage = (conversationId: string, number: number): Promise<MessageView | null> =>
    this.#parts.views.one(conversationId, number)
  deleteMessage = (message: MessageView): Promise<void> => this.#parts.messageCalls.delete(message)
  retry = (messageId: string): Promise<void> => this.#parts.outbox.retry(messageId)
  pauseFiles = (messageId: string, paused: boolean): Promise<void> =>
    this.#parts.outbox.pause(messageId, paused)
  takeBack = (messageId: string): Promise<string> => this.#parts.outbox.takeBack(messageId)
  discard = (messageId: string): Promise<void> => this.#parts.outbox.discard(messageId)

  /** Searching is loaded when it is first asked for. */
  async searchDevice(
    query: DeviceQuery,
    limit: number,
    signal?: { readonly aborted: boolean },
  ): Promise<readonly SearchHit[]> {
    const { searchDevice } = await import('./search/search-device.ts')
    return searchDevice(this.#parts.replica, query, limit, this.now(), signal)
  }

  onNews = (listener: NewsListener): (() => void) => this.#engine.onNews(listener)
  isNews = (conversationId: string, number: number): boolean =>
    this.#parts.views.isNews(conversationId, number)
  setDraft = (conversationId: string, text: string): void => this.#parts.drafts.set(conversationId, text)
  signalTyping = (conversationId: string, typing: boolean): void =>
    this.#engine.signalTyping(conversationId, typing)
  markSeen = (conversationId: string, number: number): void => this.#engine.markSeen(conversationId, number)
  watchPresence = (memberIds: readonly string[]): (() => void) => this.#parts.presence.watch(memberIds)

  dump = (): Promise<ReplicaDump> => dumpReplica(this.#parts.replica)
  backfill = (): Promise<void> => this.#engine.backfill()
  settled = (): Promise<void> => this.#engine.settled()
}
