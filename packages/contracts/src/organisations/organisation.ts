import * as z from 'zod/mini'
import { atMost, filled, idOf, instant, line, paragraph } from '../kernel/fields.ts'

/** What every member sees of the organisation. */
export const organisation = z.strictObject({
  id: idOf('organisation'),
  name: z.string(),
})
export type Organisation = z.infer<typeof organisation>

/** What its admins see besides. */
export const organisationDetails = z.strictObject({
  id: idOf('organisation'),
  address: z.string(),
  expectedUsers: z.int(),
  ownerName: z.string(),
  contactNumber: z.string(),
  createdAt: instant,
})
export type OrganisationDetails = z.infer<typeof organisationDetails>

/** E.164 allows 15 digits after the plus; spaces, dots, dashes and brackets are for people. */
export const contactNumber = z.string().check(
  z.trim(),
  filled,
  atMost(40),
  z.refine((value) => value.startsWith('+'), {
    error: 'Start with the country code, for example +351 900 000 142.',
    abort: true,
  }),
  z.refine(
    (value) => /^\+[0-9 ().-]+$/.test(value) && /^[1-9][0-9]{6,14}$/.test(value.replace(/[^0-9]/g, '')),
    { error: 'A phone number has 7 to 15 digits after the plus.' },
  ),
)

const WHOLE = { error: 'Give a whole number, for example 25.' }

export const organisationFields = z.strictObject({
  name: line(120),
  address: paragraph(400),
  expectedUsers: z.coerce
    .number(WHOLE)
    .check(
      z.int(WHOLE),
      z.minimum(1, { error: 'At least 1.' }),
      z.maximum(100_000, { error: 'At most 100,000.' }),
    ),
  ownerName: line(80),
  contactNumber,
})
export type OrganisationFields = z.infer<typeof organisationFields>
