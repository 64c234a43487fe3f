import { PUSH_LEDGER_MAX } from '@parley/contracts/notifications/bounds'
import type { PushPayload } from '@parley/contracts/notifications/push-payload'
import { createHash } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { SessionWriter } from '../sessions/session-store.ts'
import { composePush, type Composed, type ComposeRead, type IsAtDevice } from './compose-push.ts'
import { createDueWork } from './due-work.ts'
import { newsOf, worthUntil } from './folded-news.ts'
import type { PushOptions, PushOutcome, PushSender } from './push-sender.ts'
import type { PushWriter } from './push-store.ts'
import { LEASE, LEDGER_AGE, LIFETIME, TOLD_AFTER, waitAfter, type PushRecord } from './push.ts'
import { newPush } from './queue-pushes.ts'
import { createServicePauses } from './service-pauses.ts'

export interface DeliveryTx {
  readonly conversations: ConversationReader
  readonly pushes: PushWriter
  readonly sessions: SessionWriter
}

interface Deps {
  readonly run: RunUseCase<DeliveryTx>
  readonly read: ComposeRead
  readonly sender: PushSender
  readonly isAtDevice: IsAtDevice
  readonly clock: Clock
  /** A number from 0 to 1. */
  readonly random?: () => number
  /** It was told; meanwhile it may have been read. */
  readonly onTold: (scope: OrgScope, memberId: string, conversationId: string) => void
  readonly onFailure: (error: unknown) => void
}

