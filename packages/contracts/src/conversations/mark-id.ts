/** The id that a participant's mark has in the change feed. */
export const markId = (conversationId: string, memberId: string) => `${conversationId}:${memberId}`
