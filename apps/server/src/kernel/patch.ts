/** A patch as parsed, where a field that was not given may stand as undefined. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** Leaves only the fields that were given, so that `undefined` never reaches a store. */
export function given<T extends object>(patch: Patch<T>): Partial<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>
}
