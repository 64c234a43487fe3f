/** Who is typing, as a line has room for it: the names of the first two, and how many besides. */
export interface Typers {
  readonly names: readonly string[]
  readonly more: number
}
