import type { Communication } from '@parley/contracts/communication/communication'
import { DEFAULT_COMMUNICATION } from '@parley/contracts/communication/rules'
import type { Account, Member, OwnProfile } from '@parley/contracts/members/member'
import type { Department } from '@parley/contracts/departments/department'
import type { Invite } from '@parley/contracts/invites/invite'
import type { NotificationChoices } from '@parley/contracts/notifications/notification-settings'
import { usualChoices } from '@parley/contracts/notifications/rules'
import type { Organisation, OrganisationDetails } from '@parley/contracts/organisations/organisation'
import type { ChangeData } from '@parley/contracts/sync/change'
import type { EntityKind } from '../local-store/local-store.ts'
import { memo } from '../topics/topics.ts'
import type { Replica } from './replica.ts'
import { recordsOf, type ReplicaState } from './replica-state.ts'

function present<K extends EntityKind>(state: ReplicaState, kind: K): Map<string, ChangeData<K>> {
  const map = new Map<string, ChangeData<K>>()
  for (const { id, data } of recordsOf(state, kind).values()) if (data !== null) map.set(id, data)
  return map
}

function only<K extends EntityKind>(state: ReplicaState, kind: K): ChangeData<K> | null {
  for (const { data } of recordsOf(state, kind).values()) if (data !== null) return data
  return null
}

/** What there is besides conversations; every answer stays the same object until something in it changes. */
export class EntityViews {
  readonly members: () => ReadonlyMap<string, Member>
  readonly departments: () => ReadonlyMap<string, Department>
  readonly accounts: () => ReadonlyMap<string, Account>
  /** Newest first. */
  readonly invites: () => readonly Invite[]
  readonly #state: ReplicaState

  constructor({ state, topics }: Replica) {
    this.#state = state
    this.members = memo(topics, ['members'], () => present(state, 'member'))
    this.departments = memo(topics, ['departments'], () => present(state, 'department'))
    this.accounts = memo(topics, ['accounts'], () => present(state, 'account'))
    this.invites = memo(topics, ['invites'], () =>
      [...present(state, 'invite').values()].sort((a, b) => b.createdAt - a.createdAt),
    )
  }

  me(): Member | null {
    const { session } = this.#state.meta
    return session ? (recordsOf(this.#state, 'member').get(session.memberId)?.data ?? null) : null
  }

  ownProfile(): OwnProfile | null {
    return only(this.#state, 'own-profile')
  }

  notificationChoices(): NotificationChoices {
    return only(this.#state, 'notification-settings') ?? usualChoices
  }

  organisation(): Organisation | null {
    return only(this.#state, 'organisation')
  }

  organisationDetails(): OrganisationDetails | null {
    return only(this.#state, 'organisation-details')
  }

  communication(): Communication {
    return only(this.#state, 'communication') ?? DEFAULT_COMMUNICATION
  }
}
