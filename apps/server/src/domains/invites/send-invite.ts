import type { OrgScope } from '../../kernel/org-scope.ts'
import type { FreshLink } from './create-invite.ts'

/** Mails an invitation link to the invited person. @returns whether the mail server took it */
export type SendInvite = (scope: OrgScope, link: FreshLink) => Promise<boolean>
