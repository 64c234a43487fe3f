/** UTF-16 units. */
export const MESSAGE_MAX_LENGTH = 8_000
