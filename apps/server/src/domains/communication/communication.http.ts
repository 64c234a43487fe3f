import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { ChangeFeedWriter } from '../../kernel/change-feed.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import type { OrganisationWriter } from '../organisations/organisation-store.ts'
import { changeCommunication } from './change-communication.ts'
import { presentCommunication } from './present-communication.ts'

interface Deps {
  readonly run: RunUseCase<{
    readonly organisations: OrganisationWriter
    readonly changes: ChangeFeedWriter
    readonly activity: ActivityLogWriter
  }>
}

export const communicationRoutes = ({ run }: Deps): Pick<RouteHandlers, 'changeCommunication'> => ({
  changeCommunication: async ({ actor, body }) =>
    presentCommunication(await run(actor.scope, (tx) => changeCommunication(tx, actor, body))),
})
