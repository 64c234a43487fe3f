import type { CredentialTransport } from '@parley/contracts/sessions/session'
import { Connector } from './connection/connector.ts'
import { ChatPreferences } from './chat-preferences/chat-preferences.ts'
import { ConversationViews } from './conversations/conversation-views.ts'
import { Drafts } from './conversations/drafts.ts'
import { MarkKeeper } from './conversations/mark-keeper.ts'
import { Typing } from './conversations/typing.ts'
import type { FilePlace } from './files/file-ports.ts'
import { Files } from './files/files.ts'
import type { LocalStore } from './local-store/local-store.ts'
import { History } from './messages/history.ts'
import { MessageCalls } from './messages/message-calls.ts'
import { Places } from './messages/places.ts'
import { PageFetcher } from './messages/page-fetcher.ts'
import { Sweeper } from './messages/sweeper.ts'
import { CallQueue } from './outbox/call-queue.ts'
import { Teller } from './notifications/teller.ts'
import { Outbox } from './outbox/outbox.ts'
import type { Platform } from './platform/platform.ts'
import { PresenceWatch } from './presence/presence-watch.ts'
import { Replica } from './replica/replica.ts'
import { SessionKeeper } from './sessions/session-keeper.ts'
import { ServerClock } from './sync/clock.ts'
import { Moments } from './sync/moments.ts'
import { SyncLoop } from './sync/sync-loop.ts'
import type { LeaderTask } from './tabs/tab-message.ts'
import type { Transport } from './transport/transport.ts'

export interface EngineOptions {
  readonly platform: Platform
  readonly credentials: CredentialTransport
  /** Tabs with the same name share leader, channel and store. */
  readonly name: string
  readonly openStore: () => Promise<LocalStore>
  readonly transport: Transport
  /** Where files are kept, and how they travel. */
  readonly files: FilePlace
  /** Of so many conversations a first page is brought to the device, so that they can be read offline. */
  readonly prefetch: number
}

/** The parts of a client, each knowing only those it is built on. */
export interface Parts {
  readonly replica: Replica
  readonly session: SessionKeeper
  readonly clock: ServerClock
  readonly sync: SyncLoop
  readonly connector: Connector
  readonly outbox: Outbox
  readonly calls: CallQueue
  readonly messageCalls: MessageCalls
  readonly preferences: ChatPreferences
  readonly files: Files
  readonly marks: MarkKeeper
  readonly pages: PageFetcher
  readonly history: History
  readonly places: Places
  readonly typing: Typing
  readonly drafts: Drafts
  readonly teller: Teller
  readonly presence: PresenceWatch
  readonly moments: Moments
  readonly sweeper: Sweeper
  readonly views: ConversationViews
}

/**
 * @param tellTransfer tells the other tabs how far the files of a message have got
 * @param askLeader has another tab do it where that one leads; null where this tab has to do it itself
 */
export function buildParts(
  options: EngineOptions,
  askLeader: (task: LeaderTask) => Promise<void> | null,
  tellTransfer: (messageId: string, sent: number) => void,
): Parts {
  const { platform, transport, credentials } = options
  const { timers } = platform
  const replica = new Replica(options.openStore)
  const session = new SessionKeeper(replica, transport, platform, credentials)
  const clock = new ServerClock(timers, replica)
  const sync = new SyncLoop({ replica, session, clock, now: () => timers.now() })
  const connector = new Connector({ transport, platform, session, sync, clock })
  const calls = new CallQueue({ replica, session, platform, clock })
  const preferences = new ChatPreferences(replica, calls)
  const messageCalls = new MessageCalls(calls, replica.state)
  const files = new Files({ replica, session, platform, place: options.files, tell: tellTransfer })
  const outbox = new Outbox({ replica, connector, sync, platform, clock, files, askLeader })
  files.whenComplete = () => outbox.pump()
  const marks = new MarkKeeper({ replica, connector, platform })
  const pages = new PageFetcher(replica, session)
  const fetchPage = (conversationId: string) =>
    askLeader({ do: 'fetch-page', conversationId }) ?? pages.fetch(conversationId)
  const history = new History({ replica, fetchPage })
  const places = new Places({ replica, session, history })
  const typing = new Typing(timers, replica.topics)
  const drafts = new Drafts(replica, timers)
  const teller = new Teller({ replica, timers, now: () => clock.now() })
  const presence = new PresenceWatch(timers, replica.topics)
  const moments = new Moments({ timers, clock, topics: replica.topics })
  const sweeper = new Sweeper({ replica, moments })
  const views = new ConversationViews({ replica, outbox, history, typing, moments, places })
  return {
    replica,
    session,
    clock,
    sync,
    connector,
    outbox,
    calls,
    messageCalls,
    preferences,
    files,
    marks,
    pages,
    history,
    places,
    typing,
    drafts,
    teller,
    presence,
    moments,
    sweeper,
    views,
  }
}
