import { expect, test } from 'vitest'
import type { ChatPreferenceRecord } from '../../../domains/chat-preferences/chat-preference.ts'
import { makeChat, makeConversation, makeMember, write, type Stage } from './contract-fixture.ts'

/** A preference, of which everything that is not given is as usual. */
export const aPreference = (
  memberId: string,
  conversationId: string,
  given: Partial<ChatPreferenceRecord> = {},
): ChatPreferenceRecord => ({
  memberId,
  conversationId,
  pinned: false,
  mutedUntil: null,
  archived: null,
  markedUnread: false,
  cleared: null,
  ...given,
})

/** What members want of their chats: each alone, kept as it was said. */
export function chatPreferencesContract(stage: Stage): void {
  test('a preference comes back as it was put, and the later one holds', async () => {
    const { scope, ana, ben, conversation } = await makeChat(stage.storage)
    const { read } = stage.storage
    expect(await read.chatPreferences.get(scope, ana.id, conversation.id)).toBeNull()
    const full = aPreference(ana.id, conversation.id, {
      pinned: true,
      mutedUntil: 8.64e15,
      archived: { number: 3, quiet: 1 },
      markedUnread: true,
      cleared: { number: 4, quiet: 1 },
    })
    await write(stage.storage, scope, (tx) => tx.chatPreferences.put(scope, full))
    expect(await read.chatPreferences.get(scope, ana.id, conversation.id)).toEqual(full)
    expect(await read.chatPreferences.get(scope, ben.id, conversation.id)).toBeNull()
    const plain = aPreference(ana.id, conversation.id)
    await write(stage.storage, scope, (tx) => tx.chatPreferences.put(scope, plain))
    expect(await read.chatPreferences.get(scope, ana.id, conversation.id)).toEqual(plain)
    await write(stage.storage, scope, (tx) => tx.chatPreferences.remove(scope, ana.id, conversation.id))
    expect(await read.chatPreferences.get(scope, ana.id, conversation.id)).toBeNull()
  })

  test('preferences of many chats are read at once, and pinned ones counted', async () => {
    const { scope, ana, ben, conversation } = await makeChat(stage.storage)
    const cleo = await makeMember(stage.storage, scope)
    const other = await makeConversation(stage.storage, scope, [ana.id, cleo.id])
    const third = await makeConversation(stage.storage, scope, [ben.id, cleo.id])
    const counted = await write(stage.storage, scope, async (tx) => {
      await tx.chatPreferences.put(scope, aPreference(ana.id, conversation.id, { pinned: true }))
      await tx.chatPreferences.put(
        scope,
        aPreference(ana.id, other.id, { archived: { number: 0, quiet: 0 } }),
      )
      await tx.chatPreferences.put(scope, aPreference(ben.id, conversation.id, { pinned: true }))
      return tx.chatPreferences.countPinned(scope, ana.id)
    })
    expect(counted).toBe(1)
    const { chatPreferences } = stage.storage.read
    const found = await chatPreferences.of(scope, ana.id, [other.id, conversation.id, third.id])
    expect(new Set(found)).toEqual(
      new Set([
        aPreference(ana.id, conversation.id, { pinned: true }),
        aPreference(ana.id, other.id, { archived: { number: 0, quiet: 0 } }),
      ]),
    )
    expect(await chatPreferences.of(scope, ana.id, [])).toEqual([])
    expect(await chatPreferences.countPinned(scope, cleo.id)).toBe(0)
  })

  test('settings of all chats are each member’s own', async () => {
    const { scope, ana, ben } = await makeChat(stage.storage)
    const { read } = stage.storage
    expect(await read.chatPreferences.settings(scope, ana.id)).toBeNull()
    for (const archivedReturn of [true, false]) {
      const settings = { memberId: ana.id, archivedReturn }
      await write(stage.storage, scope, (tx) => tx.chatPreferences.putSettings(scope, settings))
      expect(await read.chatPreferences.settings(scope, ana.id)).toEqual(settings)
    }
    expect(await read.chatPreferences.settings(scope, ben.id)).toBeNull()
  })
}
