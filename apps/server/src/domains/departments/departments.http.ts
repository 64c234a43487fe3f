import type { ActivityLogWriter } from '../../kernel/activity-log.ts'
import type { RunUseCase } from '../../kernel/transactions.ts'
import type { RouteHandlers } from '../../platform/http/mount-routes.ts'
import { addDepartment, renameDepartment, type DepartmentsTx } from './create-department.ts'

interface Deps {
  readonly run: RunUseCase<DepartmentsTx & { readonly activity: ActivityLogWriter }>
}

type Handled = 'createDepartment' | 'renameDepartment'

/** Removing one is among the members' routes: it is taken from its people. */
export const departmentRoutes = ({ run }: Deps): Pick<RouteHandlers, Handled> => ({
  createDepartment: ({ actor, body }) => run(actor.scope, (tx) => addDepartment(tx, actor, body.name)),
  renameDepartment: ({ actor, params, body }) =>
    run(actor.scope, (tx) => renameDepartment(tx, actor, params.departmentId, body.name)),
})
