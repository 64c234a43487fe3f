import type { Clock } from '../../kernel/clock.ts'
import type { ChangeFeedReader } from '../../kernel/change-feed.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { ConversationReader } from '../conversations/conversation-store.ts'
import type { MessageReader } from '../messages/message-store.ts'
import type { SessionReader } from '../sessions/session-store.ts'
import type { PushReader, PushWriter } from './push-store.ts'
import { pushesFor, queuePushes } from './queue-pushes.ts'

interface Deps {
  readonly run: RunUseCase<{ readonly pushes: PushWriter }>
  readonly read: {
    readonly conversations: ConversationReader
    readonly messages: MessageReader
    readonly sessions: SessionReader
    readonly pushes: PushReader
    readonly changes: ChangeFeedReader
  }
  readonly clock: Clock
  /** Something may be due soon. */
  readonly onQueued: (scope: OrgScope) => void
  readonly onFailure: (error: unknown) => void
}

/** Goes after the messages of every organisation and queues pushes for them, apart from the sending and after it. */
export interface MessageFollower {
  /** There may be new ones; it is looked in a moment. */
  wake(scope: OrgScope): void
  /** Looks now. */
  follow(scope: OrgScope): Promise<void>
  /** Begins nothing any more, and finishes what is under way. */
  stop(): Promise<void>
}

/** Messages of this time share a look. */
const GATHER = 200
const AGAIN_AFTER = 2_000
const PAGE = 500
/** Pushes of one transaction: messages wait behind it. */
const AT_ONCE = 100
/** How often it is taken down how far it is, where nothing had to be queued; as much is looked at again after a crash. */
const KEEP_EVERY = 60_000

interface Place {
  since: number | null
  keptAt: number
  timer: NodeJS.Timeout | null
  running: Promise<void> | null
}

export function createMessageFollower({ run, read, clock, onQueued, onFailure }: Deps): MessageFollower {
  const places = new Map<OrgScope, Place>()
  let stopped = false

  const placeOf = (scope: OrgScope): Place => {
    const known = places.get(scope)
    if (known) return known
    const made: Place = { since: null, keptAt: 0, timer: null, running: null }
    places.set(scope, made)
    return made
  }
  /** @returns whether there may be more */
  const step = async (scope: OrgScope, place: Place): Promise<boolean> => {
    const since = place.since ?? (await read.pushes.followed(scope))
    if (since === null) return false
    if ((await read.sessions.withPush(scope)).length === 0) {
      place.since = await read.changes.head(scope)
      return false
    }
    const messages = await read.messages.sentAfter(scope, since, PAGE)
    const last = messages.at(-1)
    if (!last) return false
    const now = clock.now()
    const pushes = await pushesFor(read, scope, messages, now)
    for (let done = 0; done < pushes.length; done += AT_ONCE) {
      const upTo = done + AT_ONCE >= pushes.length ? last.seq : null
      await run(scope, (tx) => queuePushes(tx, scope, pushes.slice(done, done + AT_ONCE), upTo))
    }
    if (pushes.length > 0) onQueued(scope)
    else if (now - place.keptAt >= KEEP_EVERY) await run(scope, (tx) => queuePushes(tx, scope, [], last.seq))
    if (pushes.length > 0 || now - place.keptAt >= KEEP_EVERY) place.keptAt = now
    place.since = last.seq
    return messages.length === PAGE
  }
  const begin = (scope: OrgScope, place: Place): Promise<void> => {
    const after = place.running ?? Promise.resolve()
    const running = after.then(async () => {
      while (!stopped && (await step(scope, place)));
    })
    const ended = running.catch(() => undefined)
    place.running = ended
    void ended.then(() => {
      if (place.running === ended) place.running = null
    })
    return running
  }
  const later = (scope: OrgScope, wait: number) => {
    const place = placeOf(scope)
    if (stopped || place.timer) return
    place.timer = setTimeout(() => {
      place.timer = null
      begin(scope, place).catch((error: unknown) => {
        onFailure(error)
        later(scope, AGAIN_AFTER)
      })
    }, wait)
  }
  return {
    wake: (scope) => later(scope, GATHER),
    follow: (scope) => begin(scope, placeOf(scope)),
    async stop() {
      stopped = true
      for (const { timer } of places.values()) if (timer) clearTimeout(timer)
      await Promise.all([...places.values()].map(({ running }) => running ?? Promise.resolve()))
    },
  }
}
