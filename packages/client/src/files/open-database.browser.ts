import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/**
 * A database that may be removed at any time (by signing out, in any tab) and is made anew with the next use.
 * @returns opens it, or gives what is open
 */
export function openAgain<S extends DBSchema>(
  name: string,
  create: (database: IDBPDatabase<S>) => void,
): () => Promise<IDBPDatabase<S>> {
  let opened: Promise<IDBPDatabase<S>> | null = null
  return () => {
    if (opened) return opened
    const letGo = () => {
      if (opened === opening) opened = null
      void opening.then((database) => database.close())
    }
    const opening = openDB<S>(name, 1, { upgrade: create, blocking: letGo, terminated: letGo })
    opening.catch(() => {
      opened = null
    })
    opened = opening
    return opening
  }
}