/** Sends what is queued, for as long as it takes, and takes down what became of it. */
export interface Deliveries {
  /** Something may be due now or soon. */
  wake(scope: OrgScope): void
  /** Sends what is due now; resolves when all of it was tried and taken down. @returns how many were due */
  deliver(scope: OrgScope): Promise<number>
  /** Somebody has left their devices: what waited for that is due. */
  left(scope: OrgScope, memberId: string): void
  /** Drops what is too old from the ledgers of the organisations it has been busy with. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

/** Ended pushes of a member between two looks whether the ledger has grown too long. */
const PRUNE_EVERY = 20

/** What is to be taken down of a push that was under way. */
interface Settled {
  readonly push: PushRecord
  readonly patch: Parameters<PushWriter['update']>[2] | 'remove'
  /** The endpoint is not there any more. */
  readonly gone?: string
}

export function createDeliveries(deps: Deps): Deliveries {
  const { run, read, clock, onFailure } = deps
  /** Members whose pushes wait until they leave their devices. */
  const present = new Set<string>()
  const handle = createHandler(deps, present)
  const settle = createSettler(deps)
  const tell = async (scope: OrgScope, push: PushRecord) => {
    // looked at before it is composed: what comes from here on may not be told of
    const upTo = await newsOf(read, scope, push)
    await settle(scope, await handle(scope, push), upTo)
  }
  const work = createDueWork({
    clock,
    onFailure,
    nextDue: (scope) => read.pushes.nextDue(scope),
    begin: async (scope, room) => {
      const taken = await takeOn(run, scope, clock.now(), room)
      // what fails is due again when its lease is over
      return taken.map((push) => tell(scope, push).catch(onFailure))
    },
  })
  return {
    wake: (scope) => work.wake(scope),
    deliver: (scope) => work.run(scope),
    left(scope, memberId) {
      if (!present.delete(memberId)) return
      run(scope, (tx) => tx.pushes.hurry(scope, memberId, clock.now()))
        .then(() => work.wake(scope))
        .catch(onFailure)
    },
    async sweep() {
      for (const scope of work.scopes())
        await run(scope, (tx) => tx.pushes.removeEndedBefore(scope, clock.now() - LEDGER_AGE))
    },
    stop: () => work.stop(),
  }
}

/** What is due is this process's for a while. */
const takeOn = (run: Deps['run'], scope: OrgScope, now: number, limit: number) =>
  run(scope, async (tx) => {
    const due = await tx.pushes.due(scope, now, limit)
    for (const { id } of due) await tx.pushes.update(scope, id, { at: now + LEASE })
    return due
  })

/** Takes down what became of pushes. */
function createSettler({ run, clock, onTold }: Deps) {
  const ended = new Map<string, number>()
  const isTimeToPrune = (memberId: string): boolean => {
    const count = (ended.get(memberId) ?? 0) + 1
    ended.set(memberId, count % PRUNE_EVERY)
    return count >= PRUNE_EVERY
  }
  /** @param upTo what there was to tell of when it was composed */
  return async (scope: OrgScope, { push, patch, gone }: Settled, upTo: number): Promise<void> => {
    const state = patch === 'remove' ? undefined : patch.state
    const prunes = state !== undefined && isTimeToPrune(push.memberId)
    await run(scope, async (tx) => {
      if (patch === 'remove') await tx.pushes.remove(scope, push.id)
      else await tx.pushes.update(scope, push.id, patch)
      if (gone !== undefined) await unsubscribe(tx, scope, push.sessionId, gone)
      await queueMissed(tx, scope, push, upTo, clock.now())
      if (prunes) await prune(tx, scope, push.memberId)
    })
    if (state === 'accepted' && push.kind === 'message') onTold(scope, push.memberId, push.topic)
  }
}

type Handle = (scope: OrgScope, push: PushRecord) => Promise<Settled>

function createHandler(deps: Deps, present: Set<string>): Handle {
  const { read, sender, isAtDevice, clock, random = Math.random } = deps
  const pauses = createServicePauses(clock)
  return async (scope, push) => {
    const now = clock.now()
    const until = await worthUntil(read, scope, push, now)
    if (until <= now) return { push, patch: expired(push, now) }
    // by organisation: how its members' devices fare is nothing that others should wait for
    const service = `${scope} ${push.service}`
    const pause = pauses.of(service)
    if (pause)
      return { push, patch: { at: Math.round(pause.until + random() * 1_000), reason: pause.reason } }
    const composed = await composePush(read, isAtDevice, scope, push, now)
    if (composed.do === 'drop') return { push, patch: 'remove' }
    if (composed.do === 'wait') {
      if (isAtDevice(push.memberId)) present.add(push.memberId)
      return { push, patch: { at: Math.round(Math.min(composed.until, until)) } }
    }
    const lasts = Math.max(until, endOf(composed.payload))
    const outcome = await attempt(sender, push, composed, lasts - now)
    if (outcome.outcome === 'later')
      pauses.failed(service, outcome.reason, outcome.retryAfter && outcome.retryAfter * 1_000)
    else pauses.answered(service)
    return outcomeOf({ ...push, expiresAt: lasts }, composed, outcome, clock.now(), random())
  }
}

/** What was never needed leaves no line. */
const expired = (push: PushRecord, now: number): Settled['patch'] =>
  push.kind === 'message' && push.reason === null ? 'remove' : { state: 'expired', at: now }

type Sending = Extract<Composed, { do: 'send' }>

/** A message has its whole time, however long the push waited that tells of it. */
const endOf = (payload: PushPayload): number =>
  payload.kind === 'message' ? payload.sentAt + LIFETIME.message : 0

/**
 * One attempt; what is too large for the service goes without what is written.
 * @param lasts for how long it is worth something, in ms
 */
async function attempt(
  sender: PushSender,
  push: PushRecord,
  { target, payload }: Sending,
  lasts: number,
): Promise<PushOutcome> {
  const options: PushOptions = {
    ttl: Math.max(0, Math.round(lasts / 1_000)),
    topic: topicName(push.topic),
    urgency: push.kind === 'withdrawal' ? 'normal' : 'high',
  }
  const outcome = await sender.send(target, JSON.stringify(payload), options)
  const tooLarge = outcome.outcome === 'failed' && outcome.reason === 'too-large'
  if (!tooLarge) return outcome
  const less = { read: [], upTo: [] }
  const smaller: PushPayload =
    payload.kind === 'message' ? { ...payload, ...less, shown: null } : { ...payload, ...less }
  return sender.send(target, JSON.stringify(smaller), options)
}

/** Short and of the right letters, and tells the service nothing. */
const topicName = (topic: string): string =>
  createHash('sha256').update(topic).digest('base64url').slice(0, 32)

function outcomeOf(
  push: PushRecord,
  { payload, target }: Sending,
  outcome: PushOutcome,
  now: number,
  chance: number,
): Settled {
  const attempts = push.attempts + 1
  const number = payload.kind === 'message' ? payload.number : 0
  const { status } = outcome
  if (outcome.outcome === 'accepted')
    return { push, patch: { state: 'accepted', reason: null, status, attempts, number, at: now } }
  const { reason } = outcome
  if (outcome.outcome === 'failed') {
    const patch = { state: 'failed', reason, status, attempts, number, at: now } as const
    return reason === 'gone' ? { push, patch, gone: target.endpoint } : { push, patch }
  }
  const at = Math.round(now + waitAfter(attempts, outcome.retryAfter, chance))
  if (at >= push.expiresAt)
    return { push, patch: { state: 'expired', reason, status, attempts, number, at: now } }
  return { push, patch: { reason, status, attempts, at } }
}

/** What came while a push was under way is told of by another; one that stays queued tells of it too. */
async function queueMissed(
  tx: DeliveryTx,
  scope: OrgScope,
  push: PushRecord,
  upTo: number,
  now: number,
): Promise<void> {
  if ((await newsOf(tx, scope, push)) <= upTo) return
  const { sessionId, kind, topic } = push
  const session = await tx.sessions.get(scope, sessionId)
  if (session?.push) await tx.pushes.insert(scope, newPush(session, { kind, topic }, now, TOLD_AFTER))
}

/** The device is told no more, unless it has subscribed anew meanwhile. */
async function unsubscribe(
  tx: DeliveryTx,
  scope: OrgScope,
  sessionId: string,
  endpoint: string,
): Promise<void> {
  const session = await tx.sessions.get(scope, sessionId)
  if (session?.push?.endpoint === endpoint) await tx.sessions.update(scope, sessionId, { push: null })
}

/** Keeps a ledger at its length; looked after now and then. */
async function prune({ pushes }: DeliveryTx, scope: OrgScope, memberId: string): Promise<void> {
  const lines = await pushes.listOf(scope, memberId, PUSH_LEDGER_MAX + 10 * PRUNE_EVERY)
  for (const { id, state } of lines.slice(PUSH_LEDGER_MAX))
    if (state !== 'queued') await pushes.remove(scope, id)
}
