import { DomainError } from '../../../../kernel/domain-error.ts'
import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { MemberRecord } from '../../../../domains/members/member.ts'
import type { MemberReader, MemberWriter } from '../../../../domains/members/member-store.ts'
import type { OrgView } from '../org-view.ts'
import { lastSeen, members, pictures } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class MemberReads implements MemberReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, memberId: string): Promise<MemberRecord | null> {
    return (await this.#views(scope)).get(members, memberId)
  }

  async list(scope: OrgScope): Promise<MemberRecord[]> {
    return (await this.#views(scope)).find(members, { where: {} })
  }

  async findByEmail(scope: OrgScope, emailKey: string): Promise<MemberRecord | null> {
    const [found] = await (await this.#views(scope)).find(members, { where: { emailKey }, limit: 1 })
    return found ?? null
  }

  async countActiveAdmins(scope: OrgScope): Promise<number> {
    const view = await this.#views(scope)
    return (await view.find(members, { where: { role: 'admin', state: 'active' } })).length
  }

  async lastSeen(scope: OrgScope, memberIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await (await this.#views(scope)).getMany(lastSeen, memberIds)
    return new Map([...found].map(([memberId, { at }]) => [memberId, at]))
  }

  async picture(scope: OrgScope, memberId: string, version: string): Promise<Uint8Array | null> {
    const picture = await (await this.#views(scope)).get(pictures, memberId)
    return picture?.version === version ? picture.bytes : null
  }
}

export class MemberWrites extends MemberReads implements MemberWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, member: MemberRecord): Promise<void> {
    const view = await this.#views(scope)
    await this.#refuseTakenEmail(scope, member.id, member.emailKey)
    view.insert(members, member)
  }

  async update(
    scope: OrgScope,
    memberId: string,
    patch: Parameters<MemberWriter['update']>[2],
  ): Promise<void> {
    const view = await this.#views(scope)
    await this.#refuseTakenEmail(scope, memberId, patch.emailKey ?? null)
    await view.update(members, memberId, patch)
  }

  async setPicture(scope: OrgScope, memberId: string, version: string, bytes: Uint8Array): Promise<void> {
    const view = await this.#views(scope)
    view.upsert(pictures, { memberId, version, bytes })
  }

  async removePicture(scope: OrgScope, memberId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(pictures, memberId)
  }

  async setLastSeen(scope: OrgScope, at: ReadonlyMap<string, number>): Promise<void> {
    const view = await this.#views(scope)
    for (const [memberId, time] of at) view.upsert(lastSeen, { memberId, at: time })
  }

  async #refuseTakenEmail(scope: OrgScope, memberId: string, emailKey: string | null): Promise<void> {
    const other = emailKey === null ? null : await this.findByEmail(scope, emailKey)
    if (other && other.id !== memberId) throw new DomainError('email_taken')
  }
}
