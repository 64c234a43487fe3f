import { rangeOf } from '@parley/contracts/conversations/purged-ranges'
import type { Change } from '@parley/contracts/sync/change'
import { recordsOfPage } from './records-of-page.ts'
import { clearedUpTo } from '../replica/clearing.ts'
import type { Replica } from '../replica/replica.ts'
import { purgedIn } from '../replica/replica-state.ts'
import type { SessionKeeper } from '../sessions/session-keeper.ts'

const PAGE = 50

/** Fetches pages from the server for a tab that leads. */
export class PageFetcher {
  readonly #replica: Replica
  readonly #session: Pick<SessionKeeper, 'call'>
  readonly #running = new Map<string, Promise<void>>()
  /** Changes of messages that came while a page was under way: the page may be older than they are. */
  readonly #meanwhile = new Map<string, Change[]>()

  constructor(replica: Replica, session: Pick<SessionKeeper, 'call'>) {
    this.#replica = replica
    this.#session = session
  }

  /** A change was applied. */
  note(change: Change): void {
    if (change.kind === 'message' || change.kind === 'reaction')
      this.#meanwhile.get(change.audience.slice('conversation:'.length))?.push(change)
  }

  /** Joins the next older page to what the store holds. @throws CallFailed */
  fetch(conversationId: string): Promise<void> {
    const running = this.#running.get(conversationId)
    if (running) return running
    const fetching = this.#fetch(conversationId).finally(() => {
      this.#running.delete(conversationId)
      this.#meanwhile.delete(conversationId)
    })
    this.#running.set(conversationId, fetching)
    return fetching
  }

  async #fetch(conversationId: string): Promise<void> {
    const { state } = this.#replica
    const before = state.windows.get(conversationId)?.from
    if (before !== undefined && before <= 1) return
    const meanwhile: Change[] = []
    this.#meanwhile.set(conversationId, meanwhile)
    const page = await this.#session.call('listMessages', {
      params: { conversationId },
      query: { before, limit: PAGE },
    })
    const window = state.windows.get(conversationId)
    // Begun anew meanwhile (loaded again, access lost): the page belongs to what was dropped.
    if (window?.from !== before || !state.records.conversation.has(conversationId)) return
    const cleared = clearedUpTo(state, conversationId)
    const gone = purgedIn(state, conversationId)
    const records = recordsOfPage(page).filter(
      ({ message: { number } }) => number > cleared && !rangeOf(gone, number),
    )
    const first = page.changes[0]?.data?.number ?? 1
    const from = page.reachedStart || first <= cleared + 1 ? 1 : first
    const last = window?.last ?? records.at(-1) ?? null
    const kept = this.#replica.commit([{ op: 'put-page', window: { conversationId, from, last }, records }])
    this.#replica.applyChanges(meanwhile.splice(0))
    await kept
  }
}
