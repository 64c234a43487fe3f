import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { ParleyClient, Topic } from '@parley/client/client-api'
import { useClient } from './parley-provider.tsx'

/** Reads from the client and renders again when the topic changes. `read` must return a stable value. */
function useTopic<T>(topic: Topic, read: (client: ParleyClient) => T): T {
  const client = useClient()
  const subscribe = useCallback((listener: () => void) => client.subscribe(topic, listener), [client, topic])
  const snapshot = () => read(client)
  return useSyncExternalStore(subscribe, snapshot, snapshot)
}

/** Who is signed in here, or why nobody is. */
export const useSession = () => useTopic('session', (client) => client.session())
/** How the device is connected to the server just now. */
export const useConnection = () => useTopic('connection', (client) => client.connection())
/** How many messages wait to be sent. */
export const useWaiting = () => useTopic('waiting', (client) => client.waiting())
/** Whether what is on the device outlives the page. */
export const useStorage = () => useTopic('storage', (client) => client.storage())
/** The member signed in, as colleagues see them; null before the first load. */
export const useMe = () => useTopic('members', (client) => client.me())
/** What only the member signed in sees of themselves; null before the first load. */
export const useOwnProfile = () => useTopic('members', (client) => client.ownProfile())
/** Everybody of the organisation by id, deleted members included, for the names of what they wrote. */
export const useMembers = () => useTopic('members', (client) => client.members())
/** One member; null for nobody, and for an id that is not known. */
export const useMember = (memberId: string | null) =>
  useTopic('members', (client) => (memberId === null ? null : (client.members().get(memberId) ?? null)))
/** The departments by id. */
export const useDepartments = () => useTopic('departments', (client) => client.departments())
/** The organisation as every member sees it; null before the first load. */
export const useOrganisation = () => useTopic('organisation', (client) => client.organisation())
/** The rules of communication that hold in the organisation. */
export const useCommunication = () => useTopic('organisation', (client) => client.communication())
/** What only admins see of the organisation; null for everybody else. */
export const useOrganisationDetails = () => useTopic('organisation', (client) => client.organisationDetails())
/** What only admins see of the members, by id; empty for everybody else. */
export const useAccounts = () => useTopic('accounts', (client) => client.accounts())
/** Invites, newest first; empty for everybody but admins. */
export const useInvites = () => useTopic('invites', (client) => client.invites())
/** The chat list, the latest first. */
export const useChats = () => useTopic('chats', (client) => client.chats())
/** One chat of the list; null where the member takes no part in it. */
export const useChat = (conversationId: string) =>
  useTopic('chats', (client) => client.chats().find((chat) => chat.conversationId === conversationId) ?? null)
/** What was written and not sent in chats that the member does not see any more. */
export const useLeftovers = () => useTopic('chats', (client) => client.leftovers())
/** What the member has starred, the newest star first. */
export const useStarred = () => useTopic('starred', (client) => client.starred())
/** What the member wants of all chats. */
export const useChatSettings = () => useTopic('members', (client) => client.chatSettings())
/** In how many chats that are neither muted nor archived something is unread; how many messages that is, each chat says itself. */
export const useUnreadChats = () =>
  useTopic(
    'chats',
    (client) =>
      client
        .chats()
        .filter(
          ({ unread, markedUnread, muted, archived }) => !muted && !archived && (unread > 0 || markedUnread),
        ).length,
  )
/** The unread messages of all chats that are neither muted nor archived. */
export const useTotalUnread = () => useTopic('chats', (client) => client.totalUnread())
/** How the member wants to be told. */
export const useNotificationChoices = () =>
  useTopic('notifications', (client) => client.notificationChoices())
/** A conversation with the messages shown of it; null when the member takes no part in it. */
export const useConversation = (conversationId: string) =>
  useTopic(`conversation:${conversationId}`, (client) => client.conversation(conversationId))
/** Who is typing in a conversation just now, by name. */
export const useTypers = (conversationId: string) =>
  useTopic(`typing:${conversationId}`, (client) => client.typers(conversationId))
/** Who is typing in a conversation just now, first come first. */
export const useTyping = (conversationId: string) =>
  useTopic(`typing:${conversationId}`, (client) => client.typing(conversationId))
/** How far the files of a waiting message have got; null where none wait. */
export const useTransfer = (conversationId: string, messageId: string) =>
  useTopic(`transfer:${messageId}`, (client) => client.transfer(conversationId, messageId))
/** How many of these members are online, as far as is known; their presence has to be watched. */
export const useOnlineCount = (memberIds: readonly string[]) =>
  useTopic('presence', (client) => memberIds.filter((id) => client.presence(id)?.online).length)
/** Whether a member is online, or when they last were; null while that is not known. */
export const usePresence = (memberId: string | null) =>
  useTopic('presence', (client) => (memberId === null ? null : client.presence(memberId)))

/** Asks for the presence of these members for as long as the screen shows them. */
export function useWatchPresence(memberIds: readonly string[]): void {
  const client = useClient()
  const key = memberIds.join(' ')
  useEffect(() => client.watchPresence(key === '' ? [] : key.split(' ')), [client, key])
}
