import type { DepartmentRecord } from '../../../domains/departments/department.ts'
import type { MemberRecord } from '../../../domains/members/member.ts'
import type { OrganisationRecord } from '../../../domains/organisations/organisation.ts'
import type { SessionRecord } from '../../../domains/sessions/session.ts'
import { Cache, ScopedCache, type Pin } from './cache.ts'
import type { Talk } from './talk.ts'

/** An organisation with its place in the feed. `head` runs ahead of the file within a batch. */
export interface Org {
  /** Its surrogate in every table. */
  readonly n: number
  record: OrganisationRecord
  head: number
  floor: number
}

export interface KnownMember {
  readonly n: number
  readonly record: MemberRecord
}

/**
 * What is remembered of the file. Between batches it equals what is committed. Within a batch it follows the batch's writes, and
 * every write names the entries that depend on it (`Work.touch`), so that undoing forgets exactly those.
 */
export class Caches {
  readonly #pin: Pin = { pinned: false }
  readonly orgs = new Cache<string, Org>(5_000, this.#pin)
  readonly members = new ScopedCache<KnownMember>(10_000, this.#pin)
  /** By the organisation's surrogate. */
  readonly memberLists = new Cache<number, readonly MemberRecord[]>(50, this.#pin)
  readonly departments = new Cache<number, readonly DepartmentRecord[]>(1_000, this.#pin)
  readonly sessions = new ScopedCache<SessionRecord>(10_000, this.#pin)
  readonly talks = new ScopedCache<Talk>(20_000, this.#pin)
  /** The conversations of a member, by the member's surrogate. */
  readonly talksOf = new Cache<number, readonly string[]>(5_000, this.#pin)
  /** Ids by surrogate. */
  readonly memberIds = new Cache<number, string>(20_000, this.#pin)
  readonly talkIds = new Cache<number, string>(50_000, this.#pin)
  /** The newest entry of an audience, messages and marks not counted. */
  readonly entryHeads = new ScopedCache<number>(50_000, this.#pin)

  readonly #all = [
    this.orgs,
    this.members,
    this.memberLists,
    this.departments,
    this.sessions,
    this.talks,
    this.talksOf,
    this.memberIds,
    this.talkIds,
    this.entryHeads,
  ]

  /** A batch begins: nothing may be evicted. */
  pin(): void {
    this.#pin.pinned = true
  }

  /** A batch is over. */
  unpin(): void {
    this.#pin.pinned = false
    for (const cache of this.#all) cache.trim()
  }

  clear(): void {
    for (const cache of this.#all) cache.clear()
  }
}
