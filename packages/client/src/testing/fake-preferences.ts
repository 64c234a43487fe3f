import type {
  ChatPatch,
  ChatPreference,
  ChatSettings,
} from '@parley/contracts/chat-preferences/chat-preference'
import { usualPreference, withPatch } from '@parley/contracts/chat-preferences/rules'
import type { Audience, Change } from '@parley/contracts/sync/change'
import type { Discussion } from './fake-discussion.ts'

/** What of a fake server this needs. */
interface Told {
  readonly discussions: ReadonlyMap<string, Discussion>
  append(audience: Audience, kind: Change['kind'], id: string, data: Change['data']): Change
}

/** What members want of their chats, on the fake server. */
export class FakePreferences {
  readonly #server: Told
  readonly #held = new Map<string, ChatPreference>()

  constructor(server: Told) {
    this.#server = server
  }

  /** null when the member neither takes part nor keeps anything of it. */
  change(memberId: string, conversationId: string, patch: ChatPatch): Change | null {
    const key = `${memberId} ${conversationId}`
    const before = this.#held.get(key) ?? usualPreference(conversationId)
    const after = wanted(memberId, this.#server.discussions.get(conversationId), before, patch)
    if (!after) return null
    this.#held.set(key, after)
    return this.#server.append(`member:${memberId}`, 'chat-preference', conversationId, after)
  }

  changeSettings(memberId: string, settings: ChatSettings): Change {
    return this.#server.append(`member:${memberId}`, 'chat-settings', memberId, settings)
  }

  clearedUpTo(memberId: string, conversationId: string): number {
    return this.#held.get(`${memberId} ${conversationId}`)?.cleared?.number ?? 0
  }

  /** Nothing of it is theirs any more. */
  forget(memberId: string, conversationId: string): void {
    if (this.#held.delete(`${memberId} ${conversationId}`))
      this.#server.append(`member:${memberId}`, 'chat-preference', conversationId, null)
  }
}

function wanted(
  memberId: string,
  discussion: Discussion | undefined,
  before: ChatPreference,
  patch: ChatPatch,
): ChatPreference | null {
  const until = discussion?.until.get(memberId)
  if (!discussion || !(discussion.memberIds.includes(memberId) || until)) return null
  const quietAt = (number: number) => discussion.messages[number - 1]?.message.quiet ?? 0
  return withPatch(before, patch, until ?? discussion.messages.length, quietAt)
}
