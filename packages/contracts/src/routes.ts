import * as communication from './communication/routes.ts'
import * as chatPreferences from './chat-preferences/routes.ts'
import * as conversations from './conversations/routes.ts'
import * as departments from './departments/routes.ts'
import * as exported from './exports/routes.ts'
import * as files from './files/routes.ts'
import * as groups from './groups/routes.ts'
import * as imports from './imports/routes.ts'
import { installation } from './installation.ts'
import * as invites from './invites/routes.ts'
import * as members from './members/routes.ts'
import * as messages from './messages/routes.ts'
import * as notifications from './notifications/routes.ts'
import * as organisations from './organisations/routes.ts'
import * as presence from './presence/routes.ts'
import * as search from './search/routes.ts'
import * as sessions from './sessions/routes.ts'
import * as sync from './sync/routes.ts'
import type { RouteShape } from './kernel/route.ts'

type Exports = Record<string, unknown>
type RoutesOf<M extends Exports> = {
  [K in keyof M as M[K] extends RouteShape ? K : never]: Extract<M[K], RouteShape>
}

/** The routes among a module's exports, which also hold forms and bounds. */
function routesOf<M extends Exports>(module: M): RoutesOf<M> {
  const isRoute = (value: unknown) =>
    typeof value === 'object' && value !== null && 'permission' in value && 'path' in value
  return Object.fromEntries(Object.entries(module).filter(([, value]) => isRoute(value))) as RoutesOf<M>
}

/** Every route there is, by name. The server mounts exactly these; generated tests walk them. */
export const routes = {
  installation,
  ...routesOf(organisations),
  ...routesOf(communication),
  ...routesOf(members),
  ...routesOf(sessions),
  ...routesOf(invites),
  ...routesOf(departments),
  ...routesOf(conversations),
  ...routesOf(chatPreferences),
  ...routesOf(messages),
  ...routesOf(files),
  ...routesOf(groups),
  ...routesOf(imports),
  ...routesOf(exported),
  ...routesOf(search),
  ...routesOf(presence),
  ...routesOf(notifications),
  ...routesOf(sync),
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes
