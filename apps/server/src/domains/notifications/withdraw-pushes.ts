import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { PushReader, PushWriter } from './push-store.ts'
import { serviceOf, toleratesSilence, WITHDRAWALS_A_DAY, type PushRecord } from './push.ts'
import { newPush } from './queue-pushes.ts'

interface Deps {
  readonly run: RunUseCase<{ readonly pushes: PushWriter }>
  readonly read: {
    readonly conversations: ConversationReader
    readonly sessions: SessionReader
    readonly pushes: PushReader
  }
  readonly clock: Clock
  /** A device that is connected hears of the mark itself, and needs no push to tidy up. */
  readonly isConnected: (session: SessionRecord) => boolean
  readonly onQueued: (scope: OrgScope) => void
  readonly onFailure: (error: unknown) => void
}

/** Takes back what devices show of chats that were read elsewhere. */
export interface Withdrawals {
  /** A member may have read in a conversation. */
  note(scope: OrgScope, memberId: string, conversationId: string): void
  /** Looks now at what was noted. */
  withdraw(scope: OrgScope): Promise<void>
  stop(): void
}

const GATHER = 500
const SENT_AFTER = 500
const DAY = 24 * 60 * 60 * 1_000
/** Lines of the ledger in which a day's withdrawals are counted. */
const LOOKED_THROUGH = 100

interface Read {
  readonly session: SessionRecord
  readonly push: PushRecord
}

export function createWithdrawals(deps: Deps): Withdrawals {
  const { run, read, clock, onQueued, onFailure } = deps
  const noted = new Map<OrgScope, Map<string, Set<string>>>()
  const timers = new Map<OrgScope, NodeJS.Timeout>()

  const withdraw = async (scope: OrgScope) => {
    const members = noted.get(scope)
    noted.delete(scope)
    if (!members) return
    for (const session of await read.sessions.withPush(scope)) {
      const conversationIds = members.get(session.memberId)
      const found = conversationIds ? await readOn(deps, scope, session, conversationIds) : []
      if (found.length === 0) continue
      const silent = await maySendSilently(deps, scope, session)
      await run(scope, (tx) => takeBack(tx, scope, found, silent ? session : null, clock.now()))
      if (silent) onQueued(scope)
    }
  }
  return {
    note(scope, memberId, conversationId) {
      const members = noted.get(scope) ?? new Map<string, Set<string>>()
      noted.set(scope, members)
      const conversationIds = members.get(memberId)
      if (conversationIds) conversationIds.add(conversationId)
      else members.set(memberId, new Set([conversationId]))
      if (timers.has(scope)) return
      const look = () => {
        timers.delete(scope)
        // what is not taken back goes with the next push, or when the device is opened
        withdraw(scope).catch(onFailure)
      }
      timers.set(scope, setTimeout(look, GATHER).unref())
    },
    withdraw,
    stop() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

/** What was told to a device and has been read since. */
async function readOn(
  { read }: Deps,
  scope: OrgScope,
  session: SessionRecord,
  conversationIds: ReadonlySet<string>,
): Promise<Read[]> {
  const found: Read[] = []
  for (const conversationId of conversationIds) {
    const push = await read.pushes.lastTold(scope, session.id, conversationId)
    if (push?.state !== 'accepted') continue
    const mark = await read.conversations.mark(scope, conversationId, session.memberId)
    if (mark && mark.seen >= push.number) found.push({ session, push })
  }
  return found
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
  found: readonly Read[],
  tell: SessionRecord | null,
  now: number,
): Promise<void> {
  for (const { push } of found) await tx.pushes.update(scope, push.id, { state: 'withdrawn', at: now })
  if (!tell) return
  const about = { kind: 'withdrawal', topic: 'withdrawal' } as const
  await tx.pushes.insert(scope, newPush(tell, about, now, SENT_AFTER))
}
