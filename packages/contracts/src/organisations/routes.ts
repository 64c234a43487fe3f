import * as z from 'zod/mini'
import { anyoneBecause, adminOnly } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { email, memberName, newPassword } from '../members/member.ts'
import { signedInResult, credentialTransport } from '../sessions/session.ts'
import { organisation, organisationFields } from './organisation.ts'

export const signUpForm = z.strictObject({
  admin: z.strictObject({ name: memberName, email, password: newPassword }),
  organisation: organisationFields,
})

export const signUp = defineRoute({
  method: 'POST',
  path: '/api/organisations',
  summary: 'Create an organisation, its default departments and its first admin, and sign that admin in.',
  permission: anyoneBecause('an organisation signs up before anybody in it can sign in'),
  rateLimit: 'sign-up',
  body: z.strictObject({ ...signUpForm.shape, transport: credentialTransport }),
  response: signedInResult,
  errors: ['weak_password'],
})

export const changeOrganisation = defineRoute({
  method: 'PATCH',
  path: '/api/organisation',
  summary: 'Change the name and particulars of the own organisation.',
  permission: adminOnly,
  rateLimit: 'write',
  body: z.partial(organisationFields),
  response: organisation,
  errors: [],
})
