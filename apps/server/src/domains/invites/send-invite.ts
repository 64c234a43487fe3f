import { nameInMail, type Mailer } from '../../kernel/mailer.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import type { FreshLink } from './create-invite.ts'

/** Mails an invitation link to the invited person. @returns whether the mail server took it */
export type SendInvite = (scope: OrgScope, link: FreshLink) => Promise<boolean>

interface Deps {
  readonly mailer: Mailer
  readonly read: { readonly members: MemberReader; readonly organisations: OrganisationReader }
  /** Where people reach this installation, without a slash at its end. */
  readonly publicUrl: string
  readonly onFailure: (error: unknown) => void
}

/** The token travels behind the #, which no server logs. */
export const createSendInvite =
  ({ mailer, read, publicUrl, onFailure }: Deps): SendInvite =>
  async (scope, { invite, token }) => {
    const organisation = await read.organisations.get(scope)
    const inviter = await read.members.get(scope, invite.createdBy)
    if (invite.email === null || !organisation || !inviter) return false
    const place = nameInMail(organisation.name)
    const text = [
      `${nameInMail(inviter.name)} invites you to join ${place} on Parley.`,
      '',
      `Open this link to choose your name and password: ${publicUrl}/join#${token}`,
      '',
      `It works once, until ${new Date(invite.expiresAt).toUTCString()}. If you did not expect it, ignore this mail.`,
    ].join('\n')
    try {
      await mailer.send({ to: invite.email, subject: `Join ${place} on Parley`, text })
      return true
    } catch (error) {
      onFailure(error)
      return false
    }
  }
