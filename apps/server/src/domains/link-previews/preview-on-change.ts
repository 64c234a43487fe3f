import { firstPage, mayHaveLink } from '@parley/contracts/messages/first-page'
import type { Message } from '@parley/contracts/messages/message'
import type { Change } from '@parley/contracts/sync/change'
import { createBoundedQueue } from '../../kernel/bounded-queue.ts'
import type { Clock } from '../../kernel/clock.ts'
import { DomainError } from '../../kernel/domain-error.ts'
import { createKeyedTurns } from '../../kernel/keyed-turns.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import { communicationOf } from '../communication/communication.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { attachPreview, type AttachTx } from './attach-preview.ts'
import { fetchPreview, type PreviewSources } from './fetch-preview.ts'
import { createPreviewMemory } from './remember-previews.ts'

interface Deps extends PreviewSources {
  readonly run: RunUseCase<AttachTx>
  readonly read: { readonly organisations: OrganisationReader }
  readonly clock: Clock
  /** Pages of this installation: they say nothing to who is not signed in. */
  readonly isOwn: (url: string) => boolean
  readonly onFailure: (error: unknown) => void
}

export interface Previewing {
  /** A listener to committed changes. Costs the sender of a message nothing but a note. */
  note(scope: OrgScope, changes: readonly Change[]): void
  /** Resolves when everything noted so far is done. */
  settled(): Promise<void>
  /** Gives up what is being fetched. */
  stop(): Promise<void>
}

/** Fetches at the same time, of one organisation and of all, and how many may wait; beyond that a message stays without its preview. */
const OF_ORGANISATION = 2
const OF_ORGANISATION_WAITING = 50
const OF_ALL = 6
const OF_ALL_WAITING = 200

/** Of one sender, so that nobody's links stand before everybody else's. */
const OF_SENDER = 1
const OF_SENDER_WAITING = 10
/** Messages change again long after they were sent, when a file of theirs is purged for example; what they link to is not called then. In ms. */
const NEW_FOR = 2 * 60_000

const mayHavePage = (message: Message, now: number): boolean =>
  message.notice === null &&
  message.deletedAt === undefined &&
  !message.imported &&
  !message.linkPreview &&
  (message.editedAt ?? message.sentAt) > now - NEW_FOR &&
  mayHaveLink(message.text)

/** Fetches previews of the pages that messages link to, after them and apart from them. What was on its way when the server ends is not fetched again. */
export function previewOnChange(deps: Deps): Previewing {
  const { run, read, clock, isOwn, onFailure } = deps
  const turns = createKeyedTurns(OF_ORGANISATION, OF_ORGANISATION_WAITING)
  const senders = createKeyedTurns(OF_SENDER, OF_SENDER_WAITING)
  const queue = createBoundedQueue(OF_ALL, OF_ALL_WAITING)
  const remember = createPreviewMemory(clock)
  const ending = new AbortController()
  const running = new Set<Promise<void>>()

  const bothTurns = async (scope: OrgScope, senderId: string) => {
    const endOfSender = await senders.take(`${scope} ${senderId}`)
    try {
      const end = await turns.take(scope)
      return () => {
        end()
        endOfSender()
      }
    } catch (error) {
      endOfSender()
      throw error
    }
  }
  const find = async (scope: OrgScope, senderId: string, url: string) => {
    const endTurn = await bothTurns(scope, senderId)
    try {
      return await queue(() =>
        ending.signal.aborted ? Promise.resolve(null) : fetchPreview(deps, url, ending.signal),
      )
    } finally {
      endTurn()
    }
  }
  const preview = async (scope: OrgScope, { id, senderId, text }: Message) => {
    const { linkPreviews } = await communicationOf(read.organisations, scope)
    const url = linkPreviews ? firstPage(text) : null
    if (url === null || isOwn(url)) return
    const found = await remember(scope, url, () => find(scope, senderId, url))
    if (!found || ending.signal.aborted) return
    await run(scope, (tx) => attachPreview(tx, scope, id, found, clock.now()))
  }
  const begin = (scope: OrgScope, messages: readonly Message[]) => {
    for (const message of messages) {
      const work = preview(scope, message).catch((error: unknown) => {
        // too much at once: the message has said what it says
        if (!(error instanceof DomainError)) onFailure(error)
      })
      running.add(work)
      void work.finally(() => running.delete(work))
    }
  }
  return {
    note(scope, changes) {
      const messages = changes.flatMap(({ kind, data }) =>
        kind === 'message' && data && mayHavePage(data, clock.now()) ? [data] : [],
      )
      if (messages.length === 0 || ending.signal.aborted) return
      // not before the acknowledgement has left
      const noted = new Promise<void>((resolve) => setImmediate(resolve)).then(() => begin(scope, messages))
      running.add(noted)
      void noted.finally(() => running.delete(noted))
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running)
    },
    async stop() {
      ending.abort()
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
