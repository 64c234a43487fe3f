import { nameInMail, type Mailer } from '../../kernel/mailer.ts'
import type { OrgScope } from '../../kernel/org-scope.ts'
import type { MemberRecord } from '../members/member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'

/** What lets one membership of a person choose a new password. */
export interface ResetLink {
  readonly scope: OrgScope
  readonly member: MemberRecord
  readonly token: string
}

/** Mails a person the links of all their memberships, in one mail. @throws when the mail server does not take it */
export type SendPasswordReset = (to: string, links: readonly ResetLink[]) => Promise<void>

interface Deps {
  readonly mailer: Mailer
  readonly read: { readonly organisations: OrganisationReader }
  /** Where people reach this installation, without a slash at its end. */
  readonly publicUrl: string
}

/** The tokens travel behind the #, which no server logs. */
export const createSendPasswordReset =
  ({ mailer, read, publicUrl }: Deps): SendPasswordReset =>
  async (to, links) => {
    const lines: string[] = []
    for (const { scope, token } of links) {
      const organisation = await read.organisations.get(scope)
      lines.push(
        `choose a new password for ${nameInMail(organisation?.name ?? 'Parley')} here: ${publicUrl}/reset#${token}`,
      )
    }
    const text = [
      `Hello ${nameInMail(links[0]?.member.name ?? '')},`,
      '',
      ...lines,
      '',
      'A link works once, for one hour. If you did not ask for it, ignore this mail; your password stays as it is.',
    ].join('\n')
    await mailer.send({ to, subject: 'Choose a new password for Parley', text })
  }
