/** The id that somebody's reactions to a message have in the change feed. */
export const reactionId = (messageId: string, memberId: string) => `${messageId}:${memberId}`
