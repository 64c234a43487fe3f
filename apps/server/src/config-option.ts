import { isIP } from 'node:net'
import { z } from 'zod'
import { parseMasterKey } from './adapters/vault/master-key-file.ts'

/** One thing that an operator may set: where it is set, what it takes, and what it is for. */
export interface ConfigOption<S extends z.ZodType = z.ZodType> {
  readonly env: string
  /** Without the dashes. Secrets have none: a command line can be seen by everybody on the machine. */
  readonly flag?: string
  /** What stands for the value in the help: `<number>`. Nothing for a switch. */
  readonly takes?: string
  readonly about: string
  /** What holds when it is not set, in words. */
  readonly unset: string
  readonly example: string
  /** Its value is never repeated, not even in an error. */
  readonly secret?: true
  /** From the text as given; undefined when not set. Its messages continue "PARLEY_PORT is "x", which ". */
  readonly schema: S
}

export const option = <const S extends z.ZodType>(given: ConfigOption<S>): ConfigOption<S> => given

/** A whole number within bounds. */
export const wholeNumber = (min: number, max: number, error: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })

/** An address with one of these schemes. */
export const address = (schemes: readonly string[], error: string) =>
  z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
    error,
    abort: true,
  })

/** An address of a server, without a path. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && /^https?:/.test(text) && new URL(text).href === `${new URL(text).origin}/`

/** A comma-separated list of them, without the slash at their ends. */
export const origins = z
  .string()
  .refine((value) => value.split(',').every((origin) => isOrigin(origin.trim())), {
    error: 'is not a list of origins',
  })
  .transform((value) => value.split(',').map((origin) => new URL(origin.trim()).origin))

/** `on` or `off`. */
export const onOff = z
  .enum(['on', 'off'], { error: 'is neither on nor off' })
  .transform((value) => value === 'on')

const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal']

function isAddressRange(text: string): boolean {
  const [host = '', bits, ...rest] = text.split('/')
  if (NAMED_RANGES.includes(text)) return true
  return isIP(host) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits))
}

/** Whose X-Forwarded headers count. */
export const proxies = z
  .string()
  .refine(
    (value) => ['yes', 'no'].includes(value) || value.split(',').every((part) => isAddressRange(part.trim())),
    {
      error: 'is neither yes, nor no, nor a list of addresses',
    },
  )
  .transform((value) => {
    if (value === 'no') return false
    return value === 'yes' ? true : value
  })

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }

/** A number of bytes with its unit: `250MB`, `1.5 GB`. */
export const byteSize = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,3})? ?(?:B|KB|MB|GB|TB)$/i, { error: 'is not a size such as 250MB or 10GB' })
  .transform((text) => {
    const [, number, unit] = /^([\d.]+) ?(\w+)$/.exec(text) ?? []
    return Math.floor(Number(number) * (UNITS[(unit ?? '').toUpperCase()] ?? 0))
  })
  .refine((bytes) => bytes >= 1, { error: 'is less than one byte' })

/** 32 bytes in base64, base64url or hex. */
export const masterKey = z.string().transform((text, context) => {
  const key = parseMasterKey(text)
  if (!key) context.addIssue({ code: 'custom', message: 'is not 32 bytes in base64 or hex' })
  return key ?? new Uint8Array()
})
