import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import { isDeleted, isExpired } from '../messages/message-rules.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { PushReader, PushWriter } from './push-store.ts'
import { serviceOf, toleratesSilence, WITHDRAWALS_A_DAY, type PushRecord } from './push.ts'
import { newPush } from './queue-pushes.ts'

interface Deps {
  readonly run: RunUseCase<{ readonly pushes: PushWriter }>
  readonly read: {
    readonly conversations: ConversationReader
    readonly messages: MessageReader
    readonly sessions: SessionReader
    readonly pushes: PushReader
  }
  readonly clock: Clock
  /** A device that is connected hears of the mark itself, and needs no push to tidy up. */
  readonly isConnected: (session: SessionRecord) => boolean
  readonly onQueued: (scope: OrgScope) => void
  readonly onFailure: (error: unknown) => void
}

/** Takes back what devices show of chats that were read elsewhere, and of messages that are gone. */
export interface Withdrawals {
  /** A member may have read in a conversation, or have lost it. */
  note(scope: OrgScope, memberId: string, conversationId: string): void
  /** Messages of a conversation were deleted for everyone. */
  noteGone(scope: OrgScope, conversationId: string): void
  /** Looks now at what was noted. */
  withdraw(scope: OrgScope): Promise<void>
  /** Looks at what is noted still. */
  stop(): Promise<void>
}

const GATHER = 500
const SENT_AFTER = 500
const DAY = 24 * 60 * 60 * 1_000
/** Sessions that are looked at in one turn of the event loop. */
const LOOKED_AT_ONCE = 20
/** Lines of the ledger in which a day's withdrawals are counted. */
const LOOKED_THROUGH = 100

interface Stale {
  readonly session: SessionRecord
  readonly push: PushRecord
}

/** Where something may have to be taken back. */
class Noted {
  readonly #byMember = new Map<string, Set<string>>()
  readonly #gone = new Set<string>()

  add(memberId: string, conversationId: string): void {
    const conversationIds = this.#byMember.get(memberId)
    if (conversationIds) conversationIds.add(conversationId)
    else this.#byMember.set(memberId, new Set([conversationId]))
  }

  addGone(conversationId: string): void {
    this.#gone.add(conversationId)
  }

  /** Where something is gone, it is so for all who take part. */
  async spread(conversations: ConversationReader, scope: OrgScope): Promise<void> {
    for (const id of this.#gone)
      for (const memberId of (await conversations.get(scope, id))?.memberIds ?? []) this.add(memberId, id)
  }

  of(memberId: string): ReadonlySet<string> {
    return this.#byMember.get(memberId) ?? new Set()
  }
}

export function createWithdrawals(deps: Deps): Withdrawals {
  const { run, read, clock, onQueued, onFailure } = deps
  const noted = new Map<OrgScope, Noted>()
  const timers = new Map<OrgScope, NodeJS.Timeout>()

  const withdrawFrom = async (
    scope: OrgScope,
    session: SessionRecord,
    conversationIds: ReadonlySet<string>,
  ) => {
    const found = await staleOn(deps, scope, session, conversationIds)
    if (found.length === 0) return
    const silent = await maySendSilently(deps, scope, session)
    await run(scope, (tx) => takeBack(tx, scope, found, silent ? session : null, clock.now()))
    if (silent) onQueued(scope)
  }
  const withdraw = async (scope: OrgScope) => {
    const some = noted.get(scope)
    noted.delete(scope)
    const sessions = some ? await read.sessions.withPush(scope) : []
    if (!some || sessions.length === 0) return
    await some.spread(read.conversations, scope)
    const concerned = sessions.filter(({ memberId }) => some.of(memberId).size > 0)
    for (const [index, session] of concerned.entries()) {
      if (index % LOOKED_AT_ONCE === LOOKED_AT_ONCE - 1) await setImmediate()
      // what goes wrong with one device is not to keep the others' texts on their screens
      await withdrawFrom(scope, session, some.of(session.memberId)).catch(onFailure)
    }
  }
  /** What is noted now is looked at in a moment. */
  const notedOf = (scope: OrgScope): Noted => {
    const some = noted.get(scope) ?? new Noted()
    noted.set(scope, some)
    const look = () => {
      timers.delete(scope)
      // what is not taken back goes with the next push, or when the device is opened
      withdraw(scope).catch(onFailure)
    }
    if (!timers.has(scope)) timers.set(scope, setTimeout(look, GATHER).unref())
    return some
  }
  return {
    note: (scope, memberId, conversationId) => notedOf(scope).add(memberId, conversationId),
    noteGone: (scope, conversationId) => notedOf(scope).addGone(conversationId),
    withdraw,
    async stop() {
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all([...noted.keys()].map((scope) => withdraw(scope).catch(onFailure)))
    },
  }
}

/** What was told to a device and has been read, lost or deleted since. */
async function staleOn(
  { read, clock }: Deps,
  scope: OrgScope,
  session: SessionRecord,
  conversationIds: ReadonlySet<string>,
): Promise<Stale[]> {
  const found: Stale[] = []
  for (const conversationId of conversationIds) {
    const push = await read.pushes.lastTold(scope, session.id, conversationId)
    if (push?.state !== 'accepted') continue
    const mark = await read.conversations.mark(scope, conversationId, session.memberId)
    const isStale =
      mark === null || mark.seen >= push.number || (await isGone(read.messages, scope, push, clock.now()))
    if (isStale) found.push({ session, push })
  }
  return found
}

/** Whether the message that the device shows is none any more: nothing of it is to stay on a lock screen. */
async function isGone(
  messages: MessageReader,
  scope: OrgScope,
  { topic, number }: PushRecord,
  now: number,
): Promise<boolean> {
  const [message] = await messages.page(scope, topic, { from: number, before: number + 1, limit: 1 })
  return !message || isDeleted(message) || isExpired(message, now)
}

/** Whether a push that shows nothing may go there: browsers take few of them, and one maker takes none. */
async function maySendSilently(
  { read, isConnected, clock }: Deps,
  scope: OrgScope,
  session: SessionRecord,
): Promise<boolean> {
  if (isConnected(session) || !session.push || !toleratesSilence(serviceOf(session.push.endpoint)))
    return false
  const lines = await read.pushes.listOf(scope, session.memberId, LOOKED_THROUGH)
  const since = clock.now() - DAY
  const sent = lines.filter(
    ({ kind, sessionId, queuedAt }) => kind === 'withdrawal' && sessionId === session.id && queuedAt > since,
  )
  return sent.length < WITHDRAWALS_A_DAY
}

async function takeBack(
  tx: { readonly pushes: PushWriter },
  scope: OrgScope,
  found: readonly Stale[],
  tell: SessionRecord | null,
  now: number,
): Promise<void> {
  for (const { push } of found) await tx.pushes.update(scope, push.id, { state: 'withdrawn', at: now })
  if (!tell) return
  const about = { kind: 'withdrawal', topic: 'withdrawal' } as const
  await tx.pushes.insert(scope, newPush(tell, about, now, SENT_AFTER))
}
