export interface DepartmentRecord {
  readonly id: string
  readonly name: string
}

/** What a new organisation begins with. */
export const DEFAULT_DEPARTMENTS = ['Operations', 'Sales', 'Support'] as const

/** Two names are the same when they differ only in case, accents' spelling or the space around them. */
export const departmentNameKey = (name: string): string =>
  name.trim().normalize('NFKC').toLocaleLowerCase('en')
