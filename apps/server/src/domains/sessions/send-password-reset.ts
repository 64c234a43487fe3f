import { nameInMail, type Mailer } from '../../kernel/mailer.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import { requireMember } from '../members/member-access.ts'
import type { MemberReader } from '../members/member-store.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

/** Mails a link to choose a new password. @throws when the mail server does not take it */
export type SendPasswordReset = (scope: OrgScope, memberId: string, token: string) => Promise<void>

interface Deps {
  readonly mailer: Mailer
  readonly read: { readonly members: MemberReader; readonly organisations: OrganisationReader }
  /** Where people reach this installation, without a slash at its end. */
  readonly publicUrl: string
}

/** The token travels behind the #, which no server logs. */
export const createSendPasswordReset =
  ({ mailer, read, publicUrl }: Deps): SendPasswordReset =>
  async (scope, memberId, token) => {
    const member = await requireMember(read.members, scope, memberId)
    const organisation = await read.organisations.get(scope)
    const text = [
      `Hello ${nameInMail(member.name)},`,
      '',
      `choose a new password for ${nameInMail(organisation?.name ?? 'Parley')} here: ${publicUrl}/reset#${token}`,
      '',
      'The link works once, for one hour. If you did not ask for it, ignore this mail; your password stays as it is.',
    ].join('\n')
    await mailer.send({ to: member.email, subject: 'Choose a new password for Parley', text })
  }
