import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { changeOrganisation } from './change-organisation.ts'
import type { OrganisationWriter } from './organisation-store.ts'
import { presentOrganisation } from './present-organisation.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly organisations: OrganisationWriter
    readonly changes: ChangeFeedWriter
    readonly activity: ActivityLogWriter
  }>
}

export const organisationRoutes = ({ run }: Deps): Pick<RouteHandlers, 'changeOrganisation'> => ({
  changeOrganisation: async ({ actor, body }) =>
    presentOrganisation(await run(actor.scope, (tx) => changeOrganisation(tx, actor, body))),
})
