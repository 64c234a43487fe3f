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

export const useSession = () => useTopic('session', (client) => client.session())
export const useConnection = () => useTopic('connection', (client) => client.connection())
export const useWaiting = () => useTopic('waiting', (client) => client.waiting())
export const useStorage = () => useTopic('storage', (client) => client.storage())
export const useMe = () => useTopic('members', (client) => client.me())
export const useOwnProfile = () => useTopic('members', (client) => client.ownProfile())
export const useMembers = () => useTopic('members', (client) => client.members())
export const useMember = (memberId: string | null) =>
  useTopic('members', (client) => (memberId === null ? null : (client.members().get(memberId) ?? null)))
export const useDepartments = () => useTopic('departments', (client) => client.departments())
export const useOrganisation = () => useTopic('organisation', (client) => client.organisation())
export const useOrganisationDetails = () => useTopic('organisation', (client) => client.organisationDetails())
export const useAccounts = () => useTopic('accounts', (client) => client.accounts())
export const useInvites = () => useTopic('invites', (client) => client.invites())
export const useChats = () => useTopic('chats', (client) => client.chats())
/** In how many chats something is unread; how many messages that is, each chat says itself. */
export const useUnreadChats = () =>
  useTopic('chats', (client) => client.chats().filter(({ unread }) => unread > 0).length)
export const useConversation = (conversationId: string) =>
  useTopic(`conversation:${conversationId}`, (client) => client.conversation(conversationId))
export const usePresence = (memberId: string | null) =>
  useTopic('presence', (client) => (memberId === null ? null : client.presence(memberId)))

/** Asks for the presence of these members for as long as the screen shows them. */
export function useWatchPresence(memberIds: readonly string[]): void {
  const client = useClient()
  const key = memberIds.join(' ')
  useEffect(() => client.watchPresence(key === '' ? [] : key.split(' ')), [client, key])
}
