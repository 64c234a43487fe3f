import * as z from 'zod/mini'
import { idOf, line } from '../kernel/fields.ts'

export const departmentName = line(60)

export const department = z.strictObject({ id: idOf('department'), name: z.string() })
export type Department = z.infer<typeof department>
