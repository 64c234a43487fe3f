declare const declared: unique symbol

/** A statement that the query-plan test knows (T7); `sql` and `searchSql` alone make one. */
export type Sql = string & { readonly [declared]: true }

const declarations = new Set<string>()
const searchDeclarations = new Set<string>()

/** Declares a statement of the adapter, at the top of its module. */
export function sql(text: string): Sql {
  declarations.add(text)
  return text as Sql
}

/** As `sql`, for the file of the search index. */
export function searchSql(text: string): Sql {
  searchDeclarations.add(text)
  return text as Sql
}

/** Every statement that the loaded modules may send. */
export const declaredStatements = (): readonly string[] => [...declarations]

/** … to the search index. */
export const declaredSearchStatements = (): readonly string[] => [...searchDeclarations]
