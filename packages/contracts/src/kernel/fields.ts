import * as z from 'zod/mini'
import { CANNOT_BE_SHOWN, EMPTY, isReadable, isVisible, tooLong } from './written-text.ts'

/** The things whose ids appear in contracts; a group is a conversation of that kind. The tenant test finds every id field through this name. */
export type EntityName =
  | 'organisation'
  | 'member'
  | 'department'
  | 'session'
  | 'invite'
  | 'conversation'
  | 'group'
  | 'message'
  | 'file'
  | 'import'

/** Marks a schema as the id of an entity; read back by `entityOf`. */
const idRegistry = z.registry<{ entity: EntityName }>()

/**
 * An id: a UUIDv7 in lower case, as RFC 9562 writes it.
 * @param entity whose id this is, so that generated tests can put a foreign one in its place
 */
export function idOf(entity: EntityName) {
  const schema = z.string().check(
    z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
      error: 'This is not an id that Parley makes.',
    }),
  )
  schema.register(idRegistry, { entity })
  return schema
}

/**
 * An id that is an address as well, and that nobody guesses: 128 random bits in base64url (A8).
 * @param entity as `idOf`
 */
export function unguessableIdOf(entity: EntityName) {
  const schema = z.string().check(
    z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, {
      error: 'This is not an id that Parley makes.',
    }),
  )
  schema.register(idRegistry, { entity })
  return schema
}

/** The entity whose id a schema holds, or `undefined` when it holds no id. */
export function entityOf(schema: z.core.$ZodType): EntityName | undefined {
  return idRegistry.get(schema as z.ZodMiniString)?.entity
}

/** In names and other single lines: what changes the direction, or takes no ink, lets one pass for another. */
const DISGUISE = /[\n\t\u0080-\u009f\u2800\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u

/** What joins letters (as Persian and Hindi need it) or the parts of one emoji; where letters are not joined it is a disguise. */
const JOINING =
  /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])(?:(?<![\p{scx=Latn}\p{scx=Grek}\p{scx=Cyrl}])[\u200c\u200d](?=[\p{L}\p{M}\p{Extended_Pictographic}])|[\ufe0e\ufe0f])/gu

const isPlainLine = (value: string) => isReadable(value) && !DISGUISE.test(value.replace(JOINING, ''))

/** At least something. */
export const filled = z.minLength(1, { error: EMPTY })

/** Not longer than `max` UTF-16 units. */
export const atMost = (max: number) => z.maxLength(max, { error: tooLong(max) })

const showable = (isShowable: (value: string) => boolean) =>
  z.refine<string>(isShowable, { error: CANNOT_BE_SHOWN })

/** One line of text a person types: trimmed, 1 to `max` UTF-16 units, nothing invisible, no control characters or line breaks. */
export function line(max: number) {
  const notFarLonger = z.maxLength(max * 4, { error: tooLong(max) })
  return z.string().check(notFarLonger, z.trim(), filled, atMost(max), showable(isPlainLine))
}

/** One line that may be left empty. */
export function optionalLine(max: number) {
  return z.string().check(atMost(max), z.trim(), showable(isPlainLine))
}

/** Text with line breaks: kept as typed but for the space around it, 1 to `max` UTF-16 units, of which something can be seen. */
export function paragraph(max: number) {
  const visible = z.refine<string>(isVisible, { error: EMPTY })
  return z.string().check(atMost(max), z.trim(), filled, showable(isReadable), visible)
}

/** As `paragraph`, and may be left empty. */
export function optionalParagraph(max: number) {
  return z.string().check(atMost(max), z.trim(), showable(isReadable))
}

/** Milliseconds since 1970-01-01T00:00Z, by the server's clock (Y7). */
export const instant = z.int().check(z.nonnegative(), z.maximum(8.64e15))

/** A position in an organisation's change feed, or a message's number in its conversation. */
export const sequence = z.int().check(z.nonnegative(), z.maximum(Number.MAX_SAFE_INTEGER))

/** A number in an address, where everything is text. */
export const inQuery = (schema: typeof sequence) => z.pipe(z.coerce.number(), schema)

/** How much of a list an address asks for: 1 to `max`. */
export function pageLimit(usual: number, max: number) {
  return z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(max)), usual)
}

/** A secret that Parley made: base64url, never shorter than 128 bits. */
export const token = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_.-]{22,256}$/, { error: 'This link or token is not complete. Copy it again.' }))
