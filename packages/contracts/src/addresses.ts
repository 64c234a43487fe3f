import { events, type Events, signals, type Signals } from './events.ts'
import { routes, type RouteName } from './routes.ts'

/**
 * What a caller needs of routes, events and signals: where they are, without their schemas. The web's build puts the finished table in
 * this file's place (`apps/web/scripts/compile-addresses.mjs`), so that the first page carries neither the schemas nor zod.
 */
export interface RouteAddress {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** With `:param` segments. */
  readonly path: string
  /** Called in the name of whoever is signed in. */
  readonly signedIn: boolean
}

export const routeAddresses = mapped(routes, ({ method, path, permission }): RouteAddress => ({
  method,
  path,
  signedIn: permission.kind === 'signed-in',
})) as Readonly<Record<RouteName, RouteAddress>>

export const eventNames = mapped(events, ({ name }) => name) as {
  readonly [Name in keyof Events]: Events[Name]['name']
}

export const signalNames = mapped(signals, ({ name }) => name) as {
  readonly [Name in keyof Signals]: Signals[Name]['name']
}

function mapped<V, T>(table: Readonly<Record<string, V>>, to: (value: V) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, to(value)]))
}
