/** One emoji that people have put to a message. */
export interface ReactionView {
  readonly emoji: string
  /** Who has, the first to do so first. */
  readonly memberIds: readonly string[]
  readonly mine: boolean
}
