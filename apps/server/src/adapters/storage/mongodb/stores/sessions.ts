import type { OrgScope } from '../../../../kernel/org-scope.ts'
import type { PasswordResetRecord, SessionRecord } from '../../../../domains/sessions/session.ts'
import type { SessionReader, SessionWriter } from '../../../../domains/sessions/session-store.ts'
import type { OrgView } from '../org-view.ts'
import { passwordResets, sessions } from '../tables.ts'
import type { Views } from '../views.ts'
import type { WriteView } from '../write-view.ts'

export class SessionReads implements SessionReader {
  readonly #views: Views<OrgView>

  constructor(views: Views<OrgView>) {
    this.#views = views
  }

  async get(scope: OrgScope, sessionId: string): Promise<SessionRecord | null> {
    return (await this.#views(scope)).get(sessions, sessionId)
  }

  async listOf(scope: OrgScope, memberId: string): Promise<SessionRecord[]> {
    const view = await this.#views(scope)
    return view.find(sessions, { where: { memberId, endedAt: null }, order: ['createdAt', -1] })
  }

  async withPush(scope: OrgScope, memberId?: string): Promise<SessionRecord[]> {
    const view = await this.#views(scope)
    const ofMember = memberId === undefined ? {} : { memberId }
    return view.find(sessions, { where: { ...ofMember, push: { isObject: true } } })
  }

  async passwordReset(scope: OrgScope, memberId: string): Promise<PasswordResetRecord | null> {
    return (await this.#views(scope)).get(passwordResets, memberId)
  }
}

export class SessionWrites extends SessionReads implements SessionWriter {
  readonly #views: Views<WriteView>

  constructor(views: Views<WriteView>) {
    super(views)
    this.#views = views
  }

  async insert(scope: OrgScope, session: SessionRecord): Promise<void> {
    const view = await this.#views(scope)
    view.insert(sessions, session)
  }

  async update(
    scope: OrgScope,
    sessionId: string,
    patch: Parameters<SessionWriter['update']>[2],
  ): Promise<void> {
    await (await this.#views(scope)).update(sessions, sessionId, patch)
  }

  async removeEndedBefore(scope: OrgScope, at: number): Promise<void> {
    const view = await this.#views(scope)
    const [ended, expired] = await Promise.all([
      view.find(sessions, { where: { endedAt: { below: at } } }),
      view.find(sessions, { where: { expiresAt: { below: at } } }),
    ])
    for (const { id } of [...ended, ...expired]) view.remove(sessions, id)
  }

  async putPasswordReset(scope: OrgScope, reset: PasswordResetRecord): Promise<void> {
    const view = await this.#views(scope)
    view.upsert(passwordResets, reset)
  }

  async removePasswordReset(scope: OrgScope, memberId: string): Promise<void> {
    const view = await this.#views(scope)
    view.remove(passwordResets, memberId)
  }
}
