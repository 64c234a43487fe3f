import { audience } from '@parley/contracts/sync/change'
import { type EntityName, entityOf } from '@parley/contracts/kernel/fields'
import { z } from 'zod'

/** Something in an input that names a thing, and so could name somebody else's. */
export interface IdField {
  /** `body.departmentIds.0` */
  readonly path: string
  readonly entity: EntityName | 'audience'
}

/** Says which id to put into a field. */
export type GiveId = (field: IdField) => string

type Schema = z.core.$ZodType
type Definition = { readonly type: string } & Readonly<Record<string, unknown>>

const definitionOf = (schema: Schema) => schema._zod.def as unknown as Definition

let made = 0

/** Values that a person might send, from the plainest on; no two calls give the same text. */
function candidates(): Readonly<Record<string, readonly unknown[]>> {
  made += 1
  return {
    string: [
      `Sample ${made}`,
      `lantern-quill-harbour-${made}`,
      `sample${made}@wall.example`,
      '+351 900 000 142',
      'a1b2c3d4e5f60718',
      '👍',
      'sample_token_that_nobody_was_ever_given_000',
      `https://push.wall.example/${made}`,
      'B'.padEnd(87, 'x'),
      'a'.repeat(22),
      'Europe/Lisbon',
    ],
    number: [1, 10, 100, 0, 0.5, 100_000_000],
    boolean: [true, false],
  }
}

/** Made by zod from others, and transparent for what may be put in. */
const INNER: Readonly<Record<string, string>> = {
  optional: 'innerType',
  nullable: 'innerType',
  default: 'innerType',
  prefault: 'innerType',
  readonly: 'innerType',
  nonoptional: 'innerType',
  catch: 'innerType',
  pipe: 'in',
}

/** An input that the schema takes, with every optional part filled in, and ids as `give` says. */
export function sampleOf(schema: Schema, path: string, give: GiveId): unknown {
  if (schema === audience) return give({ path, entity: 'audience' })
  const entity = entityOf(schema)
  if (entity) return give({ path, entity })
  const definition = definitionOf(schema)
  if (definition.type === 'object') {
    const shape = Object.entries(definition['shape'] as Record<string, Schema>)
    return Object.fromEntries(shape.map(([key, inner]) => [key, sampleOf(inner, `${path}.${key}`, give)]))
  }
  if (definition.type === 'array') return [sampleOf(definition['element'] as Schema, `${path}.0`, give)]
  if (definition.type === 'union') return sampleOf((definition['options'] as [Schema])[0], path, give)
  if (definition.type === 'record') return {}
  if (definition.type === 'literal') return (definition['values'] as unknown[])[0]
  if (definition.type === 'enum') return Object.values(definition['entries'] as Record<string, unknown>)[0]
  return leafOf(schema, path, give)
}

function leafOf(schema: Schema, path: string, give: GiveId): unknown {
  const inner = innermost(schema)
  const isId = inner === audience || entityOf(inner) !== undefined
  const options = isId ? undefined : candidates()[definitionOf(inner).type]
  if (!options) return inner === schema ? cannot(path, schema) : sampleOf(inner, path, give)
  refuseUndeclaredId(path, schema)
  const fitting = options.find((value) => z.safeParse(schema, value).success)
  return fitting === undefined ? cannot(path, schema) : fitting
}

/** Goes through wrappers down to the first thing that says what may be put in. */
function innermost(schema: Schema): Schema {
  const definition = definitionOf(schema)
  const key = INNER[definition.type]
  if (key === undefined || schema === audience || entityOf(schema)) return schema
  return innermost(definition[key] as Schema)
}

function refuseUndeclaredId(path: string, schema: Schema): void {
  if (!/(?:[iI]d|Ids\.0|By)$/.test(path) || entityOf(innermost(schema))) return
  throw new Error(
    `${path} looks like an id, but is not declared with idOf(), so the tenant wall cannot test it.`,
  )
}

function cannot(path: string, schema: Schema): never {
  throw new Error(
    `The tenant wall cannot make a sample for ${path} (${definitionOf(schema).type}). Teach it in tenant-wall/sample-input.ts.`,
  )
}

/** Every field of a schema that holds an id. */
export function idFieldsOf(schema: Schema | undefined, path: string): IdField[] {
  if (!schema) return []
  const found: IdField[] = []
  sampleOf(schema, path, (field) => {
    found.push(field)
    return ''
  })
  return found
}
