import type { Actor } from '../../kernel/actor.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { failureOf, isFault } from '../failure.ts'
import { requirePermission } from '../http/guard-request.ts'
import type { Log } from '../log/log.ts'
import { checkAnswer, parseInput } from '../parse-input.ts'
import type { RateLimits } from '../rate-limit/rate-limits.ts'
import { createTokenBuckets } from '../rate-limit/token-buckets.ts'
import type { MountedEvent } from './mount-events.ts'
import { readsTooSlowly } from './send-signal.ts'
import type { ParleySocket } from './socket-types.ts'

/** The actor of a live session with their rights as of now, from memory. @throws DomainError not_signed_in, member_deactivated */
export type ResolveActor = (scope: OrgScope, sessionId: string) => Actor | Promise<Actor>

interface Deps {
  readonly resolveActor: ResolveActor
  readonly rateLimits: RateLimits
  readonly log: Log
  readonly checkAnswers: boolean
}

/** What all connections of a server count together. */
export interface Counts {
  unknownEvents: number
  cutOff: number
  /** Events under way. */
  running: number
  /** Nothing new is begun. */
  stopping: boolean
}

type Acknowledge = (answer?: unknown) => void

/** How many refusals for sending too much one connection may collect before it is closed. */
const PATIENCE = { burst: 1_500, perSecond: 50 }

/** Answers every event of one connection, those with unknown names included. */
export function answerEvents(
  socket: ParleySocket,
  events: ReadonlyMap<string, MountedEvent>,
  deps: Deps,
  counts: Counts,
): void {
  let patience: ReturnType<typeof createTokenBuckets> | null = null
  const losePatience = () => {
    if (!socket.connected) return // answers of earlier frames still come in
    patience ??= createTokenBuckets(PATIENCE, () => performance.now())
    if (patience.take('') === 0) return
    counts.cutOff += 1
    socket.disconnect(true)
  }
  const refuse = (error: unknown, acknowledge: Acknowledge | undefined, event?: MountedEvent) => {
    if (event) event.refused += 1
    const { id: connectionId, memberId } = socket.data.connection
    if (isFault(error)) {
      deps.log.error({ error, event: event?.shape.name ?? '', connectionId, memberId }, 'an event failed')
    }
    acknowledge?.(failureOf(error))
    if (error instanceof DomainError && error.code === 'rate_limited') losePatience()
  }
  // one listener for all names: listeners by name would cost every idle connection their memory
  socket.onAny((name: string, ...rest: unknown[]) => {
    if (!socket.connected) return
    // whoever asks and does not read the answers would have us keep them
    if (readsTooSlowly(socket)) {
      counts.cutOff += 1
      socket.disconnect(true)
      return
    }
    const last = rest.at(-1)
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : undefined
    const event = events.get(name)
    try {
      deps.rateLimits.take('frame', 'socket', socket.id)
      if (!event) {
        counts.unknownEvents += 1
        throw new DomainError('malformed_request')
      }
      if (counts.stopping) throw new DomainError('shutting_down', { retryAfter: 2 })
      counts.running += 1
      answerEvent(event, rest[0], socket, deps).then(
        (answer) => {
          counts.running -= 1
          acknowledge?.(answer)
        },
        (error: unknown) => {
          counts.running -= 1
          refuse(error, acknowledge, event)
        },
      )
    } catch (error) {
      refuse(error, acknowledge, event)
    }
  })
}

async function answerEvent(
  event: MountedEvent,
  given: unknown,
  socket: ParleySocket,
  deps: Deps,
): Promise<unknown> {
  const { id: connectionId, scope, sessionId, memberId } = socket.data.connection
  const { shape } = event
  deps.rateLimits.take(shape.rateLimit, 'member', memberId)
  const actor = await deps.resolveActor(scope, sessionId)
  requirePermission(shape.permission, actor)
  const answer = await event.handle({ payload: parseInput(shape.payload, given), actor, connectionId })
  event.answered += 1
  if (!shape.ack) return undefined
  if (deps.checkAnswers) checkAnswer(shape.ack, answer, shape.name)
  return answer
}
