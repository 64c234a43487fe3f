import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { presentPrivacy } from '../members/present-member.ts'
import type { MembersTx } from '../members/record-member.ts'
import type { OrganisationReader } from '../organisations/organisation-store.ts'
import { changePrivacy } from './change-privacy.ts'

interface Deps {
  readonly run: RunUseCase<MembersTx & { readonly organisations: OrganisationReader }>
}

export const presenceRoutes = ({ run }: Deps): Pick<RouteHandlers, 'changePrivacy'> => ({
  changePrivacy: async ({ actor, body }) =>
    presentPrivacy(await run(actor.scope, (tx) => changePrivacy(tx, actor, body))),
})
