import type { EntityName } from '@parley/contracts/kernel/fields'
import type { Role } from '@parley/contracts/kernel/permission'
import type { EventShape } from '@parley/contracts/kernel/event'
import type { RouteShape } from '@parley/contracts/kernel/route'
import { type Events, events } from '@parley/contracts/events'
import { type RouteName, routes } from '@parley/contracts/routes'
import { newFileId } from '@parley/contracts/files/file-id'
import { newId } from '../kernel/ids.ts'
import type { Input } from './call.ts'
import { type GiveId, type IdField, idFieldsOf, sampleOf } from './sample-input.ts'
import type { World } from './world.ts'

export const allRoutes = Object.entries(routes) as [RouteName, RouteShape][]
export const allEvents = Object.entries(events) as [keyof Events, EventShape][]

const PARTS = ['params', 'query', 'body'] as const

/** An input that a route takes. */
export function inputOf(route: RouteShape, give: GiveId): Input {
  const parts = PARTS.flatMap((part) => (route[part] ? [[part, sampleOf(route[part], part, give)]] : []))
  return Object.fromEntries(parts) as Input
}

export const payloadOf = (event: EventShape, give: GiveId): unknown =>
  sampleOf(event.payload, 'payload', give)

/** Every field of a route that holds an id. */
export const idFieldsOfRoute = (route: RouteShape): IdField[] =>
  PARTS.flatMap((part) => idFieldsOf(route[part], part))

export const idFieldsOfEvent = (event: EventShape): IdField[] => idFieldsOf(event.payload, 'payload')

/** Ids of things that a person of this role may name. */
export function ownIds(world: World, role: Role): GiveId {
  const own: Record<EntityName, string> = {
    ...world.ids,
    member: world.other.memberId,
    session: world.people[role].sessionId,
    conversation: world.talkOf[role],
    group: world.groupOf[role],
    message: world.messageOf[role],
    file: world.fileOf[role],
    import: world.importId,
  }
  return ({ entity, path }) => {
    if (entity === 'audience') return 'org'
    // a message, a file and an import are named by the ids that their sender makes up
    if (entity === 'file' && path.endsWith('.id')) return newFileId()
    const isNew = (entity === 'message' || entity === 'import') && path.endsWith('.id')
    return isNew ? newId() : own[entity]
  }
}

/** Another id in one field; everything else as it was. */
export const butFor =
  (give: GiveId, target: IdField, id: string): GiveId =>
  (field) =>
    field.path === target.path ? id : give(field)

/** How a field could name a thing: an audience names several kinds. */
export function namesOf(field: IdField, ids: Readonly<Record<EntityName, string>>): string[] {
  if (field.entity !== 'audience') return [ids[field.entity]]
  return [
    `conversation:${ids.conversation}`,
    `conversation:${ids.group}`,
    `member:${ids.member}`,
    `department:${ids.department}`,
  ]
}

/** The same kind of name, for something that is nowhere. */
export const nowhere = (name: string): string =>
  FILE_ID.test(name) ? newFileId() : name.replace(/[^:]+$/, newId())

const FILE_ID = /^[\w-]{22}$/

/** What of an answer may differ between two calls: ids made for each, times, numbers, secrets. */
export function comparable(answer: unknown): string {
  return JSON.stringify(answer, (key, value: unknown) => {
    if (key === 'requestId') return undefined
    if (typeof value === 'number' && key !== 'status') return '<number>'
    if (typeof value !== 'string') return value
    if (value.length > 60 && !value.includes(' ')) return '<secret>'
    return value
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, '<id>')
      .replace(FILE_ID, '<id>')
      .replace(/\d+/g, '<digits>')
  })
}
