import type { Role } from '@parley/contracts/kernel/permission'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, listen, type Listener, send, succeed } from './call.ts'
import {
  allEvents,
  allRoutes,
  butFor,
  comparable,
  idFieldsOfEvent,
  idFieldsOfRoute,
  inputOf,
  namesOf,
  nowhere,
  ownIds,
  payloadOf,
} from './inputs.ts'
import { type RunningApp, startApp } from './running-app.ts'
import { uploadFile } from './sample-files.ts'
import { fingerprint, makeWorld, sendIn, type World } from './world.ts'

const ROLES: readonly Role[] = ['admin', 'manager', 'member']

/** Answers that say the sample was no good, so that comparing them would prove nothing. */
const PROVES_NOTHING = /"code":"(invalid_input|malformed_request|internal|unsupported_type)"/

let app: RunningApp
let here: World
let there: World
beforeAll(async () => {
  app = await startApp()
  here = await makeWorld(app.base, 'Here')
  there = await makeWorld(app.base, 'There')
})
afterAll(() => app.stop())

/** With a message, a file and an invite of their own for every test, since using their ids takes those ids here. */
const idsOfOthers = async () => ({
  ...there.ids,
  message: await sendIn(app.base, there),
  file: await uploadFile(app.base, there.spare.token),
  invite: (await succeed(app.base, 'createInvite', { body: {} }, there.people.admin.token)).invite.id,
})

const routeFields = allRoutes.flatMap(([name, route]) =>
  idFieldsOfRoute(route).flatMap((field) =>
    ROLES.map((role) => [name, field.path, role, route, field] as const),
  ),
)
const eventFields = allEvents.flatMap(([name, event]) =>
  idFieldsOfEvent(event).flatMap((field) =>
    ROLES.map((role) => [name, field.path, role, event, field] as const),
  ),
)

describe('A4: an id of another organisation is answered like one that does not exist', () => {
  test.each(routeFields)('%s, %s, as %s', async (_name, _path, role, route, field) => {
    const foreignIds = await idsOfOthers()
    const before = await fingerprint(app.base, there)
    const token = route.permission.kind === 'public' ? null : here.people[role].token
    const answerTo = async (id: string) => {
      const input = inputOf(route, butFor(ownIds(here, role), field, id))
      return comparable(await call(app.base, route, input, token))
    }
    for (const foreign of namesOf(field, foreignIds)) {
      const answer = await answerTo(foreign)
      expect(answer).not.toMatch(PROVES_NOTHING)
      expect(answer).toBe(await answerTo(nowhere(foreign)))
    }
    expect(await fingerprint(app.base, there)).toBe(before)
  })

  describe('over a live connection', () => {
    const listeners = new Map<Role, Listener>()
    let victim: Listener
    beforeAll(async () => {
      for (const role of ROLES) listeners.set(role, await listen(app.base, here.people[role].token))
      victim = await listen(app.base, there.other.token)
    })
    afterAll(() => {
      for (const listener of listeners.values()) listener.close()
      victim.close()
    })

    test.each(eventFields)('%s, %s, as %s', async (_name, _path, role, event, field) => {
      const foreignIds = await idsOfOthers()
      const before = await fingerprint(app.base, there)
      await victim.caughtUp()
      victim.heard.length = 0
      const listener = listeners.get(role)!
      const answerTo = async (id: string) =>
        comparable(await send(listener, event, payloadOf(event, butFor(ownIds(here, role), field, id))))
      for (const foreign of namesOf(field, foreignIds)) {
        const answer = await answerTo(foreign)
        expect(answer).not.toMatch(PROVES_NOTHING)
        expect(answer).toBe(await answerTo(nowhere(foreign)))
      }
      expect(await fingerprint(app.base, there)).toBe(before)
      await victim.caughtUp()
      expect(victim.heard).toEqual([])
    })
  })
})
