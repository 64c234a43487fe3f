/** What calls about chat preferences are named by in the queue. */
export const chatKey = (conversationId: string) => `chat ${conversationId}`
export const SETTINGS_KEY = 'chat settings'
