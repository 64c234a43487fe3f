import type { Role } from '@parley/contracts/kernel/permission'
import type { EntityName } from '@parley/contracts/kernel/fields'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, listen, send } from './call.ts'
import {
  allEvents,
  allRoutes,
  butFor,
  comparable,
  idFieldsOfEvent,
  idFieldsOfRoute,
  inputOf,
  nowhere,
  ownIds,
  payloadOf,
} from './inputs.ts'
import { type RunningApp, startApp } from './running-app.ts'
import type { IdField } from './sample-input.ts'
import { fingerprint, makeWorld, type World } from './world.ts'

const ROLES: readonly Role[] = ['admin', 'manager', 'member']

/**
 * From whom a colleague's thing is hidden. A new kind of thing needs its line here.
 * The id of a message, or of a file to be, is not: it is made by the client and nobody else's can be guessed, but using one that is
 * taken has to say so (Y6: `id_taken`).
 */
const HIDDEN_FROM: Readonly<Record<EntityName, readonly Role[]>> = {
  organisation: [],
  member: [],
  department: [],
  session: ROLES,
  invite: [],
  conversation: ROLES,
  group: ROLES,
  message: [],
  file: ROLES,
  import: ROLES,
}

let app: RunningApp
let world: World
beforeAll(async () => {
  app = await startApp()
  world = await makeWorld(app.base, 'Here')
})
afterAll(() => app.stop())

/** What this field could name that is not for this role. */
function hiddenNames(field: IdField, role: Role): string[] {
  if (field.entity !== 'audience')
    return HIDDEN_FROM[field.entity].includes(role) ? [world.ids[field.entity]] : []
  const { conversation, group, member, department } = world.ids
  return [
    `conversation:${conversation}`,
    `conversation:${group}`,
    `member:${member}`,
    `department:${department}`,
  ]
}

const isHidden = ({ entity, path }: IdField, role: Role) =>
  entity === 'audience' || (HIDDEN_FROM[entity].includes(role) && !path.endsWith('.id'))

const routeFields = allRoutes.flatMap(([name, route]) =>
  idFieldsOfRoute(route).flatMap((field) =>
    ROLES.filter((role) => isHidden(field, role)).map(
      (role) => [name, field.path, role, route, field] as const,
    ),
  ),
)
const eventFields = allEvents.flatMap(([name, event]) =>
  idFieldsOfEvent(event).flatMap((field) =>
    ROLES.filter((role) => isHidden(field, role)).map(
      (role) => [name, field.path, role, event, field] as const,
    ),
  ),
)

describe('A4: what is between colleagues is answered to a third like what does not exist', () => {
  test.each(routeFields)('%s, %s, as %s', async (_name, _path, role, route, field) => {
    const before = await fingerprint(app.base, world)
    const answerTo = async (id: string) => {
      const input = inputOf(route, butFor(ownIds(world, role), field, id))
      return comparable(await call(app.base, route, input, world.people[role].token))
    }
    for (const name of hiddenNames(field, role)) {
      const answer = await answerTo(name)
      expect(answer).toContain('"code":"not_found"')
      expect(answer).toBe(await answerTo(nowhere(name)))
    }
    expect(await fingerprint(app.base, world)).toBe(before)
  })

  test.each(eventFields)('%s, %s, as %s', async (_name, _path, role, event, field) => {
    const [stranger, one, two] = await Promise.all(
      [world.people[role], world.spare, world.other].map(({ token }) => listen(app.base, token)),
    )
    if (!stranger || !one || !two) throw new Error('three listen')
    const before = await fingerprint(app.base, world)
    const answerTo = async (id: string) =>
      comparable(await send(stranger, event, payloadOf(event, butFor(ownIds(world, role), field, id))))
    for (const name of hiddenNames(field, role))
      expect(await answerTo(name)).toBe(await answerTo(nowhere(name)))
    await Promise.all([one.caughtUp(), two.caughtUp()])
    expect([...one.heard, ...two.heard].filter((signal) => signal.name !== 'presence')).toEqual([])
    expect(await fingerprint(app.base, world)).toBe(before)
    for (const listener of [stranger, one, two]) listener.close()
  })

  test('only admins see the audience of the admins', async () => {
    const [, route] = allRoutes.find(([name]) => name === 'loadAudience')!
    for (const role of ROLES) {
      const { status } = await call(
        app.base,
        route,
        { query: { audience: 'admins' } },
        world.people[role].token,
      )
      expect([role, status]).toEqual([role, role === 'admin' ? 200 : 404])
    }
  })
})
