/** UTF-16 units. */
export const MESSAGE_MAX_LENGTH = 8_000

/** So much of a message is shown above what answers it; in UTF-16 units. */
export const QUOTE_MAX_LENGTH = 160
