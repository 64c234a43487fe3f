/** The id that what a member notes of a message has in the change feed. */
export const ownMessageId = (conversationId: string, messageId: string) => `${conversationId}:${messageId}`
