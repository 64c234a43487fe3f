import * as z from 'zod/mini'
import { idOf } from '../kernel/fields.ts'
import { adminOnly } from '../kernel/permission.ts'
import { defineRoute } from '../kernel/route.ts'
import { department, departmentName } from './department.ts'

const departmentParams = z.strictObject({ departmentId: idOf('department') })

export const createDepartment = defineRoute({
  method: 'POST',
  path: '/api/departments',
  summary: 'Add a department.',
  permission: adminOnly,
  rateLimit: 'write',
  body: z.strictObject({ name: departmentName }),
  response: department,
  errors: ['department_name_taken'],
})

export const renameDepartment = defineRoute({
  method: 'PATCH',
  path: '/api/departments/:departmentId',
  summary: 'Rename a department.',
  permission: adminOnly,
  rateLimit: 'write',
  params: departmentParams,
  body: z.strictObject({ name: departmentName }),
  response: department,
  errors: ['department_name_taken', 'not_found'],
})

export const removeDepartment = defineRoute({
  method: 'DELETE',
  path: '/api/departments/:departmentId',
  summary: 'Remove a department. Its people stay members; they only lose this department.',
  permission: adminOnly,
  rateLimit: 'write',
  params: departmentParams,
  errors: ['not_found'],
})
