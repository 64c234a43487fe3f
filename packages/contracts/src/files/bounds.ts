/** So many files go with one message. */
export const FILES_PER_MESSAGE_MAX = 30
