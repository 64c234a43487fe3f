export interface Presence {
  readonly online: boolean
  readonly lastSeenAt: number | null
  /** Nothing is told of them: they hide it, or the member hides their own. */
  readonly hidden?: true | undefined
}
