/** So many files go with one message. */
export const FILES_PER_MESSAGE_MAX = 30

/** The bytes of a picture that stands for a video. */
export const POSTER_MAX_BYTES = 2 * 1024 * 1024
