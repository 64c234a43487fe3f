import * as z from 'zod/mini'
import { FILE_KINDS } from './file-kinds.ts'

/** Who of an organisation may do something; `managers` are managers and admins. */
const allowed = z.enum(['everyone', 'managers', 'admins', 'nobody'])
export type Allowed = z.infer<typeof allowed>

/** What a shared file is to people. */
export const fileKind = z.enum(FILE_KINDS)
export type FileKind = z.infer<typeof fileKind>

const FILE_MAX_BYTES_FLOOR = 1_000_000
const FILE_MAX_BYTES_CEILING = 10_000_000_000
const QUOTA_CEILING = 1_000_000_000_000_000
const DAY = 86_400

const bytes = (ceiling: number) =>
  z
    .int()
    .check(
      z.minimum(FILE_MAX_BYTES_FLOOR, { error: 'At least 1 MB.' }),
      z.maximum(ceiling, { error: 'This is more than can be kept.' }),
    )

/** Seconds after sending; null without end, 0 for never. */
const window = z.nullable(
  z.int().check(
    z.nonnegative(),
    z.maximum(365 * DAY, { error: 'At most a year.' }),
    z.refine((seconds) => seconds === 0 || seconds >= 60, { error: 'At least a minute.' }),
  ),
)

/** Days after sending; null for ever. */
const retention = z.nullable(
  z
    .int()
    .check(z.minimum(1, { error: 'At least one day.' }), z.maximum(3_650, { error: 'At most ten years.' })),
)

/** How an organisation's people may communicate: the rules that its admins set. Everybody sees them, so that screens can say why. */
export const communication = z.strictObject({
  /** Who may start a chat with one colleague. In `same-department` two need a department in common, or the one who starts is an admin. */
  directChats: z.enum(['everyone', 'same-department', 'admins']),
  groupCreation: z.enum(['everyone', 'managers', 'admins']),
  fileSharing: allowed,
  /** The kinds that may be shared. */
  fileKinds: z.array(fileKind).check(z.maxLength(fileKind.options.length)),
  fileMaxBytes: bytes(FILE_MAX_BYTES_CEILING),
  /** What all files of the organisation may take together; null for what the installation allows. */
  fileQuotaBytes: z.nullable(bytes(QUOTA_CEILING)),
  /** How long what was sent can be edited. */
  editWindow: window,
  /** How long what was sent can be deleted for everybody. */
  deleteWindow: window,
  /** After how many days messages are deleted, their files with them. */
  messageRetention: retention,
  /** After how many days files are deleted; their messages stay. */
  fileRetention: retention,
  /** Whether members may keep their seen marks to themselves. */
  seenMarks: z.enum(['optional', 'required']),
  /** Whether members may hide when they were last here. */
  lastSeenHiding: z.boolean(),
  /** Whether members may appear offline while they are here. */
  appearingOffline: z.boolean(),
  /** Whether the server fetches a preview of linked pages. */
  linkPreviews: z.boolean(),
  /** Whether notifications outside of Parley may show who wrote what. */
  pushContent: z.enum(['full', 'hidden']),
  /** Who may take a chat that they take part in away as a file. */
  chatExport: allowed,
})
export type Communication = z.infer<typeof communication>
